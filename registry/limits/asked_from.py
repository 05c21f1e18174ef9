"""Where the turn that is being answered comes from, for what is counted by it; it is never kept."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class AskedFrom:
    """Whoever asks, as far as their connection tells."""

    address: str = ""
    """An IPv6 network in place of each address in it; "" at doors that have none."""
    program: str = ""
    """The name of one that has a key of ours, and asks for many people from one address; else ""."""


_UNKNOWN = AskedFrom()
asked_from: ContextVar[AskedFrom] = ContextVar("asked_from", default=_UNKNOWN)
