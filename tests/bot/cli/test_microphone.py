"""The microphone and the loudspeaker of this machine, and machines without."""

import sys

import numpy as np
import pytest

from bot.cli.audio_devices import Devices, LocalAudio, find_devices, load_portaudio
from bot.errors import ServiceError
from tests.bot.cli.devices import FakePortAudio
from tests.bot.speech.hearing_and_speaking import said
from voice.sound.audio import RATE, Pcm


class Heard:
    """What the microphone and the loudspeaker tell."""

    def __init__(self, portaudio: FakePortAudio) -> None:
        self.sound: list[Pcm] = []
        self.played: list[int] = []
        self.lost = 0
        self.audio = LocalAudio(portaudio, heard=self.sound.append, played=self.played.append, lost=self._gone)

    def _gone(self) -> None:
        self.lost += 1


def ramp(length: int) -> Pcm:
    return Pcm(np.arange(1, length + 1, dtype=np.int16), RATE)


def test_a_machine_without_portaudio_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        def find_spec(self, name: str, *about: object) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Refusing(), *sys.meta_path])

    with pytest.raises(ServiceError, match="apt-get install libportaudio2.*zhuyetong talk --in FILE --out FILE"):
        load_portaudio()


def test_the_devices_are_called_as_the_system_calls_them() -> None:
    assert find_devices(FakePortAudio()) == Devices("USB Mic", "HDMI")


@pytest.mark.parametrize(
    ("portaudio", "missing"),
    [
        pytest.param(FakePortAudio(microphone=None), "no microphone is found", id="no microphone"),
        pytest.param(FakePortAudio(loudspeaker=None), "no loudspeaker is found", id="no loudspeaker"),
    ],
)
def test_a_missing_device_is_told_with_what_to_do(portaudio: FakePortAudio, missing: str) -> None:
    with pytest.raises(ServiceError, match=f"{missing}; plug one in"):
        find_devices(portaudio)


def test_a_device_that_another_program_holds_is_told() -> None:
    portaudio = FakePortAudio()
    portaudio.busy = True

    with pytest.raises(ServiceError, match="cannot be opened .Device unavailable.; close the program that uses it"):
        Heard(portaudio)


def test_what_the_microphone_hears_comes_in_order() -> None:
    portaudio = FakePortAudio()
    heard = Heard(portaudio)
    sound = said("低保会停吗")

    portaudio.hears(sound)

    assert np.array_equal(np.concatenate([pcm.samples for pcm in heard.sound]), sound.samples)


def test_sentences_sound_one_after_the_other_and_each_counts_as_heard_at_its_end() -> None:
    portaudio = FakePortAudio()
    heard = Heard(portaudio)
    heard.audio.play(1, ramp(1_000))
    heard.audio.play(2, ramp(3_000))

    first = portaudio.sounds(0.1)
    assert first.tolist() == [*range(1, 1_001), *range(1, 601)]
    assert heard.played == [1]
    second = portaudio.sounds(0.2)
    assert second.tolist() == [*range(601, 3_001), *[0] * 800]
    assert heard.played == [1, 2]


def test_hushed_it_is_silent_at_once_and_what_was_cut_off_was_not_heard() -> None:
    portaudio = FakePortAudio()
    heard = Heard(portaudio)
    heard.audio.play(1, ramp(3_000))
    portaudio.sounds(0.1)

    heard.audio.hush()

    assert not portaudio.sounds(0.1).any()
    assert heard.played == []


def test_a_device_that_is_pulled_out_is_noticed_and_one_that_is_closed_is_not() -> None:
    portaudio = FakePortAudio()
    heard = Heard(portaudio)
    portaudio.pulls_out("input")
    assert heard.lost == 1

    heard.audio.close()
    assert heard.lost == 1
    assert [stream.open for stream in portaudio.streams.values()] == [False, False]
