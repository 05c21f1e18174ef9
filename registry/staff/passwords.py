"""Passwords of staff: hashed by argon2id, refused where they are easily guessed, generated where nobody types one."""

import secrets
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from registry.errors import StaffError
from registry.limits.waiting_line import WaitingLine

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200

_SERVICE = ("zhuyetong", "助业通")
_LEAST_SCORE = 3
"""Of 4: by zxcvbn more than a hundred million guesses."""
_LONGEST_SCORED = 72
"""Characters, the most that zxcvbn takes; it needs a tenth of a second for them."""
_AT_ONCE, _WAITING = 3, 12
"""Password checks: each needs 64 MiB, and those that wait hold threads that others need."""
# Without 0/O, 1/l/I: it is read from a screen and typed once.
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_GROUPS, _IN_A_GROUP = 4, 4


class Hasher(Protocol):
    """What hashes slowly on purpose; argon2.PasswordHasher is one."""

    def hash(self, password: str) -> str: ...

    def verify(self, hash: str, password: str) -> bool: ...

    def check_needs_rehash(self, hash: str) -> bool: ...


class Passwords:
    """Makes and checks hashes, a few at once."""

    def __init__(self, hasher: Hasher, line: WaitingLine) -> None:
        self._hasher = hasher
        self._line = line
        # Of no password: checked where there is no account, so that both take as long.
        self._nobodys = hasher.hash(secrets.token_urlsafe(32))

    def hashed(self, password: str, login: str) -> str:
        """The hash of a password that may be used.

        Raises StaffError where it is too short, too long or easily guessed, TooManyAtOnce where too many wait.
        """
        check_password(password, login)
        with self._line.passed():
            return self._hasher.hash(password)

    def is_right(self, password: str, kept: str | None) -> bool:
        """Whether `password` is the one whose hash is `kept`; as slow where there is none.

        Raises TooManyAtOnce where too many wait.
        """
        with self._line.passed():
            try:
                self._hasher.verify(kept or self._nobodys, password[: LONGEST_PASSWORD + 1])
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def renewed(self, password: str, kept: str) -> str:
        """The hash of the right `password` as it is made today: `kept` itself where it was made so."""
        if not self._hasher.check_needs_rehash(kept):
            return kept
        with self._line.passed():
            return self._hasher.hash(password)


# RFC 9106, the second recommended choice: 64 MiB, three passes; one lane, so that a check keeps one core busy.
PASSWORDS = Passwords(
    PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1), WaitingLine(_AT_ONCE, _WAITING)
)
"""Those of this process: one line for all who ask."""


def check_password(password: str, login: str) -> None:
    """Raises StaffError where `password` is too short or too long, holds a name, or is easily guessed."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise StaffError(f"the password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; choose another")
    names = [name.casefold() for name in (login, *_SERVICE)]
    if any(name in password.casefold() for name in names) or _score(password, names) < _LEAST_SCORE:
        raise StaffError("the password is too easy to guess; choose another, e.g. four words unlike each other")


def generated() -> str:
    """A new password of some 90 bits, in groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))


def _score(password: str, names: list[str]) -> int:
    """0 to 4: how many guesses it takes, with the commonest passwords, sequences and repeats tried first."""
    return int(zxcvbn(password[:_LONGEST_SCORED], names)["score"])
