"""Tells whether a turn is wholly a command to the conversation, and no answer that holds a command's words."""

import re
from collections.abc import Mapping, Sequence
from enum import Enum

from knowledge.classify.features import Features, bare
from knowledge.classify.linear import LinearClassifier
from knowledge.facts.question_words import clauses


class Command(str, Enum):
    """What is asked of the conversation itself, as the examples name it."""

    STOP = "stop"
    """停: whatever is going on."""
    CANCEL = "cancel"
    """不办了: what somebody wanted done."""
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
    WHY_ASKED = "why_asked"
    HELP = "help"
    EASIER = "easier"
    DETAIL = "detail"
    RESUME = "resume"


ENDS = frozenset({Command.STOP, Command.CANCEL})
"""Those with which somebody wants no more of it."""
PASSES = frozenset({Command.SKIP, Command.DONT_KNOW})
"""Those that lose nothing but an answer nobody has."""


_NONE = ""
_SURE = 0.5
_MOST_PARTS = 12
"""Of a turn of more, which costs as much for each, nobody gives a command in passing."""
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
        labelled = [(part, name) for name, texts in commands.items() for text in texts for part in _that_say(text)]
        labelled += [(part, _NONE) for texts in answers.values() for text in texts for part in _that_say(text)]
        labelled += [(text, _NONE) for text in others]
        # Any word may be somebody's name; where one is asked for, the form takes it for one.
        answered = {bare(text) for asked, texts in answers.items() if asked != "name" for text in texts}
        self._known = {
            bare(text): Command(name)
            for name, texts in commands.items()
            for text in texts
            if bare(text) not in answered
        }
        self._features = Features()
        rows = self._features.fit_transform([text for text, _ in labelled])
        self._model = LinearClassifier(rows, [label for _, label in labelled])
        self._none = self._model.labels.index(_NONE)

    def read(self, text: str) -> Command | None:
        """The command that `text` (in normal form) is with every part of it; None where any part is something else."""
        known = self._known.get(bare(text))
        if known is not None:
            return known
        if _FILLERS.fullmatch(text):
            return None
        parts = _that_say(text)
        likeliest = self._model.likeliest(self._features.row(parts[0]))
        if likeliest == _NONE:
            return None
        unknown = [part for part in parts if bare(part) not in self._known]
        none = [float(self._model.probabilities(self._features.row(part))[self._none]) for part in unknown]
        return Command(likeliest) if max(none, default=0.0) < 1 - _SURE else None

    def read_parts(self, text: str) -> list[tuple[str, Command | None]]:
        """The first parts of `text` (in normal form), each with the command that it is alone."""
        return [(part, self.read(part)) for part in clauses(text)[:_MOST_PARTS]]

    def read_end(self, text: str) -> Command | None:
        """The command with which `text` ends, where what comes before it is lost by none: 还没开张，跳过."""
        found = self.read(clauses(text)[-1]) if text else None
        return found if found in PASSES else None


def _that_say(text: str) -> list[str]:
    """`text` and its parts, where it has several, without those that say nothing: 谢谢 after 停止登记 stops nothing."""
    parts = [part for part in clauses(text) if not _FILLERS.fullmatch(part)]
    if not parts:
        return [text]
    return parts if len(parts) == 1 else ["".join(parts), *parts]
