"""Voice notes in and out, by whatever engines the service has."""

from dataclasses import dataclass, field
from typing import Any, Protocol

LONGEST_NOTE = 60.0
"""Seconds that are listened to."""
LARGEST_NOTE = 20 * 1024 * 1024
"""Bytes; the Bot API gives out no larger file."""


class SoundError(Exception):
    """Something cannot be heard or spoken; the text is a code and tells nothing of what was said."""


class NoEngine(SoundError):
    """There is no engine to hear or speak with."""


class BadSound(SoundError):
    """The sound itself cannot be read."""


@dataclass(frozen=True)
class VoiceNote:
    """OGG/Opus, as Telegram plays it as a voice message."""

    data: bytes = field(repr=False)
    seconds: float


class Sound(Protocol):
    """What the door needs of voice. Both raise SoundError."""

    can_hear: bool
    can_speak: bool

    async def hear(self, data: bytes, asking: str | None) -> str:
        """What is said in `data`, "" where nothing is; `asking` is the slot a form waits for."""
        ...

    async def speak(self, text: str, pace: float) -> VoiceNote:
        """`text`, which is for the ear, spoken at `pace`."""
        ...


class Hearing(Protocol):
    """As voice.hearing.Hearing."""

    async def hear(self, pcm: Any, hints: Any) -> Any: ...


class Voices(Protocol):
    """As voice.voices.Voices."""

    async def speak(self, text: str, manner: Any) -> Any: ...


class Silent:
    """A service without engines."""

    can_hear = False
    can_speak = False

    async def hear(self, data: bytes, asking: str | None) -> str:
        raise NoEngine("nothing to hear with")

    async def speak(self, text: str, pace: float) -> VoiceNote:
        raise NoEngine("nothing to speak with")
