"""This machine's microphone and loudspeaker."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.errors import ServiceError
from voice.sound.audio import RATE, Pcm

_PIECE = RATE // 10
_WITHOUT = "or answer a recording with `zhuyetong talk --in FILE --out FILE`"


@dataclass(frozen=True)
class Devices:
    """What is used, by the names the system gives."""

    microphone: str
    loudspeaker: str


def load_portaudio() -> Any:
    """The library that opens both. Raises ServiceError where it is not on this machine."""
    try:
        import sounddevice
    except OSError as error:
        raise ServiceError(
            "PortAudio is not installed, and the microphone needs it; run `apt-get install libportaudio2` (Debian, "
            f"Ubuntu) or `dnf install portaudio` (Fedora), {_WITHOUT}"
        ) from error
    return sounddevice


def find_devices(portaudio: Any) -> Devices:
    """The system's microphone and loudspeaker. Raises ServiceError where there is none."""
    return Devices(_name(portaudio, "input", "microphone"), _name(portaudio, "output", "loudspeaker"))


def _name(portaudio: Any, kind: str, called: str) -> str:
    try:
        return str(portaudio.query_devices(kind=kind)["name"])
    except (portaudio.PortAudioError, ValueError) as error:
        raise ServiceError(
            f"no {called} is found; plug one in, choose it in the system's sound settings and try again, {_WITHOUT}"
        ) from error


class LocalAudio:
    """The microphone and the loudspeaker while they are open; PortAudio and this call back from a thread of its own."""

    def __init__(
        self,
        portaudio: Any,
        *,
        heard: Callable[[Pcm], None],
        played: Callable[[int], None],
        lost: Callable[[], None],
    ) -> None:
        """`heard` takes a tenth of a second; `played` the number of a sentence that was heard to its end; `lost` is
        called where a device is pulled out.

        Raises ServiceError where one of them cannot be opened.
        """
        self._heard = heard
        self._played = played
        self._lost = lost
        self._lock = threading.Lock()
        self._to_play: deque[tuple[int, NDArray[np.int16]]] = deque()
        self._closing = False
        about = {"samplerate": RATE, "channels": 1, "dtype": "int16", "finished_callback": self._finished}
        try:
            self._streams = [
                portaudio.InputStream(blocksize=_PIECE, callback=self._hear, **about),
                portaudio.OutputStream(callback=self._sound, **about),
            ]
            for stream in self._streams:
                stream.start()
        except portaudio.PortAudioError as error:
            raise ServiceError(
                f"the microphone or the loudspeaker cannot be opened ({error}); close the program that uses it, or "
                "choose another in the system's sound settings"
            ) from error

    def play(self, sentence: int, pcm: Pcm) -> None:
        """Sounds after what is still to be heard; 16 kHz."""
        with self._lock:
            self._to_play.append((sentence, pcm.samples))

    def hush(self) -> None:
        """Silence at once; what is cut off does not count as heard."""
        with self._lock:
            self._to_play.clear()

    def close(self) -> None:
        self._closing = True
        for stream in self._streams:
            stream.close()

    def _hear(self, samples: NDArray[np.int16], frames: int, time: Any, status: Any) -> None:
        # PortAudio uses its buffer again.
        self._heard(Pcm(samples[:, 0].copy(), RATE))

    def _sound(self, out: NDArray[np.int16], frames: int, time: Any, status: Any) -> None:
        out[:] = 0
        filled, ended = 0, []
        with self._lock:
            while self._to_play and filled < frames:
                sentence, samples = self._to_play.popleft()
                piece = samples[: frames - filled]
                out[filled : filled + len(piece), 0] = piece
                filled += len(piece)
                if len(piece) < len(samples):
                    self._to_play.appendleft((sentence, samples[len(piece) :]))
                else:
                    ended.append(sentence)
        for sentence in ended:
            self._played(sentence)

    def _finished(self) -> None:
        if not self._closing:
            self._lost()
