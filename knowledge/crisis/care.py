"""Decides how a turn is met where somebody may be in danger, or was a moment ago."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from knowledge.commands.learning import learn_commands
from knowledge.commands.reading import Command, CommandReader
from knowledge.crisis.afterwards import Afterwards, AfterwardsReader
from knowledge.crisis.learning import learn_crisis
from knowledge.crisis.reading import HARD, CrisisReader, Kind, Met

LONGEST_READ, _END_READ = 400, 150
"""Characters; of a longer turn its beginning and its end are read, where people say what it is about."""
_LONGEST_COMMAND, _LATEST = 100, 80
"""Characters; of a longer turn no more is looked at, of what they do now the end of it."""
_STORY = 200
"""Characters in which it shows whether a story is hard, and what weighs most in it."""
_TELLS = 8
"""Characters of what says more than that somebody is there."""
WORRIED = "worried"
"""What somebody says may be danger: they are answered as anybody is, with a word of concern and who can be reached."""
BESIDE = frozenset({WORRIED, HARD})
"""What does not stand in the way of the usual answer: what is hard and no danger hears a human word before it."""
_DANGERS = frozenset(kind.value for kind in Kind)
OVER = frozenset({Afterwards.EASED, Afterwards.MISREAD})
"""What ends the danger."""
_STILL_OBEYED = frozenset({Command.HUMAN, Command.SLOWER, Command.FASTER, Command.REPEAT, Command.LOUDER})
"""Commands that end nothing. 停 or 算了 of somebody in despair is no command."""


@dataclass(frozen=True)
class Care:
    """How somebody is met in one turn."""

    need: str
    """A Kind where there is danger, WORRIED where there may be, HARD where there is none and yet a hard story, else one
    of Afterwards that is answered with care."""
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

    def read(
        self, text: str, listening: bool, answers: Callable[[], bool] = lambda: False, worried: bool = False
    ) -> Care | None:
        """How `text` (in normal form) is met; None where it is for everything else to answer.

        `answers` tells whether it is an answer to what was just asked; it is asked only where that decides. `worried`:
        whether the turn before may have been danger; two such turns are one.

        `listening`: whether somebody who was in danger is being listened to. That goes on until they turn to something
        else by themselves: "" and what is no word count as staying.
        """
        if len(text) > LONGEST_READ:
            text = text[: LONGEST_READ - _END_READ] + text[-_END_READ:]
        met = Met.LISTENED_TO if listening or worried else Met.FIRST
        crisis = self.crisis.read(text, met) if text else None
        answered = crisis is not None and met is Met.FIRST and answers()
        if answered:
            crisis = self.crisis.read(text, Met.ANSWERING)
        if crisis is not None and crisis.is_sure:
            after = self.afterwards.read(text[-_LATEST:]) if met is Met.LISTENED_TO else None
            # Whoever was only worried about is believed when they say that it was nothing.
            if after in OVER and not (listening and crisis.is_plain):
                return Care(after.value) if listening else None
            return Care(crisis.kind.value, crisis.theme)
        if crisis is not None and not answered:
            return Care(WORRIED)
        if not listening and len(text) >= _TELLS and self.crisis.is_hard(text[:_STORY]) and not answers():
            return Care(HARD)
        if not listening or (text and self.commands.read(text[:_LONGEST_COMMAND]) in _STILL_OBEYED):
            return None
        after = self.afterwards.read(text[-_LATEST:]) if text else Afterwards.STAY
        if after is Afterwards.TURN:
            return None
        tells = after is Afterwards.STAY and len(text) >= _TELLS
        return Care(after.value, self.crisis.theme(text[:_STORY]) if tells else "")


def learn_care(cache: Path | None) -> CareReader:
    """The reader with all that it needs, learnt or taken from the folder `cache`, where there is one.

    Raises DocumentError, with file and line, where the examples cannot be read.
    """
    return CareReader(*learn_crisis(cache), learn_commands(cache))
