"""Puts the sound of an engine in shape: no long silence at its ends, as loud as wanted."""

import numpy as np
from numpy.typing import NDArray

_SILENT = 0.01
"""Of full scale; below it nothing is heard."""
_BEFORE, _AFTER = 0.03, 0.08
"""Seconds kept around what is heard, so that no consonant is cut off."""
_FULL_SCALE = 32_767


def trimmed(wave: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """`wave` (floats from -1 to 1) without silence at its ends."""
    heard = np.flatnonzero(np.abs(wave) > _SILENT)
    if not len(heard):
        return wave[:0]
    return wave[max(0, heard[0] - int(_BEFORE * rate)) : heard[-1] + int(_AFTER * rate)]


def silence(seconds: float, rate: int) -> NDArray[np.float32]:
    """Nothing, for so long."""
    return np.zeros(int(seconds * rate), np.float32)


def as_samples(wave: NDArray[np.float32], volume: float) -> NDArray[np.int16]:
    """16-bit samples of `wave` (floats), so loud; what is beyond full scale is cut off."""
    loud: NDArray[np.float32] = np.clip(wave * (volume * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE)
    return loud.astype(np.int16)
