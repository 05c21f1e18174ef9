"""Hears with Whisper base, put together from the package registry: nothing is downloaded at run time."""

import zlib
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.errors import EngineMissing
from voice.models import put_whisper_together
from voice.recognizers.recognizer import Hypothesis, RecognizerStream
from voice.sound.audio import RATE, Pcm

_THREADS = 2
_BEAM = 8
_HYPOTHESES = 8
_SECONDS_AT_ONCE = 20.0
"""What is longer is cut where it is quietest. The model hears 30 s, but in 28 s with pauses it left out a sentence in
one of four tries, and in pieces of 20 s none; of 12 s it made up words at the end."""
# The encoder takes a shorter window than the 30 s it was trained on, and then costs a sixth: see docs/voice.md.
_FRAMES_A_SECOND = 100
_FRAMES_AFTER = 800
_MOST_TOKENS_A_SECOND = 16.0
_FEWEST_TOKENS = 12
_REPEATS = 2.6
"""Text that shrinks so much when compressed goes round in circles, which Whisper does where it hears nothing."""
_NOBODY = 0.85
_UNSURE = -1.0


class WhisperRecognizer:
    """Whisper base through faster-whisper, int8."""

    name = "whisper"
    streams = False

    def __init__(self, models: Path, simplified: Callable[[str], str] = str) -> None:
        """Raises EngineMissing where the library or the model is not there or damaged."""
        folder = put_whisper_together(models)
        try:
            from faster_whisper import WhisperModel
            from faster_whisper.tokenizer import Tokenizer
        except ImportError as error:
            raise EngineMissing("library_missing", "faster-whisper is not installed; run `make run`") from error
        self._model = WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=_THREADS, local_files_only=True
        )
        tokenizer = Tokenizer(self._model.hf_tokenizer, True, task="transcribe", language="zh")
        self._tokenizer = tokenizer
        self._prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        self._simplified = simplified

    def recognize(self, pcm: Pcm, words: Collection[str] = ()) -> Sequence[Hypothesis]:
        """What may have been said, best first; none where the model hears nobody."""
        samples = pcm.samples.astype(np.float32) / 32768
        found: Sequence[Hypothesis] = (Hypothesis("", 0.0),)
        for part in _parts(samples):
            found = _followed(found, self._hear(part))
        return [each for each in found if each.text]

    def stream(self, words: Collection[str] = ()) -> RecognizerStream:
        raise NotImplementedError("Whisper hears whole utterances")

    def close(self) -> None:
        """Nothing to end: its memory goes with it."""

    def _hear(self, samples: NDArray[np.float32]) -> Sequence[Hypothesis]:
        features = self._model.feature_extractor(samples)
        frames = min(3000, int(len(samples) / RATE * _FRAMES_A_SECOND) + _FRAMES_AFTER)
        features = np.pad(features, ((0, 0), (0, max(0, frames - features.shape[-1]))))[:, :frames]
        result = self._model.model.generate(
            self._model.encode(features),
            [self._prompt],
            beam_size=_BEAM,
            num_hypotheses=_HYPOTHESES,
            max_length=int(len(samples) / RATE * _MOST_TOKENS_A_SECOND) + _FEWEST_TOKENS + len(self._prompt),
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        heard = [
            Hypothesis(self._text(tokens), score)
            for tokens, score in zip(result.sequences_ids, result.scores, strict=True)
        ]
        if result.no_speech_prob > _NOBODY and heard[0].score < _UNSURE:
            return ()
        seen: dict[str, Hypothesis] = {}
        for each in heard:
            if each.text and not _goes_round(each.text):
                seen.setdefault(each.text, each)
        return list(seen.values())

    def _text(self, tokens: Sequence[int]) -> str:
        text = self._tokenizer.decode([token for token in tokens if token < self._tokenizer.eot])
        return self._simplified("".join(text.split()))


def _parts(samples: NDArray[np.float32]) -> Sequence[NDArray[np.float32]]:
    longest = int(_SECONDS_AT_ONCE * RATE)
    if len(samples) <= longest:
        return [samples]
    # The quietest tenth of a second in the last third of what can be heard at once.
    step = RATE // 10
    window = samples[longest * 2 // 3 : longest]
    loudness = [float(np.abs(window[at : at + step]).mean()) for at in range(0, len(window) - step, step)]
    cut = longest * 2 // 3 + int(np.argmin(loudness)) * step + step // 2
    return [samples[:cut], *_parts(samples[cut:])]


def _followed(before: Sequence[Hypothesis], after: Sequence[Hypothesis]) -> Sequence[Hypothesis]:
    """Two stretches one after the other: the best of each, and each one's other readings with the other's best."""
    if not after:
        return before
    if not before[0].text:
        return after
    both = [(before[0], each) for each in after] + [(each, after[0]) for each in before[1:]]
    return [Hypothesis(first.text + second.text, min(first.score, second.score)) for first, second in both]


def _goes_round(text: str) -> bool:
    data = text.encode()
    return len(data) / len(zlib.compress(data)) > _REPEATS
