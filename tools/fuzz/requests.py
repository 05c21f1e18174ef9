"""One request that is sent, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

NO_ANSWER = 0
"""In place of a status: the connection was closed without one."""


@dataclass(frozen=True)
class Garbage:
    """A request nobody should send."""

    kind: str
    """What is wrong with it, e.g. "deep JSON"."""
    path: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answered:
    """What became of one."""

    kind: str
    status: int
    """Of HTTP, or the code with which a WebSocket was closed; NO_ANSWER where nothing came."""
    seconds: float
    is_error_reply: bool = False
    """Whether the assistant said that it failed: no 5xx, but a fault of ours all the same."""
    sent: str = ""
    """The beginning of what was sent, where it is to be looked at; all of it is made up."""

    @property
    def is_fault(self) -> bool:
        """Whether a server says that it failed."""
        return 500 <= self.status < 600 or self.status == 1011


def pick(chance: Random, *words: str, least: int = 1, most: int = 12) -> str:
    """A few of `words` at random, one behind the other."""
    return "".join(chance.choice(words) for _ in range(chance.randint(least, most)))
