"""Gathers stretches of sound into utterances, and tells what was said in each."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.senders import Sender
from bot.speech.engines_and_recordings import HearsAsItComes, Speech
from voice.listening.gate import VoiceActivity
from voice.listening.transcripts import NOTHING, Transcript
from voice.sound.audio import RATE, Pcm

LONGEST = 60.0
"""Seconds of one utterance; who says more is heard in parts."""


@dataclass(frozen=True)
class Noticed:
    """What a stretch of sound brought."""

    started: bool = False
    """Somebody began to speak."""
    paused: bool = False
    """They have been silent long enough to have finished."""
    full: bool = False
    """It is as much as can be heard at once."""
    partial: str | None = field(default=None, repr=False)
    """What was understood so far, where that is new."""


class UtteranceBuffer:
    """Holds the utterance of one person that is still going on; one follows the other."""

    def __init__(self, speech: Speech, sender: Sender) -> None:
        self._speech = speech
        self._sender = sender
        self._stream: HearsAsItComes | None = None
        self._started = False
        self._said: list[NDArray[np.int16]] = []
        self._seconds = 0.0

    @property
    def open(self) -> bool:
        """Whether an utterance is being listened to."""
        return self._stream is not None

    async def accept(self, pcm: Pcm, asking: str | None) -> Noticed:
        """Takes the next stretch of sound; `asking` counts where an utterance begins with it. Raises VoiceError."""
        if self._stream is None:
            self._stream = (await self._speech.hearing()).stream(await self._speech.hints(asking))
        events = await self._stream.accept(pcm)
        began = VoiceActivity.STARTED in events and not self._started
        self._started = self._started or began
        if self._started:
            self._said.append(pcm.samples)
            self._seconds += pcm.seconds
        partials = [event.text for event in events if isinstance(event, Transcript)]
        return Noticed(
            began, VoiceActivity.ENDED in events, self._seconds >= LONGEST, partials[-1] if partials else None
        )

    async def finish(self) -> Transcript:
        """What was said; nothing where there was no speech. Raises VoiceError."""
        stream, said = self._stream, self._said
        self.forget()
        if stream is None:
            return NOTHING
        heard = await stream.finish()
        if heard.text and said:
            self._speech.keep(self._sender, Pcm(np.concatenate(said), RATE))
        return heard

    def forget(self) -> None:
        """Drops what is half heard."""
        self._stream = None
        self._started = False
        self._said = []
        self._seconds = 0.0
