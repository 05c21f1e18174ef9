"""A recogniser in a process of its own: what it hears, and how it is survived."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from voice.errors import EngineMissing, VoiceError
from voice.recognizers.apart import RecognizerApart
from voice.sound.audio import RATE, Pcm

Start = Callable[..., RecognizerApart]
CRASHES, HANGS, FAILS = -1, -2, -3
ALWAYS = 10


def sound(*samples: int) -> Pcm:
    return Pcm(np.array(samples, np.int16), RATE)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the fake engine, and ends it."""
    started: list[RecognizerApart] = []

    def start(folder: str = "model", **about: Any) -> RecognizerApart:
        (tmp_path / folder).mkdir(exist_ok=True)
        started.append(RecognizerApart("fake", tmp_path / folder, module="tests.voice.fake_recognizer", **about))
        return started[-1]

    yield start
    for recognizer in started:
        recognizer.close()


def test_an_utterance_is_heard_with_what_is_expected(start: Start) -> None:
    recognizer = start()

    heard = recognizer.recognize(sound(1, 2, 3), ["是", "不是"])

    assert [(each.text, each.score) for each in heard] == [("啊啊啊", -0.5), ("是", -1.0), ("不是", -1.0)]
    assert recognizer.process.starts == 1


def test_two_utterances_at_once_are_kept_apart(start: Start) -> None:
    recognizer = start()
    one, other = recognizer.stream(), recognizer.stream(["是"])

    assert [one.accept(sound(1)), other.accept(sound(1, 2)), one.accept(sound(1))] == ["啊", "啊啊", "啊啊"]
    assert [[each.text for each in stream.finish()] for stream in (one, other)] == [["啊啊"], ["啊啊", "是"]]


@pytest.mark.parametrize("fault", [CRASHES, HANGS])
def test_after_a_crash_or_a_hang_the_whole_utterance_is_heard_by_the_next_process(start: Start, fault: int) -> None:
    recognizer = start(deadline=2.0)
    stream, other = recognizer.stream(), recognizer.stream()
    stream.accept(sound(1, 2))
    other.accept(sound(1))

    assert stream.accept(sound(fault, 4)) == "啊啊啊啊"
    assert other.finish()[0].text == "啊"
    assert stream.finish()[0].text == "啊啊啊啊"
    assert recognizer.process.starts == 2


@pytest.mark.parametrize(("fault", "code"), [(CRASHES, "crashed"), (HANGS, "timed_out")])
def test_what_cannot_be_heard_fails_with_a_code_and_the_next_is_heard(start: Start, fault: int, code: str) -> None:
    recognizer = start(deadline=1.0)

    with pytest.raises(VoiceError) as caught:
        recognizer.recognize(sound(fault - ALWAYS))

    assert caught.value.code == code
    assert recognizer.recognize(sound(1))[0].text == "啊"


def test_an_utterance_that_nobody_waits_for_is_forgotten(start: Start) -> None:
    recognizer = start()
    for _ in range(5):
        recognizer.stream().accept(sound(1))

    with pytest.raises(VoiceError, match="engine_failed: 1 open"):
        recognizer.stream().accept(sound(FAILS))


def test_what_is_missing_is_told_with_what_mends_it(start: Start) -> None:
    with pytest.raises(EngineMissing, match="model_missing: no such model; run `zhuyetong models fetch vosk`"):
        start("missing")


def test_closed_it_leaves_no_process(start: Start) -> None:
    recognizer = start()
    pid = recognizer.process.pid
    recognizer.close()

    assert not psutil.pid_exists(pid or 0)
    with pytest.raises(VoiceError, match="closed"):
        recognizer.recognize(sound(1))
