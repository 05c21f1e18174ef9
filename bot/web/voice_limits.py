"""How much one connection may ask for; people are never hurried by any of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Of the voice socket."""

    connections: int = 64
    """Talks at once."""
    connections_of_address: int = 4
    """Of them from one address: a family or an office, and not one client that takes them all."""
    connections_of_program: int = 32
    """Of them of one that has a key of ours, and asks for many people."""
    idle_seconds: float = 180.0
    """Without sound or frame, after which a talk is closed; a page connects again with the next press."""
    hello_seconds: float = 10.0
    """A program says hello at once; people come only after it."""
    largest_frame: int = 64 * 1024
    """Bytes or characters; two seconds of sound."""
    waiting_seconds: float = 60.0
    """Sound that waits to be listened to."""
    frames_at_once: float = 100.0
    frames_a_second: float = 20.0
    """JSON frames; a page sends a few for each sentence."""
    stall_seconds: float = 30.0
    """For which not one piece can be sent before the connection counts as lost."""
    piece: int = 16 * 1024
    """Bytes of a binary frame we send: half a second of sound."""


class Allowance:
    """Lets `at_once` through, and then `a_second`."""

    def __init__(self, at_once: float, a_second: float) -> None:
        self._most = self._left = at_once
        self._a_second = a_second
        self._looked: float | None = None

    def take(self, now: float) -> bool:
        """Whether one more may pass at `now`, in seconds of a clock that only goes forward."""
        if self._looked is not None:
            self._left = min(self._most, self._left + (now - self._looked) * self._a_second)
        self._looked = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
