"""Voice notes in and out, by the engines that speech has."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from bot.senders import Sender
from bot.speech.engines_and_recordings import Recordings, Speech, Understood
from voice.doubts import Verdict
from voice.errors import AudioError, EngineMissing, VoiceError
from voice.sound.audio import read_audio, write_opus
from voice.speaking.sentences import sentences

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
    """What the door needs of voice. Hearing and speaking raise SoundError."""

    async def hear(self, sender: Sender, data: bytes) -> Understood:
        """What `sender` says in `data`, and whether they are asked first if it was that."""
        ...

    async def written(self, sender: Sender, text: str) -> tuple[Verdict, str]:
        """What to do with what `sender` wrote, which may say whether something was heard right."""
        ...

    def forget(self, sender: Sender) -> None:
        """Drops what `sender` was asked about."""
        ...

    async def can_speak(self) -> bool:
        """Whether there is a voice."""
        ...

    async def speak(self, text: str, pace: float) -> VoiceNote:
        """`text`, which is for the ear, spoken at `pace`."""
        ...


class EngineSound:
    """Hears and speaks with the service's engines; the sound itself is read and written off the event loop."""

    def __init__(self, recordings: Recordings, speech: Speech) -> None:
        self._recordings = recordings
        self._speech = speech

    async def hear(self, sender: Sender, data: bytes) -> Understood:
        """What `sender` says in `data`, and whether they are asked first if it was that."""
        with _our_errors():
            pcm = await asyncio.to_thread(read_audio, data, longest=LONGEST_NOTE)
            return await self._recordings.understand(sender, pcm)

    async def written(self, sender: Sender, text: str) -> tuple[Verdict, str]:
        """What to do with what `sender` wrote, which may say whether something was heard right."""
        return await self._recordings.written(sender, text)

    def forget(self, sender: Sender) -> None:
        """Drops what `sender` was asked about."""
        self._recordings.forget(sender)

    async def can_speak(self) -> bool:
        """Whether there is a voice; waits for one that is being loaded."""
        return (await self._speech.lacks())[1] is None

    async def speak(self, text: str, pace: float) -> VoiceNote:
        """`text` spoken at `pace`."""
        with _our_errors():
            pcm = await self._speech.read(sentences(text), pace)
            return VoiceNote(await asyncio.to_thread(write_opus, pcm), pcm.seconds)


@contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except EngineMissing as error:
        raise NoEngine(error.code) from error
    except AudioError as error:
        raise BadSound(error.code) from error
    except VoiceError as error:
        raise SoundError(error.code) from error
