"""A queue in front of what is costly: a few at once, some wait in the order they came, and the rest are turned away."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from registry.errors import TooManyAtOnce


class WaitingLine:
    """Lets `most` threads through at once and `waiting` more wait."""

    def __init__(self, most: int, waiting: int) -> None:
        self._most = most
        self._waiting = waiting
        self._inside = 0
        self._line: deque[Event] = deque()
        self._lock = Lock()

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Goes on when it is one's turn; raises TooManyAtOnce where the line is full."""
        turn = self._join()
        if turn is not None:
            turn.wait()
        try:
            yield
        finally:
            self._leave()

    def _join(self) -> Event | None:
        """What tells that it is one's turn; None where it is now."""
        with self._lock:
            if self._inside < self._most:
                self._inside += 1
                return None
            if len(self._line) >= self._waiting:
                raise TooManyAtOnce()
            self._line.append(Event())
            return self._line[-1]

    def _leave(self) -> None:
        with self._lock:
            # The place goes straight to the next in line: nobody who comes just now gets in between.
            if self._line:
                self._line.popleft().set()
            else:
                self._inside -= 1
