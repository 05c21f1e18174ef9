"""What staff say into the search field is written there; nothing is answered, and nothing of it is kept."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.audio_store import KeptAudio
from bot.console.context import ConsoleContext
from tests.bot.console.visitors import Visitor, csrf
from tests.bot.speech.hearing_and_speaking import FakeHearing, missing, said, silence, speech
from voice.sound.audio import write_wav


def say(browser: Visitor, sound: bytes) -> tuple[int, Any]:
    form: dict[str, Any] = {"csrf": (None, csrf(browser.open("/assist"))), "file": ("heard.wav", sound, "audio/wav")}
    answer = browser.browser.post("/console/api/heard", files=form)
    return answer.status_code, answer.json()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "audio"


@pytest.fixture
def hearing(desk: ConsoleContext, kept: Path) -> Iterator[Visitor]:
    """An agent at a console that hears, where recordings of people are kept for a week."""
    engines = speech(FakeHearing())
    engines._kept = KeptAudio(kept, 7, desk.records.cipher)
    with Visitor(replace(desk, speech=engines)) as browser:
        browser.sign_in("limin")
        yield browser


def test_what_is_said_comes_back_in_writing_and_is_not_kept(hearing: Visitor, desk: ConsoleContext, kept: Path) -> None:
    before = desk.records.calls.going_on("limin")

    assert say(hearing, write_wav(said("低保会停吗"))) == (200, {"text": "低保会停吗", "confidence": 0.95})
    assert say(hearing, write_wav(silence())) == (200, {"text": "", "confidence": 1.0})
    assert not list(kept.glob("*"))
    assert desk.records.calls.going_on("limin") == before


@pytest.mark.parametrize(("sound", "status", "code"), [(b"", 422, "empty"), (b"<html>", 415, "not_audio")])
def test_what_is_no_recording_is_told(hearing: Visitor, sound: bytes, status: int, code: str) -> None:
    answered, told = say(hearing, sound)

    assert (answered, told["code"]) == (status, code)
    assert told["error"]


def test_without_an_engine_it_is_told(desk: ConsoleContext, agent: Visitor) -> None:
    deaf = speech()
    deaf._hearing._load = missing
    with Visitor(replace(desk, speech=deaf)) as browser:
        browser.sign_in("limin")
        assert say(browser, write_wav(said("低保")))[0] == 503
    assert say(agent, write_wav(said("低保")))[1]["code"] == "library_missing"
