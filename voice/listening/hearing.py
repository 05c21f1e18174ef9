"""Hears for the doors: who speaks, what was said, what it must have been; off the event loop, and never for ever."""

import asyncio
import math
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from voice.errors import VoiceError
from voice.listening.expected_answer import is_to_stay, narrowed
from voice.listening.gate import Endpointer, VoiceActivity, speech_in
from voice.listening.phrase_model import PhraseModel, Reading
from voice.listening.transcripts import NOTHING, Hints, Transcript
from voice.recognizers import Hypothesis, Recognizer, RecognizerStream
from voice.sound.audio import RATE, Pcm

_DEADLINE = 60.0
"""Seconds for one utterance, its time in the queue included."""
_MOST_WAITING = 16
# A logistic fit of "at most 15 % of the characters wrong" on spoken training questions: how sure the recogniser was,
# and how usual the words are, both as mean log probabilities.
_SURE, _OF_RECOGNISER, _OF_WORDS = 6.3, 4.8, 0.8
_GUESSED = 0.4
"""Confidence in an answer that sounds only nearly as what was heard: it is asked back."""
_LIKELIEST_WORDS = -4.0
"""Mean log probability that counts for an answer the question invites."""
T = TypeVar("T")


class Hearing:
    """One recogniser for many speakers, one utterance after the other. Close it at the end."""

    def __init__(
        self, recognizer: Recognizer, *, deadline: float = _DEADLINE, most_waiting: int = _MOST_WAITING
    ) -> None:
        """`deadline`: seconds after which whoever waits is told; `most_waiting`: utterances in the queue."""
        self.name = recognizer.name
        self._recognizer = recognizer
        self._deadline = deadline
        self._most_waiting = most_waiting
        self._waiting = 0
        self._closed = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hearing")

    async def hear(self, pcm: Pcm, hints: Hints = Hints()) -> Transcript:
        """What is said in 16 kHz sound; nothing where nobody speaks. Raises VoiceError: busy, timed_out, closed."""
        return await self.run(lambda: self._hear(pcm, hints))

    def stream(self, hints: Hints = Hints()) -> "HearingStream":
        """One utterance that is heard as it comes."""
        return HearingStream(self, self._recognizer, hints)

    def close(self) -> None:
        """Whatever still waits gets VoiceError("closed")."""
        self._closed = True
        self._recognizer.close()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def run(self, work: Callable[[], T]) -> T:
        """`work` in the recogniser's thread. Raises VoiceError: busy, timed_out, closed."""
        if self._closed:
            raise VoiceError("closed", "the recogniser was closed")
        # Bounded, so that a flood is told so at once instead of waiting for minutes.
        if self._waiting >= self._most_waiting:
            raise VoiceError("busy", f"{self._waiting} utterances are waiting; try again shortly")
        self._waiting += 1
        waiting = self._thread.submit(work)
        waiting.add_done_callback(self._one_less)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(waiting), self._deadline)
        except asyncio.TimeoutError:
            raise VoiceError("timed_out", f"the recogniser took over {self._deadline:.0f} s") from None
        except asyncio.CancelledError:
            if self._closed:
                raise VoiceError("closed", "the recogniser was closed") from None
            raise

    def _one_less(self, _: object) -> None:
        self._waiting -= 1

    def _hear(self, pcm: Pcm, hints: Hints) -> Transcript:
        spans = speech_in(pcm)
        if not spans:
            return NOTHING
        start, end = int(spans[0][0] * RATE), int(spans[-1][1] * RATE)
        return understood(self._recognizer.recognize(Pcm(pcm.samples[start:end], RATE), hints.expected), hints)


class HearingStream:
    """One utterance from its first sound to its end."""

    def __init__(self, hearing: Hearing, recognizer: Recognizer, hints: Hints) -> None:
        self._hearing = hearing
        self._hints = hints
        self._endpointer = Endpointer()
        self._samples: list[NDArray[np.int16]] = []
        self._as_it_comes: RecognizerStream | None = recognizer.stream() if recognizer.streams else None

    async def accept(self, pcm: Pcm) -> Sequence[VoiceActivity | Transcript]:
        """Takes the next 16 kHz samples; what they brought: that speech began or ended, and the text so far."""
        happened: list[VoiceActivity | Transcript] = []
        sign = self._endpointer.accept(pcm)
        if sign is not None:
            happened.append(sign)
        self._samples.append(pcm.samples)
        stream = self._as_it_comes
        if stream is not None:
            text = await self._hearing.run(lambda: stream.accept(pcm))
            if text:
                happened.append(Transcript(text, 0.0, False, text))
        return happened

    async def finish(self) -> Transcript:
        """What was said; nothing where nobody spoke. Raises VoiceError as `Hearing.hear`."""
        if not self._samples:
            return NOTHING
        pcm = Pcm(np.concatenate(self._samples), RATE)
        stream = self._as_it_comes
        if stream is None:
            return await self._hearing.hear(pcm, self._hints)

        def finish() -> Transcript:
            # The words are there already; the gate has the last word on whether anybody spoke.
            return understood(stream.finish(), self._hints) if speech_in(pcm) else NOTHING

        return await self._hearing.run(finish)


def understood(heard: Sequence[Hypothesis], hints: Hints) -> Transcript:
    """The transcript of what may have been said, narrowed to what was asked and repaired."""
    if not heard:
        return NOTHING
    first = heard[0]
    answer = narrowed([each.text for each in heard], hints.asking, hints.expected)
    if answer is not None:
        confidence = _confidence(first.score, _LIKELIEST_WORDS)
        return Transcript(answer.text, confidence if answer.sure else min(confidence, _GUESSED), True, first.text)
    if hints.phrases is None or is_to_stay(hints.asking):
        return Transcript(first.text, _confidence(first.score, _LIKELIEST_WORDS), True, first.text)
    reading = _read(hints.phrases, heard, hints.expected)
    usual = hints.phrases.read(reading.text).likelihood / max(1, len(reading.text))
    return Transcript(reading.text, _confidence(first.score, usual), True, first.text)


def _read(phrases: PhraseModel, heard: Sequence[Hypothesis], expected: Collection[str]) -> Reading:
    return phrases.likeliest([(each.text, each.score) for each in heard], expected)


def _confidence(score: float, usual: float) -> float:
    return 1 / (1 + math.exp(-(_SURE + _OF_RECOGNISER * score + _OF_WORDS * usual)))
