"""Keeps what was spoken on disk, under a name that does not tell what was said."""

import hashlib
import logging
import os
import tempfile
import wave
from pathlib import Path

import numpy as np

from voice.sound.audio import Pcm, write_wav
from voice.synthesizers import Manner

logger = logging.getLogger(__name__)

_VERSION = "2"
"""Goes up with every change of how texts are read or sound."""
_ENDING = ".wav"


class SoundCache:
    """A folder of sounds, no larger than allowed; what was not asked for longest goes first."""

    def __init__(self, folder: Path, *, most_bytes: int = 200 * 2**20) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        folder.mkdir(parents=True, exist_ok=True)
        self._bytes = sum(path.stat().st_size for path in folder.glob(f"*{_ENDING}"))

    def get(self, engine: str, text: str, manner: Manner) -> Pcm | None:
        """None where it is not kept. A file that cannot be read is removed."""
        path = self._path(engine, text, manner)
        try:
            with wave.open(str(path)) as kept:
                pcm = Pcm(np.frombuffer(kept.readframes(kept.getnframes()), np.int16), kept.getframerate())
            os.utime(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            logger.warning("a kept sound cannot be read (%s); mend the rights of %s", error.strerror, self._folder)
            return None
        except (wave.Error, EOFError):
            logger.warning("a kept sound was damaged and is removed")
            path.unlink(missing_ok=True)
            return None
        return pcm

    def put(self, engine: str, text: str, manner: Manner, pcm: Pcm) -> None:
        """Keeps a sound; never half of one, whatever happens meanwhile."""
        path, data = self._path(engine, text, manner), write_wav(pcm)
        if len(data) > self._most_bytes:
            return
        try:
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".new") as file:
                file.write(data)
                file.flush()
                os.link(file.name, path)
        except FileExistsError:
            return  # Another process has kept the same meanwhile.
        except OSError as error:
            # It was said all the same; on a full disk it is only said anew each time.
            logger.warning("a sound was not kept (%s); make room in %s", error.strerror, self._folder)
            return
        self._bytes += len(data)
        if self._bytes > self._most_bytes:
            self._make_room()

    def _make_room(self) -> None:
        kept = sorted(((path.stat(), path) for path in self._folder.iterdir()), key=lambda each: each[0].st_mtime_ns)
        self._bytes = sum(about.st_size for about, _ in kept)
        for about, path in kept:
            if self._bytes <= self._most_bytes:
                return
            path.unlink(missing_ok=True)
            self._bytes -= about.st_size

    def _path(self, engine: str, text: str, manner: Manner) -> Path:
        said = "\0".join((_VERSION, engine, str(manner.voice), f"{manner.rate:.2f}", f"{manner.volume:.2f}", text))
        return self._folder / (hashlib.sha256(said.encode()).hexdigest() + _ENDING)
