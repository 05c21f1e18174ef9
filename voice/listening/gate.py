"""Tells speech from silence, noise and music, so that no recogniser is asked what nobody said."""

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.errors import EngineMissing
from voice.sound.audio import RATE, Pcm

WINDOW = 512
"""Samples the model judges at once: 32 ms."""
_CONTEXT = 64
"""Samples of the window before that it sees as well."""
_SPEECH, _SILENCE = 0.5, 0.35
"""From which probability on speech begins, and below which it ends."""
# Measured on clips without speech (benchmarks/no_speech.py): instruments reach 0.95 for a moment, or stay at 0.6 for
# longer; people reach 0.93 even at 0 dB of noise.
_SURE = 0.8
_FEWEST, _ENOUGH = 5, 8
"""Windows of speech that are a word: 0.16 s, where one of them is quite sure; and from 0.25 s on in any case."""
_QUITE_SURE = 0.84
"""男 said alone 260 times has 0.86 at least; 3 of 3,200 clips without speech pass."""
_BEYOND_DOUBT = 0.97
_PUREST, _FREQUENCIES = 0.967, 12
"""Share of the energy in the strongest of 1,025 frequencies, all windows together: a tone of Mandarin glides, a note
does not. Flutes taken for speech have 0.975 or more; 是, 停 and 女 said alone 150 times each have 0.956 at most."""
_FRAME, _STEP = 2048, 256
_JOINED = 0.6
"""Seconds of silence inside one stretch of speech."""
_MARGIN = 0.3
"""Seconds kept before and after: consonants are quieter than what the model hears."""
_LOUD = 0.1
_MOST_GAIN = 30.0
_STARTS_AFTER = 5
"""Windows of speech before its beginning is told: 160 ms, so that barging in stops us within 300 ms."""


class VoiceActivity(Enum):
    """What happens on a line that stays open."""

    STARTED = "started"
    ENDED = "ended"


def speech_in(pcm: Pcm) -> Sequence[tuple[float, float]]:
    """Where people speak in 16 kHz sound, as (start, end) in seconds; empty for silence, noise and music."""
    samples = _as_loud_as_speech(_floats(pcm))
    probabilities = Listening().probabilities(samples)
    spans: list[tuple[float, float]] = []
    for start, end in _stretches(probabilities):
        if not _is_a_voice(samples[start * WINDOW : end * WINDOW], probabilities[start:end]):
            continue
        begin = max(0.0, start * WINDOW / RATE - _MARGIN)
        finish = min(pcm.seconds, end * WINDOW / RATE + _MARGIN)
        if spans and begin <= spans[-1][1]:
            begin = spans.pop()[0]
        spans.append((begin, finish))
    return spans


class Listening:
    """The model's memory of one line."""

    def __init__(self) -> None:
        self._session = _session()
        self._state = np.zeros((2, 1, 1, 128), np.float32)
        self._before = np.zeros(_CONTEXT, np.float32)

    def probabilities(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """How likely each next window is speech; a last one that is not full is filled with silence."""
        windows = np.pad(samples, (0, -len(samples) % WINDOW)).reshape(-1, WINDOW)
        if not len(windows):
            return np.zeros(0, np.float32)
        contexts = np.vstack((self._before, windows[:-1, -_CONTEXT:]))
        fed = {"input": np.hstack((contexts, windows)), "h": self._state[0], "c": self._state[1]}
        speech, hidden, cell = self._session.run(None, fed)
        self._state, self._before = np.stack((hidden, cell)), windows[-1, -_CONTEXT:]
        return np.asarray(speech).reshape(-1)


class Endpointer:
    """Tells when somebody begins and stops speaking on a line that stays open."""

    def __init__(self, pause: float = 0.7) -> None:
        """`pause`: seconds of silence that end what was said."""
        self._listening = Listening()
        self._left = np.zeros(0, np.float32)
        self._ends_after = round(pause * RATE / WINDOW)
        self._speaking = False
        self._windows = 0
        self._surest = 0.0

    def accept(self, pcm: Pcm) -> VoiceActivity | None:
        """The last thing that happened in these 16 kHz samples; None for nothing new."""
        samples = np.concatenate((self._left, _floats(pcm)))
        whole = len(samples) - len(samples) % WINDOW
        self._left = samples[whole:]
        happened = None
        for probability in self._listening.probabilities(samples[:whole]):
            happened = self._step(float(probability)) or happened
        return happened

    def _step(self, probability: float) -> VoiceActivity | None:
        if self._speaking:
            self._windows = self._windows + 1 if probability < _SILENCE else 0
            if self._windows < self._ends_after:
                return None
        else:
            self._windows = self._windows + 1 if probability >= _SPEECH else 0
            self._surest = max(self._surest, probability) if self._windows else 0.0
            if self._windows < _STARTS_AFTER or self._surest < _SURE:
                return None
        self._speaking, self._windows, self._surest = not self._speaking, 0, 0.0
        return VoiceActivity.STARTED if self._speaking else VoiceActivity.ENDED


def _stretches(probabilities: NDArray[np.float32]) -> Sequence[tuple[int, int]]:
    """Runs of windows with speech, short silences inside; the end is the first window after it."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    quiet = 0
    for place, probability in enumerate(probabilities):
        if start is None:
            if probability >= _SPEECH:
                start, quiet = place, 0
        elif probability >= _SILENCE:
            quiet = 0
        else:
            quiet += 1
            if quiet * WINDOW >= _JOINED * RATE:
                found.append((start, place + 1 - quiet))
                start = None
    if start is not None:
        found.append((start, len(probabilities) - quiet))
    return found


def _is_a_voice(samples: NDArray[np.float32], probabilities: NDArray[np.float32]) -> bool:
    voiced = probabilities >= _SPEECH
    windows, surest = voiced.sum(), probabilities.max()
    if windows < _FEWEST or surest < (_SURE if windows >= _ENOUGH else _QUITE_SURE):
        return False
    return bool(surest >= _BEYOND_DOUBT or _purity(samples, voiced) < _PUREST)


def _purity(samples: NDArray[np.float32], voiced: NDArray[np.bool_]) -> float:
    """The share of the strongest frequencies where windows are `voiced`; 1 where there is no sound."""
    starts = np.arange(0, max(0, len(samples) - _FRAME + 1), _STEP)
    starts = starts[voiced[np.minimum((starts + _FRAME // 2) // WINDOW, len(voiced) - 1)]]
    power = np.abs(np.fft.rfft(samples[starts[:, None] + np.arange(_FRAME)] * np.hanning(_FRAME))) ** 2
    energy = power.sum(axis=1, keepdims=True)
    power = power[energy[:, 0] > 0] / energy[energy[:, 0] > 0]
    if not len(power):
        return 1.0
    together = np.sort(power.mean(axis=0))
    return float(together[-_FREQUENCIES:].sum())


def _floats(pcm: Pcm) -> NDArray[np.float32]:
    if pcm.rate != RATE:
        raise ValueError(f"the gate hears {RATE} Hz, not {pcm.rate}; read the recording with read_audio")
    return pcm.samples.astype(np.float32) / 32768


def _as_loud_as_speech(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Somebody far from the telephone is lifted to where the model was trained."""
    loudest = float(np.abs(samples).max(initial=0.0))
    return samples * min(_MOST_GAIN, max(1.0, _LOUD / loudest)) if loudest else samples


@lru_cache(maxsize=1)
def _session() -> Any:
    # The model stands beside faster-whisper's code; importing that would load all of ctranslate2.
    package = find_spec("faster_whisper")
    places = package.submodule_search_locations if package else None
    found = [path for place in places or () for path in sorted(Path(place).glob("assets/silero_vad*.onnx"))]
    if not found:
        raise EngineMissing("model_missing", "faster-whisper's voice activity model is not installed; run `make run`")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(found[-1]), options, providers=["CPUExecutionProvider"])
