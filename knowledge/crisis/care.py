"""Decides how a turn is met where somebody may be in danger, or was a moment ago."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from knowledge.commands.reading import Command, CommandReader
from knowledge.crisis.afterwards import Afterwards, AfterwardsReader
from knowledge.crisis.reading import CrisisReader

LONGEST_READ = 600
"""Characters; what somebody in danger says of it stands in them."""
_STILL_OBEYED = frozenset({Command.HUMAN, Command.SLOWER, Command.FASTER, Command.REPEAT, Command.LOUDER})
"""Commands that end nothing. 停 or 算了 of somebody in despair is no command."""


@dataclass(frozen=True)
class Care:
    """How somebody is met in one turn."""

    need: str
    """A Kind where there is danger, else "stay" or "eased"."""
    theme: str = ""
    """What weighs most, as Crisis.theme."""

    @property
    def in_danger(self) -> bool:
        return self.need not in {Afterwards.STAY.value, Afterwards.EASED.value}

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

    def read(self, text: str, listening: bool) -> Care | None:
        """How `text` (in normal form) is met; None where it is for everything else to answer.

        `listening`: whether somebody who was in danger is being listened to. That goes on until they turn to something
        else by themselves: "" and what is no word count as staying.
        """
        text = text[:LONGEST_READ]
        crisis = self.crisis.read(text) if text else None
        if crisis is not None:
            return Care(crisis.kind.value, crisis.theme)
        if not listening or (text and self.commands.read(text) in _STILL_OBEYED):
            return None
        after = self.afterwards.read(text) if text else Afterwards.STAY
        return None if after is Afterwards.TURN else Care(after.value)
