"""What was heard without certainty is said back, and counts only once the person has said yes to it."""

from dataclasses import dataclass, field
from enum import Enum

SURE_FROM = 0.5
"""Confidence from which what was heard is taken without asking."""

_YES = frozenset({"affirm"})
_NO = frozenset({"deny"})
# Misheard, these do no harm and are said again at once; a question back would only be in the way. And nobody who may be
# in danger is asked whether they were heard right.
_TAKEN_AT_ONCE = frozenset({"stop", "repeat", "slower", "faster", "resume", "crisis"})
_OFTENEST = 2
"""After so many questions back in a row what is heard is taken as it is: the answer shows what was understood."""


class Verdict(str, Enum):
    """What to do with what was heard."""

    TAKE = "take"
    SAY_BACK = "say_back"
    SAY_AGAIN = "say_again"
    """It was not that: the person is asked to say it once more."""


@dataclass(frozen=True)
class Heard:
    """One thing a person said, as it was understood."""

    text: str = field(repr=False)
    confidence: float
    """0 to 1."""
    intent: str
    """The name of what it means, e.g. "affirm"."""


class Doubts:
    """One person's open question back."""

    def __init__(self, sure_from: float = SURE_FROM) -> None:
        self._sure_from = sure_from
        self._open: str | None = None
        self._asked = 0

    @property
    def open(self) -> bool:
        """Whether somebody was asked and has not answered."""
        return self._open is not None

    def judge(self, heard: Heard) -> tuple[Verdict, str]:
        """What to do, and with which text."""
        doubted, self._open = self._open, None
        if doubted is not None and heard.intent in _YES:
            self._asked = 0
            return Verdict.TAKE, doubted
        if doubted is not None and heard.intent in _NO:
            return Verdict.SAY_AGAIN, ""
        sure = heard.confidence >= self._sure_from or heard.intent in _TAKEN_AT_ONCE
        if sure or self._asked >= _OFTENEST:
            self._asked = 0
            return Verdict.TAKE, heard.text
        self._asked += 1
        self._open = heard.text
        return Verdict.SAY_BACK, heard.text
