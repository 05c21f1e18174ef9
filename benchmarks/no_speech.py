"""Makes clips in which nobody speaks: silence, noise, hum, machines, music. The same ones at every run."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from voice.sound.audio import RATE, Pcm

_SECONDS = (1.0, 6.0)
_LOUDNESS = (0.003, 0.5)
"""Of full scale, from a quiet room to a loudspeaker beside the telephone."""
_SCALE = (0, 2, 4, 7, 9, 12, 14, 16)
"""Semitones: the five notes of most Chinese songs."""

Maker = Callable[[np.random.Generator, int], NDArray[np.float64]]


def no_speech(clips: int) -> Iterator[tuple[str, Pcm]]:
    """`clips` recordings with their kinds, each kind in turn."""
    kinds = list(_MAKERS)
    for number in range(clips):
        kind = kinds[number % len(kinds)]
        random = np.random.default_rng(number)
        wave = _MAKERS[kind](random, int(random.uniform(*_SECONDS) * RATE))
        peak = float(np.abs(wave).max()) or 1.0
        loudness = np.exp(random.uniform(*np.log(_LOUDNESS)))
        yield kind, Pcm((wave / peak * loudness * 32767).astype(np.int16), RATE)


def _silence(random: np.random.Generator, length: int) -> NDArray[np.float64]:
    return np.zeros(length)


def _coloured(slope: float) -> Maker:
    """Noise whose power falls with the frequency to the power of `slope`: 0 white, 1 pink, 2 brown."""

    def make(random: np.random.Generator, length: int) -> NDArray[np.float64]:
        spectrum = np.fft.rfft(random.standard_normal(length))
        hertz = np.maximum(np.fft.rfftfreq(length, 1 / RATE), 20.0)
        wave: NDArray[np.float64] = np.fft.irfft(spectrum / hertz ** (slope / 2), length)
        return wave

    return make


def _hum(random: np.random.Generator, length: int) -> NDArray[np.float64]:
    """The mains and its overtones."""
    times = np.arange(length) / RATE
    return sum(random.uniform(0, 1 / n) * np.sin(2 * np.pi * 50 * n * times) for n in (1, 2, 3, 4, 6)) + (
        0.01 * random.standard_normal(length)
    )


def _street(random: np.random.Generator, length: int) -> NDArray[np.float64]:
    """Passing engines: brown noise that swells and falls."""
    times = np.arange(length) / RATE
    swell = 1 + 0.9 * np.sin(2 * np.pi * random.uniform(0.1, 1.0) * times + random.uniform(0, 6))
    return _coloured(2)(random, length) * swell


def _clicks(random: np.random.Generator, length: int) -> NDArray[np.float64]:
    """Keys, a door, cutlery: short knocks in a quiet room."""
    wave = 0.002 * random.standard_normal(length)
    for start in random.integers(0, length, size=max(2, length // RATE * 4)):
        knock = random.standard_normal(min(800, length - start)) * np.exp(-np.arange(min(800, length - start)) / 120)
        wave[start : start + len(knock)] += knock
    return wave


def _beeps(random: np.random.Generator, length: int) -> NDArray[np.float64]:
    """A telephone line: engaged, ringing, keys."""
    times = np.arange(length) / RATE
    on = (times % random.uniform(0.3, 1.5)) < random.uniform(0.1, 0.7)
    low, high = random.choice([(450, 450), (697, 1209), (770, 1336), (852, 1477), (941, 1633)])
    wave: NDArray[np.float64] = on * (np.sin(2 * np.pi * low * times) + np.sin(2 * np.pi * high * times))
    return wave


def _music(overtones: int, decay: float, chords: bool, drums: bool) -> Maker:
    """A tune on an instrument with so many overtones, whose notes die away in `decay` seconds."""

    def make(random: np.random.Generator, length: int) -> NDArray[np.float64]:
        wave = np.zeros(length)
        beat = int(random.uniform(0.2, 0.6) * RATE)
        root = random.uniform(110, 440)
        for start in range(0, length, beat):
            span = min(2 * beat, length - start)
            times = np.arange(span) / RATE
            attack = np.minimum(times / 0.01, 1) * np.exp(-times / decay)
            for step in random.choice(_SCALE, size=3 if chords else 1, replace=False):
                pitch = root * 2 ** (step / 12)
                for n in range(1, overtones + 1):
                    if n * pitch < RATE / 2:
                        wave[start : start + span] += attack * np.sin(2 * np.pi * n * pitch * times) / n**1.5
            if drums:
                wave[start : start + span] += np.exp(-times / 0.05) * random.standard_normal(span)
        return wave

    return make


_MAKERS: dict[str, Maker] = {
    "silence": _silence,
    "white noise": _coloured(0),
    "pink noise": _coloured(1),
    "brown noise": _coloured(2),
    "hum": _hum,
    "street": _street,
    "clicks": _clicks,
    "line tones": _beeps,
    "piano": _music(8, 0.4, chords=True, drums=False),
    "plucked strings": _music(16, 0.15, chords=False, drums=False),
    "flute": _music(3, 5.0, chords=False, drums=False),
    "fiddle": _music(20, 5.0, chords=False, drums=False),
    "organ": _music(6, 5.0, chords=True, drums=False),
    "band": _music(10, 0.8, chords=True, drums=True),
}
