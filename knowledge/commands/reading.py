"""Tells whether a turn is wholly a command to the conversation, and no answer that holds a command's words."""

import re
from collections.abc import Mapping, Sequence
from enum import Enum

from knowledge.facts.questions import clauses
from knowledge.features import Features
from knowledge.linear import LinearClassifier


class Command(str, Enum):
    """What is asked of the conversation itself, as the examples name it."""

    STOP = "stop"
    QUIET = "quiet"
    SKIP = "skip"
    RESTART = "restart"
    HUMAN = "human"
    SLOWER = "slower"
    FASTER = "faster"
    REPEAT = "repeat"
    LOUDER = "louder"
    BYE = "bye"
    GO_BACK = "go_back"
    DONT_KNOW = "dont_know"


_NONE = ""
_SURE = 0.7
_FILLERS = re.compile(
    r"(?:嗯|哦|噢|啊|呃|额|那个|这个|那|哎|诶|喂|好|行|算|你|您|我|请|麻烦|劳驾|同志|老师|师傅|妹子|老弟|谢谢|多谢|不好意思|对不起|等等|等一下|先)*"
    r"[吧啊呀了嘛哈咯哦嘞哩的]*[\s,，。.!！~、]*"
)


class CommandReader:
    """Learnt from whole commands and from answers with their words."""

    def __init__(
        self, commands: Mapping[str, Sequence[str]], answers: Mapping[str, Sequence[str]], others: Sequence[str]
    ) -> None:
        """`commands` by Command, `answers` by what was asked; `others` are statements and questions, no command."""
        labelled = [(part, name) for name, texts in commands.items() for text in texts for part in _with_parts(text)]
        labelled += [(part, _NONE) for texts in answers.values() for text in texts for part in _with_parts(text)]
        labelled += [(text, _NONE) for text in others]
        self._features = Features()
        rows = self._features.fit_transform([text for text, _ in labelled])
        self._model = LinearClassifier(rows, [label for _, label in labelled], balanced=True)
        self._none = self._model.labels.index(_NONE)

    def read(self, text: str) -> Command | None:
        """The command that `text` (in normal form) is with every part of it; None where any part is something else."""
        likeliest = self._model.likeliest(self._features.row(text))
        parts = [part for part in _with_parts(text) if not _FILLERS.fullmatch(part)]
        if likeliest == _NONE or not parts:
            return None
        none = max(float(self._model.probabilities(self._features.row(part))[self._none]) for part in parts)
        return Command(likeliest) if none < 1 - _SURE else None


def _with_parts(text: str) -> list[str]:
    """`text`, and its parts between punctuation marks where it has several."""
    parts = clauses(text)
    return [text, *parts] if len(parts) > 1 else [text]
