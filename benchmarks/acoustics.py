"""Where people speak: in noise, in a room that echoes, over a telephone. The same at every run."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

from voice.sound.audio import RATE, Pcm

_ECHO_SECONDS = 0.5
"""Until an echo has lost 60 dB: a kitchen with tiles."""
_TELEPHONE = (300, 3_400)
"""Hz; what a telephone line carries (ITU-T G.712)."""
_LINE_RATE = 8_000
_MU = 255
"""Of the companding a line uses (ITU-T G.711)."""

Room = Callable[[Pcm, int], Pcm]
"""The sound as it is heard there; the number chooses the noise."""


def clean(pcm: Pcm, number: int) -> Pcm:
    return pcm


def noisy(decibels: float) -> Room:
    """Pink noise and the babble of a street, so much quieter than the speech."""

    def heard(pcm: Pcm, number: int) -> Pcm:
        random = np.random.default_rng(number)
        length = len(pcm.samples)
        spectrum = np.fft.rfft(random.standard_normal(length))
        hertz = np.maximum(np.fft.rfftfreq(length, 1 / RATE), 50.0)
        noise = np.fft.irfft(spectrum / np.sqrt(hertz), length)
        speech = pcm.samples.astype(np.float64)
        wanted = np.sqrt((speech**2).mean() / (noise**2).mean() / 10 ** (decibels / 10))
        return _pcm(speech + noise * wanted)

    return heard


def echoing(pcm: Pcm, number: int) -> Pcm:
    """A room whose echo dies away in half a second, the speaker two metres from the microphone."""
    random = np.random.default_rng(number)
    length = int(_ECHO_SECONDS * RATE)
    times = np.arange(length) / RATE
    echo = random.standard_normal(length) * 10 ** (-3 * times / _ECHO_SECONDS)
    echo *= 0.7 / np.sqrt((echo**2).sum())
    echo[0] = 1.0
    heard = fftconvolve(pcm.samples.astype(np.float64), echo)[: len(pcm.samples)]
    return _pcm(heard * min(1.0, 30_000 / max(1.0, float(np.abs(heard).max()))))


def telephone(pcm: Pcm, number: int) -> Pcm:
    """8 kHz, the band of a telephone, companded to 8 bits and back."""
    band = butter(4, _TELEPHONE, "bandpass", fs=_LINE_RATE, output="sos")
    line = sosfilt(band, resample_poly(pcm.samples.astype(np.float64), _LINE_RATE, RATE)) / 32_768
    line = np.clip(line, -1, 1)
    companded = np.sign(line) * np.log1p(_MU * np.abs(line)) / np.log1p(_MU)
    companded = np.round(companded * 127) / 127
    line = np.sign(companded) * np.expm1(np.abs(companded) * np.log1p(_MU)) / _MU
    return _pcm(resample_poly(line, RATE, _LINE_RATE) * 32_768)


ROOMS: Mapping[str, Room] = {
    "clean": clean,
    "noise at 20 dB": noisy(20),
    "noise at 10 dB": noisy(10),
    "noise at 5 dB": noisy(5),
    "echo": echoing,
    "telephone": telephone,
}


def _pcm(samples: NDArray[np.float64]) -> Pcm:
    return Pcm(np.clip(np.round(samples), -32_768, 32_767).astype(np.int16), RATE)
