"""Passwords of staff: hashed by argon2id, and generated where nobody types one."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from registry.errors import StaffError

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200

# RFC 9106, the second recommended choice: 64 MiB, three passes.
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
# Of no password: checked where there is no account, so that both take as long.
_NOBODYS = _hasher.hash(secrets.token_urlsafe(32))
# Without 0/O, 1/l/I: it is read from a screen and typed once.
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def hashed(password: str, login: str) -> str:
    """The hash of a password that may be used; raises StaffError where it is too short, too long or the login name."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise StaffError(f"the password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; choose another")
    if login.casefold() in password.casefold() or len(set(password)) < 5:
        raise StaffError("the password is too easy to guess; choose another, e.g. four words unlike each other")
    return _hasher.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether `password` is the one whose hash is `kept`; as slow where there is none."""
    try:
        _hasher.verify(kept or _NOBODYS, password[: LONGEST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def generated() -> str:
    """A new password of some 90 bits, in groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
