"""Decides how a turn is met where somebody may be in danger, or was a moment ago."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from knowledge.commands.reading import Command, CommandReader
from knowledge.crisis.afterwards import Afterwards, AfterwardsReader
from knowledge.crisis.reading import CrisisReader, Kind, Met

LONGEST_READ = 600
"""Characters; what somebody in danger says of it stands in them."""
_LONGEST_COMMAND, _LATEST = 100, 80
"""Characters; of a longer turn no more is looked at, of what they do now the end of it."""
_TELLS = 8
"""Characters of what says more than that somebody is there."""
WORRIED = "worried"
"""What somebody says may be danger: they are answered as anybody is, with a word of concern and who can be reached."""
_DANGERS = frozenset(kind.value for kind in Kind)
_STILL_OBEYED = frozenset({Command.HUMAN, Command.SLOWER, Command.FASTER, Command.REPEAT, Command.LOUDER})
"""Commands that end nothing. 停 or 算了 of somebody in despair is no command."""


@dataclass(frozen=True)
class Care:
    """How somebody is met in one turn."""

    need: str
    """A Kind where there is danger, WORRIED where there may be, else one of Afterwards that is answered with care."""
    theme: str = ""
    """What weighs most, as Crisis.theme."""

    @property
    def in_danger(self) -> bool:
        return self.need in _DANGERS

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Care":
        return cls(str(kept["need"]), str(kept["theme"]))


@dataclass(frozen=True)
class CareReader:
    """Reads each turn before anything else does."""

    crisis: CrisisReader
    afterwards: AfterwardsReader
    commands: CommandReader

    def read(self, text: str, listening: bool, answers: bool = False, worried: bool = False) -> Care | None:
        """How `text` (in normal form) is met; None where it is for everything else to answer.

        `answers`: whether it is an answer to what was just asked. `worried`: whether the turn before may have been
        danger; two such turns are one.

        `listening`: whether somebody who was in danger is being listened to. That goes on until they turn to something
        else by themselves: "" and what is no word count as staying.
        """
        text = text[:LONGEST_READ]
        met = Met.LISTENED_TO if listening or worried else Met.ANSWERING if answers else Met.FIRST
        crisis = self.crisis.read(text, met) if text else None
        if crisis is not None and crisis.is_sure:
            return Care(crisis.kind.value, crisis.theme)
        if crisis is not None and not answers:
            return Care(WORRIED)
        if not listening or (text and self.commands.read(text[:_LONGEST_COMMAND]) in _STILL_OBEYED):
            return None
        after = self.afterwards.read(text[-_LATEST:]) if text else Afterwards.STAY
        if after is Afterwards.TURN:
            return None
        tells = after is Afterwards.STAY and len(text) >= _TELLS
        return Care(after.value, self.crisis.theme(text) if tells else "")
