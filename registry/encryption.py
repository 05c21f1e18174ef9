"""Keeps what people say unreadable to whoever has the database and not the key."""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from registry.errors import EncryptionError

_PURPOSE_OF_INDEX = b"zhuyetong: blind index"


class Cipher:
    """Encrypts texts, and gives an index by which an encrypted one can be found again."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`keys` are Fernet's, newest first: the first encrypts, and all of them decrypt.

        Raises EncryptionError where there is none, or one is no key.
        """
        if not keys:
            raise EncryptionError("there is no key; give at least one")
        fernets = []
        for number, key in enumerate(keys, 1):
            try:
                fernets.append(Fernet(key))
            # The cause is left out: it may quote the key.
            except ValueError:
                raise EncryptionError(
                    f"key {number} of {len(keys)} is none; a key is 32 bytes in URL-safe base64"
                ) from None
        self._fernet = MultiFernet(fernets)
        self._newest = fernets[0]
        # The oldest key, because it stays where it is when a newer one is put before it: an index cannot be decrypted
        # and made anew, so with any other key whatever was recorded before would no longer be found.
        oldest = base64.urlsafe_b64decode(keys[-1])
        self._index_key = hmac.digest(oldest, _PURPOSE_OF_INDEX, hashlib.sha256)
        self._oldest = oldest

    @classmethod
    def load(cls, path: Path) -> "Cipher":
        """The cipher of the key file at `path`: one key a line, newest first; made with one key where there is none.

        To rotate, call `put_new_key`, which leaves the others: the last one is needed as long as the records.
        Raises EncryptionError where the file can be neither read nor made, or holds no valid key.
        """
        try:
            if not path.exists():
                _make(path)
            lines = path.read_text(encoding="ascii", errors="replace").splitlines()
        except OSError as error:
            raise EncryptionError(
                f"{path}: cannot be read or made ({type(error).__name__}); "
                "let this user read it, or name another key file"
            ) from error
        try:
            return cls([line.strip() for line in lines if line.strip()])
        except EncryptionError as error:
            raise EncryptionError(f"{path}: {error}; put the file back from its copy") from None

    def encrypt(self, text: str) -> str:
        return self._fernet.encrypt(_in_bytes(text)).decode("ascii")

    def decrypt(self, token: str, record: str = "an encrypted text") -> str:
        """The text of `token`; raises EncryptionError, which begins with `record`, where no key made it as it is."""
        try:
            return self._fernet.decrypt(_in_bytes(token)).decode("utf-8")
        except InvalidToken:
            raise EncryptionError(
                f"{record}: cannot be decrypted; put the key it was written with back into the key file, "
                "or take the record from a copy where somebody changed it"
            ) from None

    def renewed(self, token: str, record: str = "an encrypted text") -> str:
        """`token` as the newest key makes it: itself where that key made it already.

        Raises EncryptionError, which begins with `record`, where no key made it as it is.
        """
        try:
            self._newest.decrypt(_in_bytes(token))
        except InvalidToken:
            return self.encrypt(self.decrypt(token, record))
        return token

    def index(self, text: str) -> str:
        """64 hexadecimal digits, always the same for `text` and without the key no way back to it."""
        return hmac.new(self._index_key, _in_bytes(text), hashlib.sha256).hexdigest()

    def signer(self, purpose: str) -> Callable[[str], str]:
        """Gives the 64 hexadecimal digits that only whoever has the key can make of a text for this `purpose`."""
        key = hmac.digest(self._oldest, f"zhuyetong: {purpose}".encode(), hashlib.sha256)
        return lambda text: hmac.new(key, _in_bytes(text), hashlib.sha256).hexdigest()


def put_new_key(path: Path) -> None:
    """Puts a new key before those in the key file at `path`, at once: nobody reads it half written.

    What runs goes on with the keys it has read, and cannot read what is encrypted with the new one until it is started
    again. Raises EncryptionError where there is no valid key file or somebody else is putting one.
    """
    Cipher.load(path)
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
            _write(opened, Fernet.generate_key() + b"\n" + path.read_bytes())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _in_bytes(text: str) -> bytes:
    # Half a character, which Python can hold and UTF-8 cannot, is no reason to lose the rest.
    return text.encode("utf-8", "replace")


def _make(path: Path) -> None:
    """Writes a new key to `path`, readable by this user alone, unless another process was quicker."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Under its own name the file is there at once with its key in it: nobody reads it half written.
    draft = path.with_name(f"{path.name}.{token_hex(4)}")
    file = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(file, "wb") as opened:
            _write(opened, Fernet.generate_key() + b"\n")
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
