"""The same sound at another rate, and sounds one after the other."""

from collections.abc import Sequence
from math import gcd

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from voice.sound.audio import Pcm

_PAUSE = 0.3
"""Seconds between two sentences."""


def resampled(pcm: Pcm, rate: int) -> Pcm:
    """`pcm` at `rate` Hz."""
    if pcm.rate == rate:
        return pcm
    step = gcd(pcm.rate, rate)
    wide = resample_poly(pcm.samples.astype(np.float32), rate // step, pcm.rate // step)
    return Pcm(np.clip(np.round(wide), -32_768, 32_767).astype(np.int16), rate)


def joined(parts: Sequence[Pcm], rate: int) -> Pcm:
    """The sounds with a breath between them, at `rate` Hz; silence where there are none."""
    pause = np.zeros(int(_PAUSE * rate), np.int16)
    pieces: list[NDArray[np.int16]] = []
    for part in parts:
        pieces += [resampled(part, rate).samples, pause]
    return Pcm(np.concatenate(pieces) if pieces else pause, rate)
