"""How many do something at the same time: in all, and from one address."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from registry.origins import address


class Places:
    """Counts who is there, from before they are let in until they have gone."""

    def __init__(self, in_all: int, of_address: int) -> None:
        self._in_all = in_all
        self._of_address = of_address
        self._taken: Counter[str] = Counter()

    @contextmanager
    def place(self) -> Iterator[bool]:
        """A place for a request, given back at the end; False where there is none for its address."""
        where = address.get()
        free = self._taken.total() < self._in_all and self._taken[where] < self._of_address
        if not free:
            yield False
            return
        self._taken[where] += 1
        try:
            yield True
        finally:
            self._taken[where] -= 1
            if not self._taken[where]:
                del self._taken[where]
