"""Keeps what people say unreadable to whoever has the database but not the key, and bound to the row it belongs to."""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from registry.errors import EncryptionError
from registry.store.key_file import decoded, load_keys

_PURPOSE_OF_INDEX = b"zhuyetong: blind index"
_PURPOSE_OF_TOKENS = b"zhuyetong: tokens bound to their place"
_BOUND = "v2."
"""What a token begins with that is bound to its place; those from before, which are Fernet's, begin with gAAAA."""
_NONCE = 12
"""Bytes. Random ones are safe for 2³² tokens of one key (NIST SP 800-38D, 8.3): a hundred a minute for eighty years."""


@dataclass(frozen=True)
class Place:
    """Where a token is kept. It is decrypted nowhere else, so that nobody can put it into another row unnoticed."""

    record: str
    """As errors name it, e.g. "transcript_turns 7"; it may not be known before the row is there."""
    bound: str
    """What the token is bound to: table, column and what tells the row from all others."""


NOWHERE = Place("an encrypted text", "")
"""Of what is kept in no row, such as what a backup is recognised by."""


class Cipher:
    """Encrypts texts, and gives an index by which an encrypted one can be found again."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`keys` are 32 bytes in URL-safe base64, newest first: the first encrypts, and all of them decrypt.

        Raises EncryptionError where there is none, or one is no key.
        """
        raw = decoded(keys)
        # A key for each purpose: what is known of one use of it helps nobody with another.
        self._seals = [AESGCM(hmac.digest(key, _PURPOSE_OF_TOKENS, hashlib.sha256)) for key in raw]
        self._before = MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in raw])
        # The oldest key, because it stays where it is when a newer one is put before it: an index cannot be decrypted
        # and made anew, so with any other key whatever was recorded before would no longer be found.
        self._oldest = raw[-1]
        self._index_key = hmac.digest(self._oldest, _PURPOSE_OF_INDEX, hashlib.sha256)

    @classmethod
    def load(cls, path: Path) -> "Cipher":
        """The cipher of the key file at `path`: one key a line, newest first; made with one key where there is none.

        To rotate, call `put_new_key`, which leaves the others: the last one is needed as long as the records.
        Raises EncryptionError where the file can be neither read nor made, holds no valid key, or others may use it.
        """
        return cls(load_keys(path))

    def encrypt(self, text: str, place: Place = NOWHERE) -> str:
        nonce = os.urandom(_NONCE)
        sealed = self._seals[0].encrypt(nonce, _in_bytes(text), _in_bytes(place.bound))
        return _BOUND + base64.b64encode(nonce + sealed).decode("ascii")

    def decrypt(self, token: str, place: Place = NOWHERE) -> str:
        """The text of `token`; raises EncryptionError, which names the record, where no key made it as it is there."""
        text = self._unsealed(token, place, self._seals)
        if text is None:
            text = self._from_before(token)
        if text is None:
            raise EncryptionError(
                f"{place.record}: cannot be decrypted; put the key it was written with back into the key file, "
                "or take the record from a copy where somebody changed or moved it"
            )
        return text.decode("utf-8")

    def renewed(self, token: str, place: Place = NOWHERE) -> str:
        """`token` as the newest key makes it: itself where that key made it already, and for this place.

        Raises EncryptionError, which names the record, where no key made it as it is.
        """
        if self._unsealed(token, place, self._seals[:1]) is not None:
            return token
        return self.encrypt(self.decrypt(token, place), place)

    def index(self, text: str) -> str:
        """64 hexadecimal digits, always the same for `text` and without the key no way back to it."""
        return hmac.new(self._index_key, _in_bytes(text), hashlib.sha256).hexdigest()

    def signer(self, purpose: str) -> Callable[[str], str]:
        """Gives the 64 hexadecimal digits that only whoever has the key can make of a text for this `purpose`.

        They are the same after a rotation.
        """
        key = hmac.digest(self._oldest, f"zhuyetong: {purpose}".encode(), hashlib.sha256)
        return lambda text: hmac.new(key, _in_bytes(text), hashlib.sha256).hexdigest()

    def _unsealed(self, token: str, place: Place, seals: Sequence[AESGCM]) -> bytes | None:
        if not token.startswith(_BOUND):
            return None
        try:
            raw = base64.b64decode(token[len(_BOUND) :])
        except ValueError:
            return None
        for seal in seals:
            try:
                return seal.decrypt(raw[:_NONCE], raw[_NONCE:], _in_bytes(place.bound))
            # Of another key or place, or too short for a nonce.
            except (InvalidTag, ValueError):
                continue
        return None

    def _from_before(self, token: str) -> bytes | None:
        """What Fernet encrypted before tokens were bound to their place; a rotation leaves none of them."""
        try:
            return self._before.decrypt(_in_bytes(token))
        except InvalidToken:
            return None


def _in_bytes(text: str) -> bytes:
    # Half a character, which Python can hold and UTF-8 cannot, is no reason to lose the rest.
    return text.encode("utf-8", "replace")
