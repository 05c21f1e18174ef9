"""Engines of speech for tests: sound is a text in its samples, so that nothing has to be recognised."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from bot.speech.engines_and_recordings import Speech
from knowledge.library.documents import Library
from voice.errors import EngineMissing
from voice.listening.gate import VoiceActivity
from voice.listening.transcripts import NOTHING, Hints, Transcript
from voice.sound.audio import RATE, Pcm
from voice.synthesizers import Manner

MARK = 7_000
"""The sample before a text; its length and its characters follow."""


def said(text: str, seconds: float = 0.5) -> Pcm:
    """`text` as the fake recogniser hears it; an unsure one ends with "?"."""
    samples = np.zeros(int(seconds * RATE), np.int16)
    samples[: len(text) + 2] = np.array([MARK, len(text), *map(ord, text)], np.uint16).view(np.int16)
    return Pcm(samples, RATE)


def silence(seconds: float = 0.5) -> Pcm:
    return Pcm(np.zeros(int(seconds * RATE), np.int16), RATE)


def text_in(samples: NDArray[np.int16]) -> str:
    marks = np.flatnonzero(samples == MARK)
    if not len(marks):
        return ""
    at = int(marks[0])
    length = int(samples[at + 1])
    return "".join(chr(each) for each in samples[at + 2 : at + 2 + length].view(np.uint16))


def transcript(samples: NDArray[np.int16]) -> Transcript:
    text = text_in(samples)
    if not text:
        return NOTHING
    unsure = text.endswith("?")
    return Transcript(text.rstrip("?"), 0.2 if unsure else 0.95, True, text)


class FakeHearing:
    """Hears what `said` makes, and remembers what it was told to expect."""

    def __init__(self) -> None:
        self.asked: list[Hints] = []
        self.closed = False

    async def hear(self, pcm: Pcm, hints: Hints = Hints()) -> Transcript:
        self.asked.append(hints)
        return transcript(pcm.samples)

    def stream(self, hints: Hints = Hints()) -> "FakeStream":
        self.asked.append(hints)
        return FakeStream()

    def close(self) -> None:
        self.closed = True


class FakeStream:
    """Speech begins with a marked stretch and ends with half a second of silence."""

    def __init__(self) -> None:
        self._samples = np.zeros(0, np.int16)
        self._started = False

    async def accept(self, pcm: Pcm) -> Sequence[VoiceActivity | Transcript]:
        events: list[VoiceActivity | Transcript] = []
        self._samples = np.concatenate([self._samples, pcm.samples])
        if np.any(pcm.samples) and not self._started:
            self._started = True
            events += [VoiceActivity.STARTED, Transcript(text_in(self._samples)[:2], 0.5, False)]
        elif self._started and not np.any(pcm.samples):
            events.append(VoiceActivity.ENDED)
        return events

    async def finish(self) -> Transcript:
        return transcript(self._samples)


class FakeVoices:
    """Says everything in as many tenths of a second as it has characters."""

    def __init__(self) -> None:
        self.spoken: list[tuple[str, float, bool]] = []
        self.slow = 0.0
        self.warmed = 0
        self.closed = False

    async def speak(self, text: str, manner: Manner = Manner(), keep: bool = False) -> Pcm:
        self.spoken.append((text, manner.rate, keep))
        await asyncio.sleep(self.slow)
        return said(text, max(0.5, len(text) / 10))

    async def warm(self) -> None:
        self.warmed += 1

    def close(self) -> None:
        self.closed = True


def missing() -> NoReturn:
    """Loads nothing, as on a machine without models."""
    raise EngineMissing("model_missing", "there is no recogniser; run `make run`")


class PlainSubject:
    """Knows nothing of how people speak, and so takes no seconds to learn it."""

    async def hints(self, asking: str | None) -> Hints:
        return Hints(asking)


def speech(
    hearing: FakeHearing | None = None,
    voices: FakeVoices | None = None,
    library: Library | None = None,
    load_voices: Callable[[], Any] = FakeVoices,
) -> Speech:
    """Without a `library` nothing is known of how people speak; learning it from one takes seconds."""
    found = library or Library(())
    made = Speech(lambda: hearing or FakeHearing(), lambda: voices or load_voices(), lambda: found)
    if library is None:
        made._hints = PlainSubject()  # type: ignore[assignment]
    return made
