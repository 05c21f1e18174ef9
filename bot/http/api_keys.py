"""The keys of programs that answer for who their people are: `Authorization: Bearer <key>`."""

from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest

_SCHEME = "bearer"


class KeyRefused(Exception):
    """A key was given that is none of ours."""


def digest_of(key: str) -> str:
    """What is kept of a key: it has 32 characters or more, so nobody finds it from this."""
    return sha256(key.encode()).hexdigest()


class ApiKeys:
    """Knows programs by their keys."""

    def __init__(self, digests: Mapping[str, str]) -> None:
        """`digests`: of each program's key, by the program's name."""
        self._digests = digests

    def program_of(self, authorization: str | None) -> str | None:
        """The name of the program whose header this is; None where it names no key. Raises KeyRefused."""
        scheme, _, key = (authorization or "").partition(" ")
        if scheme.lower() != _SCHEME:
            return None
        digest = digest_of(key.strip())
        # All of them, so that the time does not tell which one was nearly right.
        found = [name for name, known in self._digests.items() if compare_digest(known, digest)]
        if not found:
            raise KeyRefused("no program has this key")
        return found[0]
