"""A microphone and a loudspeaker without PortAudio."""

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.sound.audio import Pcm

_PIECE = 1_600


class PortAudioError(Exception):
    """As sounddevice raises it."""


class FakeStream:
    """One device that is open."""

    def __init__(self, portaudio: "FakePortAudio", about: dict[str, Any]) -> None:
        self._portaudio = portaudio
        self.about = about
        self.open = False

    def start(self) -> None:
        if self._portaudio.busy:
            raise PortAudioError("Device unavailable")
        self.open = True

    def close(self) -> None:
        self.open = False
        self.about["finished_callback"]()


class FakePortAudio:
    """Stands in for the module sounddevice; its devices do what a test has them do."""

    PortAudioError = PortAudioError

    def __init__(self, microphone: str | None = "USB Mic", loudspeaker: str | None = "HDMI") -> None:
        self._names = {"input": microphone, "output": loudspeaker}
        self.busy = False
        self.streams: dict[str, FakeStream] = {}

    def query_devices(self, kind: str) -> dict[str, Any]:
        if self._names[kind] is None:
            raise PortAudioError("Error querying device -1")
        return {"name": self._names[kind]}

    def InputStream(self, **about: Any) -> FakeStream:
        return self._opened("input", about)

    def OutputStream(self, **about: Any) -> FakeStream:
        return self._opened("output", about)

    def _opened(self, kind: str, about: dict[str, Any]) -> FakeStream:
        self.streams[kind] = FakeStream(self, about)
        return self.streams[kind]

    def hears(self, *stretches: Pcm) -> None:
        """Somebody speaks into the microphone."""
        for pcm in stretches:
            for start in range(0, len(pcm.samples), _PIECE):
                piece = pcm.samples[start : start + _PIECE].reshape(-1, 1)
                self._called("input", piece, len(piece))

    def sounds(self, seconds: float) -> NDArray[np.int16]:
        """What comes out of the loudspeaker in so many seconds."""
        out = np.ones((int(seconds * 16_000), 1), np.int16)
        self._called("output", out, len(out))
        return out[:, 0]

    def pulls_out(self, kind: str) -> None:
        self.streams[kind].about["finished_callback"]()

    def _called(self, kind: str, samples: NDArray[np.int16], frames: int) -> None:
        # PortAudio calls from a thread of its own.
        thread = threading.Thread(target=self.streams[kind].about["callback"], args=(samples, frames, None, None))
        thread.start()
        thread.join()
