"""Decides how a turn is met where somebody may be in danger, or was a moment ago."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from knowledge.commands.command_reader import Command, CommandReader
from knowledge.commands.learn_commands import learn_commands
from knowledge.crisis.afterwards import Afterwards, AfterwardsReader
from knowledge.crisis.crisis_reader import ABOUT_ONESELF, HARD, CrisisReader, Kind, Met
from knowledge.crisis.learn_crisis import learn_crisis
from knowledge.crisis.meeting import as_met
from knowledge.crisis.speaker import NOBODY, Speaker, SpeakerReader

LONGEST_READ, _END_READ = 400, 150
"""Characters; of a longer turn its beginning and its end are read, where people say what it is about."""
_LONGEST_COMMAND, _LATEST = 100, 80
"""Characters; of a longer turn no more is looked at, of what they do now the end of it."""
_STORY = 200
"""Characters in which it shows whether a story is hard, and what weighs most in it."""
_SPEAKS = 100, 50
"""Characters by which it shows who speaks, and of them those at the end; more would cost more than a turn may."""
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
_NOT_TURNED = frozenset({Afterwards.EASED.value, Afterwards.LEAVING.value})
"""After these nobody is met afresh, whoever turns out to have spoken."""


@dataclass(frozen=True)
class Care:
    """How somebody is met in one turn."""

    need: str
    """A Kind where there is danger, WORRIED where there may be, HARD where there is none and yet a hard story, else one
    of Afterwards that is answered with care."""
    theme: str = ""
    """What weighs most, as Crisis.theme."""
    role: str = ""
    """The SpeakerRole of who speaks where somebody else is in danger and they are not just close to them, else ""."""
    speaker: Speaker = NOBODY
    """What all turns since danger was met say of who speaks."""

    @property
    def in_danger(self) -> bool:
        return self.need in _DANGERS

    def to_json(self) -> dict[str, Any]:
        return {"need": self.need, "theme": self.theme, "role": self.role, "speaker": self.speaker.to_json()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Care":
        speaker = Speaker.from_json(kept.get("speaker") or {})
        return cls(str(kept["need"]), str(kept["theme"]), str(kept.get("role", "")), speaker)


@dataclass(frozen=True)
class Told:
    """What the talk remembers of the turns before."""

    danger: str = ""
    """The Kind that was answered last, "" where none was."""
    speaker: Speaker = NOBODY

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Told":
        return cls(str(kept.get("danger", "")), Speaker.from_json(kept.get("speaker") or {}))


NOTHING = Told()


@dataclass(frozen=True)
class CareReader:
    """Reads each turn before anything else does."""

    crisis: CrisisReader
    afterwards: AfterwardsReader
    commands: CommandReader
    speakers: SpeakerReader

    def read(
        self,
        text: str,
        listening: bool,
        answers: Callable[[], bool] = lambda: False,
        worried: bool = False,
        told: Told = NOTHING,
    ) -> Care | None:
        """How `text` (in normal form) is met; None where it is for everything else to answer.

        `answers` tells whether it is an answer to what was just asked; it is asked only where that decides. `worried`:
        whether the turn before may have been danger; two such turns are one.

        `listening`: whether somebody who was in danger is being listened to. That goes on until they turn to something
        else by themselves: "" and what is no word count as staying. `told`: by which it is known who speaks; whoever
        corrects us there is met anew.
        """
        obeyed = lru_cache(maxsize=1)(partial(self._is_obeyed, text))
        care = self._met(text, listening, answers, worried, obeyed)
        # Who speaks is looked at only where somebody is in danger, may be, or was.
        if care.need == HARD if care is not None else not listening:
            return care
        if care is None and obeyed():
            return None
        turn = self.speakers.read(_ends(text, *_SPEAKS))
        speaker = told.speaker.then(turn)
        if care is not None and care.in_danger:
            return self._of_speaker(Kind(care.need), care.theme, text, speaker)
        if (
            told.danger
            and listening
            and (care is None or care.need not in _NOT_TURNED)
            and turn.corrects is not None
            and turn.corrects is speaker.role
            and as_met(Kind(told.danger), speaker) != as_met(Kind(told.danger), told.speaker)
        ):
            return self._of_speaker(Kind(told.danger), "", text, speaker)
        if care is None:
            return None
        role = as_met(Kind(told.danger), speaker)[1] if told.danger else ""
        return replace(care, role=role, speaker=speaker)

    def _of_speaker(self, kind: Kind, theme: str, text: str, speaker: Speaker) -> Care:
        met, role = as_met(kind, speaker)
        if met not in ABOUT_ONESELF:
            theme = ""
        elif not theme:
            theme = self.crisis.theme(text[:_STORY])
        return Care(met.value, theme, role, speaker)

    def _is_obeyed(self, text: str) -> bool:
        return bool(text) and self.commands.read(text[:_LONGEST_COMMAND]) in _STILL_OBEYED

    def _met(
        self, text: str, listening: bool, answers: Callable[[], bool], worried: bool, obeyed: Callable[[], bool]
    ) -> Care | None:
        """How `text` is met by itself, whoever speaks."""
        text = _ends(text, LONGEST_READ, _END_READ)
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
        if not listening or obeyed():
            return None
        after = self.afterwards.read(text[-_LATEST:]) if text else Afterwards.STAY
        if after is Afterwards.TURN:
            return None
        tells = after is Afterwards.STAY and len(text) >= _TELLS
        return Care(after.value, self.crisis.theme(text[:_STORY]) if tells else "")


def _ends(text: str, longest: int, end: int) -> str:
    """The beginning of `text` and its last `end` characters, together `longest` at most."""
    return text if len(text) <= longest else text[: longest - end] + text[-end:]


def learn_care(cache: Path | None) -> CareReader:
    """The reader with all that it needs, learnt or taken from the folder `cache`, where there is one.

    Raises DocumentError, with file and line, where the examples cannot be read.
    """
    crisis, afterwards, speakers = learn_crisis(cache)
    return CareReader(crisis, afterwards, learn_commands(cache), speakers)
