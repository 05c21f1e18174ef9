"""The text of an official document out of a text, Word, web or PDF file, one paragraph a line."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import BinaryIO

from knowledge.errors import DocumentError, FileBeyondLimits

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes."""
_KINDS = {".txt": "txt", ".docx": "docx", ".html": "html", ".htm": "html", ".pdf": "pdf"}
_HOME = Path(__file__).parents[2]
_SMALLER = "save the part that matters as plain text (UTF-8), and add that"


@dataclass(frozen=True)
class ReadingLimits:
    """What the process that reads one file may use."""

    seconds: int = 20
    """Of the processor."""
    patience: float = 90
    """Seconds by the clock, where the processor is shared; also to wait for the files before."""
    memory: int = 512 * 1024 * 1024
    """Bytes of address space."""


# Each takes up to its whole memory, and staff may press the button again and again.
_places = BoundedSemaphore(2)


def read_text(path: Path, limits: ReadingLimits = ReadingLimits()) -> str:
    """The document's text, one paragraph or table row a line, without blank lines and indents.

    The file is read in a process of its own, which has no key, no thread of the service and little of anything: files
    come from outside, and those who read them (lxml, pypdf) have had faults. Raises DocumentError where the file is
    missing, of a kind that cannot be read, damaged, protected or without text, FileBeyondLimits where it
    needs more than `limits`.
    """
    suffix = path.suffix.lower()
    if suffix == ".doc":
        raise DocumentError(f"{path}: this is the old Word format; open it in Word or LibreOffice and save it as .docx")
    if suffix not in _KINDS:
        raise DocumentError(f"{path}: cannot read {suffix or 'a file without a suffix'}; use {', '.join(_KINDS)}")
    if not path.is_file():
        raise DocumentError(f"{path}: there is no such file; check the path")
    if not _places.acquire(timeout=limits.patience):
        raise DocumentError(f"{path}: other files are being read; try again in a minute")
    try:
        with path.open("rb") as file:
            told = _read_apart(file, _KINDS[suffix], limits)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be opened ({error.strerror}); check that you may read it") from error
    except DocumentError as error:
        raise type(error)(f"{path}: {error}") from error
    finally:
        _places.release()
    if not told:
        raise DocumentError(f"{path}: the file holds no text; check that it is the right one")
    return told + "\n"


def _read_apart(file: BinaryIO, kind: str, limits: ReadingLimits) -> str:
    if file.seek(0, 2) > LARGEST_FILE:
        raise FileBeyondLimits(f"larger than {LARGEST_FILE // 1024 // 1024} MB; {_SMALLER}")
    file.seek(0)
    command = [sys.executable, "-s", "-X", "utf8", "-m", "knowledge.intake.parsers"]
    with TemporaryFile() as answer:
        try:
            ended = subprocess.run(
                [*command, kind, str(limits.seconds), str(limits.memory)],
                stdin=file,
                # A file and no pipe, as the kernel bounds what a process writes into one.
                stdout=answer,
                cwd=_HOME,
                # Nothing of the service's environment, where its secrets are.
                env={},
                timeout=limits.patience,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise FileBeyondLimits(f"takes longer than {limits.patience:.0f} s to read; {_SMALLER}") from error
        if ended.returncode == -signal.SIGXCPU:
            raise FileBeyondLimits(f"takes longer than {limits.seconds} s of the processor to read; {_SMALLER}")
        if ended.returncode:
            raise FileBeyondLimits(f"cannot be taken apart (the reader ended with {ended.returncode}); {_SMALLER}")
        answer.seek(0)
        told = json.load(answer)
    if "error" in told:
        raise (FileBeyondLimits if told["beyond"] else DocumentError)(told["error"])
    return str(told["text"])
