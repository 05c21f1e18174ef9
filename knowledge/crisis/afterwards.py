"""Tells what somebody who was met with care does next: stays with it, is better, or turns to something else."""

from collections.abc import Mapping, Sequence
from enum import Enum

from knowledge.classify.linear import LinearClassifier
from knowledge.classify.said_and_meant import SaidAndMeant


class Afterwards(str, Enum):
    """What the next turn is, as the examples name it."""

    STAY = "stay"
    """They tell more, and want to be listened to."""
    LINE = "line"
    """Of the help line: whether it is of use, and that they do not want to phone."""
    BOT = "bot"
    """Of us: whether somebody is there, and who."""
    HOW = "how"
    """What to do for somebody they worry about."""
    REPORT = "report"
    """How to get help against somebody."""
    PRIVACY = "privacy"
    """Who reads what they say, who is told of it, and how it is deleted."""
    AFTER_ME = "after_me"
    """Of those who depend on them."""
    LEAVING = "leaving"
    """They break off, and nothing is better."""
    EASED = "eased"
    """They feel better, have somebody with them, or are safe."""
    MISREAD = "misread"
    """They meant nothing of the kind."""
    TURN = "turn"
    """They turn to something practical by themselves."""


class AfterwardsReader:
    """Learnt from what people say then, and from what they say when they mean nothing of the kind."""

    def __init__(self, examples: Mapping[str, Sequence[str]], practical: Sequence[str]) -> None:
        """`examples` by Afterwards; `practical` is more of what turns away."""
        labelled = [(text, each.value) for each in Afterwards for text in examples[each.value]]
        labelled += [(text, Afterwards.TURN.value) for text in practical]
        self._features = SaidAndMeant()
        rows = self._features.fit_transform([text for text, _ in labelled])
        self._model = LinearClassifier(rows, [label for _, label in labelled], balanced=True)

    def read(self, text: str) -> Afterwards:
        return Afterwards(self._model.likeliest(self._features.row(text)))
