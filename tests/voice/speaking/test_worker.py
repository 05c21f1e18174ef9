"""A voice in a process of its own: what it says, and how it is survived."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from voice.errors import EngineMissing, VoiceError
from voice.speaking.worker import Worker
from voice.synthesizers import PLAIN, Manner

Start = Callable[..., Worker]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts workers of the fake engine, and ends them."""
    started: list[Worker] = []

    def start(name: str = "fake", **about: Any) -> Worker:
        started.append(Worker(name, tmp_path, module="tests.voice.fake_engine", **about))
        return started[-1]

    yield start
    for worker in started:
        worker.stop()
        worker.close()


def test_nothing_is_started_before_the_first_text(start: Start) -> None:
    worker = start()
    assert (worker.pid, worker.starts) == (None, 0)

    worker.speak("您好", PLAIN)
    worker.speak("再见", PLAIN)

    assert worker.pid is not None
    assert worker.starts == 1


def test_a_text_is_said_in_its_manner(start: Start) -> None:
    pcm = start().speak("您好", Manner(volume=0.5))

    assert (pcm.rate, len(pcm.samples), int(pcm.samples[0])) == (16_000, 320, 500)


def test_what_an_engine_prints_is_not_taken_for_sound(start: Start) -> None:
    worker = start()

    assert len(worker.speak("打印这一句", PLAIN).samples) == 800
    assert len(worker.speak("您好", PLAIN).samples) == 320


def test_after_a_crash_the_text_is_said_by_the_next_process(start: Start) -> None:
    worker = start()

    assert len(worker.speak("崩溃一次", PLAIN).samples) == 640
    assert worker.starts == 2


def test_after_a_hang_the_text_is_said_by_the_next_process(start: Start) -> None:
    worker = start(deadline=0.5)
    worker.speak("您好", PLAIN)
    first = worker.pid

    assert len(worker.speak("卡住一次", PLAIN).samples) == 640
    assert worker.starts == 2
    assert not psutil.pid_exists(first)


@pytest.mark.parametrize(
    ("text", "code"),
    [("崩溃", "crashed"), ("卡住", "timed_out"), ("失败", "engine_failed"), ("出错", "engine_failed")],
)
def test_a_text_that_cannot_be_said_fails_with_a_code_and_the_next_is_said(
    start: Start, text: str, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    worker = start(deadline=0.5)
    with caplog.at_level(logging.DEBUG), pytest.raises(VoiceError) as caught:
        worker.speak(f"{text}，李小明", PLAIN)

    assert caught.value.code == code
    assert len(worker.speak("您好", PLAIN).samples) == 320
    # What was to be said may be personal.
    assert "李小明" not in caplog.text + str(caught.value)


def test_a_process_that_is_killed_while_it_speaks_loses_nothing(start: Start) -> None:
    worker = start()
    worker.speak("您好", PLAIN)
    killing = threading.Timer(0.1, lambda: os.kill(worker.pid or 0, signal.SIGKILL))
    killing.start()

    assert len(worker.speak("慢慢说", PLAIN).samples) == 480
    assert worker.starts == 2


def test_a_voice_that_is_missing_is_told_with_what_mends_it(start: Start) -> None:
    with pytest.raises(EngineMissing, match="library_missing: no such voice; run `make run`"):
        start("missing").speak("您好", PLAIN)


def test_a_voice_that_cannot_be_loaded_is_an_error_and_no_hang(start: Start) -> None:
    with pytest.raises(VoiceError, match="crashed"):
        start("broken").speak("您好", PLAIN)


def test_a_worker_that_is_stopped_from_another_thread_ends_at_once(start: Start) -> None:
    worker = start()
    worker.speak("您好", PLAIN)
    began = time.monotonic()
    threading.Timer(0.1, worker.stop).start()

    with pytest.raises(VoiceError, match="closed"):
        worker.speak("卡住", PLAIN)
    assert time.monotonic() - began < 5


def test_closed_it_leaves_no_process_and_no_open_file(start: Start) -> None:
    worker = start()
    worker.speak("您好", PLAIN)
    worker.close()
    before = psutil.Process().num_fds()

    for _ in range(3):
        worker.speak("您好", PLAIN)
        pid = worker.pid
        worker.close()
        assert not psutil.pid_exists(pid or 0)

    assert psutil.Process().num_fds() <= before
