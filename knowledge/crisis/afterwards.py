"""Tells what somebody does who was met with care: stays with it, is better, or turns to something else."""

from collections.abc import Mapping, Sequence
from enum import Enum

from knowledge.features import Features
from knowledge.linear import LinearClassifier


class Afterwards(str, Enum):
    """What the next turn is."""

    STAY = "stay"
    """They want to be listened to."""
    EASED = "eased"
    """They feel better, have somebody with them, or give thanks."""
    TURN = "turn"
    """They turn to something practical by themselves."""


class AfterwardsReader:
    """Learnt from what people say then, beside what they say with nothing of the kind."""

    def __init__(self, examples: Mapping[str, Sequence[str]], practical: Sequence[str]) -> None:
        """`examples` by Afterwards; `practical` is more of what turns away."""
        labelled = [(text, each.value) for each in Afterwards for text in examples[each.value]]
        labelled += [(text, Afterwards.TURN.value) for text in practical]
        self._features = Features(min_count=1)
        rows = self._features.fit_transform([text for text, _ in labelled])
        self._model = LinearClassifier(rows, [label for _, label in labelled], balanced=True)

    def read(self, text: str) -> Afterwards:
        return Afterwards(self._model.likeliest(self._features.row(text)))
