"""How sure the model has to be, and how pure a sound may be, to be heard: on made probabilities and sounds."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from voice.listening import gate
from voice.listening.gate import WINDOW, Endpointer, VoiceActivity, speech_in
from voice.sound.audio import RATE, Pcm

WINDOWS = 20
LEVEL = 4_000.0


class Model:
    """Has its probabilities window by window, whatever it hears, and silence after them."""

    def __init__(self, probabilities: Sequence[float]) -> None:
        self._left = list(probabilities)

    def run(self, names: None, fed: Mapping[str, NDArray[np.float32]]) -> tuple[NDArray[np.float32], Any, Any]:
        windows = len(fed["input"])
        told = [*self._left[:windows], *[0.0] * windows][:windows]
        del self._left[:windows]
        return np.array(told, np.float32), fed["h"], fed["c"]


def sound(tone: float) -> Pcm:
    """Noise with a note of which the note has the share `tone` of the energy."""
    times = np.arange(WINDOWS * WINDOW) / RATE
    note = np.sqrt(2 * tone) * np.sin(2 * np.pi * 440 * times)
    noise = np.sqrt(1 - tone) * np.random.default_rng(0).standard_normal(len(times))
    return Pcm((LEVEL * (note + noise)).astype(np.int16), RATE)


NOISE = sound(0.0)


@pytest.fixture
def hears(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Gives the model its probabilities."""

    def give(probabilities: Sequence[float]) -> None:
        model = Model(probabilities)
        monkeypatch.setattr(gate, "_session", lambda: model)

    return give


@pytest.mark.parametrize(
    ("windows", "surest", "heard"),
    [
        # A quarter of a second and more, with one window that is sure.
        (8, 0.81, True),
        (8, 0.79, False),
        (15, 0.79, False),
        # A word as short as 男 takes more.
        (7, 0.85, True),
        (7, 0.83, False),
        (5, 0.85, True),
        (4, 0.99, False),
    ],
)
def test_a_word_takes_one_window_that_is_sure(hears: Any, windows: int, surest: float, heard: bool) -> None:
    hears([0.6] * (windows - 1) + [surest])
    assert bool(speech_in(NOISE)) is heard


@pytest.mark.parametrize(
    ("windows", "surest", "told"),
    [(5, 0.81, VoiceActivity.STARTED), (5, 0.79, None), (15, 0.79, None), (4, 0.99, None)],
)
def test_an_open_line_begins_with_a_window_that_is_sure(
    hears: Any, windows: int, surest: float, told: VoiceActivity | None
) -> None:
    hears([0.6] * (windows - 1) + [surest] + [0.4] * WINDOWS)
    assert Endpointer(pause=5.0).accept(NOISE) is told


@pytest.mark.parametrize(
    ("tone", "surest", "heard"),
    [
        # 是, 停 and 女 said alone are as pure as this, and flutes that the model takes for speech as that.
        (0.95, 0.9, True),
        (0.975, 0.9, False),
        (0.99, 0.9, False),
        (0.99, 0.975, True),
        (0.99, 0.965, False),
    ],
)
def test_a_note_is_no_voice_unless_the_model_has_no_doubt(hears: Any, tone: float, surest: float, heard: bool) -> None:
    hears([surest] * WINDOWS)
    assert bool(speech_in(sound(tone))) is heard
