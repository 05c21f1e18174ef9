"""What can be set of speech."""

from pathlib import Path

import pytest

from bot.settings import LONGEST_KEPT_AUDIO, Settings, SettingsError, read_settings


def test_without_variables_the_best_engines_are_used_and_no_sound_is_kept() -> None:
    settings = read_settings({})

    assert (settings.recognizer, settings.voice, settings.keep_audio) == (None, None, 0)


def test_engines_and_the_days_sound_is_kept_can_be_named() -> None:
    settings = read_settings(
        {"ZHUYETONG_RECOGNIZER": "whisper", "ZHUYETONG_VOICE": "espeak", "ZHUYETONG_KEEP_AUDIO": "7"}
    )

    assert (settings.recognizer, settings.voice, settings.keep_audio) == ("whisper", "espeak", 7)


@pytest.mark.parametrize("days", ["-1", "forever", "1.5", "31", "٣", "9999999"])
def test_sound_is_kept_for_days_that_are_stated_and_not_for_ever(days: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"ZHUYETONG_KEEP_AUDIO": days})

    assert str(caught.value) == (
        f"ZHUYETONG_KEEP_AUDIO={days}: must be a number of days from 0 (keep none) to {LONGEST_KEPT_AUDIO}"
    )


def test_models_and_sound_are_below_var(tmp_path: Path) -> None:
    settings = Settings(var=tmp_path)

    assert (settings.voice_models, settings.kept_audio) == (tmp_path / "models", tmp_path / "audio")
