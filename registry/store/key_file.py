"""The file of the keys: made for its user alone, put before the others at once, and refused where others may use it."""

import base64
import binascii
import os
from collections.abc import Sequence
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import BinaryIO

from registry.errors import EncryptionError
from registry.store.file_modes import NOBODY_ELSE, problem_of

_BYTES = 32


def decoded(keys: Sequence[str]) -> Sequence[bytes]:
    """The keys as bytes; raises EncryptionError where there is none, or one is no key."""
    if not keys:
        raise EncryptionError("there is no key; give at least one")
    raw = []
    for number, key in enumerate(keys, 1):
        try:
            raw.append(base64.urlsafe_b64decode(key))
        # The cause is left out: it may quote the key.
        except (binascii.Error, ValueError):
            raw.append(b"")
        if len(raw[-1]) != _BYTES:
            raise EncryptionError(f"key {number} of {len(keys)} is none; a key is 32 bytes in URL-safe base64")
    return raw


def load_keys(path: Path) -> Sequence[str]:
    """The keys in the file at `path`, newest first; one is made where there is no file.

    Raises EncryptionError where the file can be neither read nor made, holds no valid key, or others may use it.
    """
    try:
        if not path.exists():
            _make(path)
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
        problem = problem_of(path, NOBODY_ELSE)
    except OSError as error:
        raise EncryptionError(
            f"{path}: cannot be read or made ({type(error).__name__}); let this user read it, or name another key file"
        ) from error
    if problem:
        raise EncryptionError(problem)
    keys = [line.strip() for line in lines if line.strip()]
    try:
        decoded(keys)
    except EncryptionError as error:
        raise EncryptionError(f"{path}: {error}; put the file back from its copy") from None
    return keys


def put_new_key(path: Path) -> None:
    """Puts a new key before those in the key file at `path`, at once: nobody reads it half written.

    What runs goes on with the keys it has read, and cannot read what is encrypted with the new one until it is started
    again. Raises EncryptionError where there is no valid key file or somebody else is putting one.
    """
    load_keys(path)
    draft = path.with_name(f"{path.name}.new")
    try:
        # Made by one at a time: of two at once the later would throw away the key of the earlier.
        file = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise EncryptionError(
            f"{draft}: another process is putting a new key; wait for it, or delete that file where none is"
        ) from None
    except OSError as error:
        raise EncryptionError(
            f"{draft}: cannot be made ({type(error).__name__}); let this user write in its folder"
        ) from error
    try:
        with os.fdopen(file, "wb") as opened:
            _write(opened, _new_key() + path.read_bytes())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _new_key() -> bytes:
    return base64.urlsafe_b64encode(token_bytes(_BYTES)) + b"\n"


def _make(path: Path) -> None:
    """Writes a new key to `path`, readable by this user alone, unless another process was quicker."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Under its own name the file is there at once with its key in it: nobody reads it half written.
    draft = path.with_name(f"{path.name}.{token_hex(4)}")
    file = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(file, "wb") as opened:
            _write(opened, _new_key())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _write(opened: BinaryIO, content: bytes) -> None:
    """Writes it so that it is there after a power cut."""
    opened.write(content)
    opened.flush()
    os.fsync(opened.fileno())
