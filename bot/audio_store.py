"""Keeps recordings of what people said, encrypted and for a set number of days, if the settings ask for it."""

import base64
import json
import logging
import time
from collections.abc import Callable, Collection
from pathlib import Path
from secrets import token_hex

from registry.store.encryption import Cipher, Place
from voice.sound.audio import Pcm, write_wav

logger = logging.getLogger(__name__)

_DAY = 86_400


class KeptAudio:
    """Recordings in a folder, each one file that names its sender by blind index and its second."""

    def __init__(self, folder: Path, days: int, cipher: Cipher, now: Callable[[], float] = time.time) -> None:
        """`days` is how long a recording stays; with 0 none is kept, and those from before go."""
        self._folder = folder
        self._days = days
        self._cipher = cipher
        self._now = now
        self.let_go()

    def keep(self, sender: str, pcm: Pcm) -> None:
        """Keeps a recording, and deletes those that are now too old."""
        self.let_go()
        if not self._days:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"{self._cipher.index(sender)}-{int(self._now())}-{token_hex(4)}"
        sound = base64.b64encode(write_wav(pcm)).decode("ascii")
        (self._folder / name).write_text(self._cipher.encrypt(sound, place_of_recording(name)), encoding="ascii")

    def let_go(self) -> None:
        """Deletes the recordings that are too old."""
        oldest = self._now() - self._days * _DAY
        for path, _, second in _recordings(self._folder):
            if second < oldest or not self._days:
                path.unlink(missing_ok=True)


def place_of_recording(name: str) -> Place:
    """What a recording is bound to: under the name of another, and so of another sender, it is not decrypted."""
    return Place(f"recording {name}", json.dumps(["recordings", name]))


def remove_recordings(folder: Path, senders: Collection[str]) -> int:
    """Deletes the recordings in `folder` of those with these blind indexes; gives how many there were."""
    gone = [path for path, index, _ in _recordings(folder) if index in senders]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def recorded_senders(folder: Path) -> Collection[str]:
    """The blind indexes of everybody with a recording in `folder`."""
    return {index for _, index, _ in _recordings(folder)}


def _recordings(folder: Path) -> list[tuple[Path, str, int]]:
    found = []
    for path in folder.glob("*-*-*"):
        index, second, _ = path.name.split("-")
        found.append((path, index, int(second)))
    return found
