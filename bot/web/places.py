"""How many may do something at the same time: in all, from one address, and for one program."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from registry.limits.asked_from import AskedFrom, asked_from


class Places:
    """Counts who is there, from before they are let in until they have gone."""

    def __init__(self, in_all: int, of_address: int, of_program: int) -> None:
        """`of_program` is for one that asks for many people, in place of its address."""
        self._in_all = in_all
        self._of_address = of_address
        self._of_program = of_program
        self._taken: Counter[AskedFrom] = Counter()

    @contextmanager
    def place(self) -> Iterator[bool]:
        """A place for a request, given back at the end; False where there is none for whoever asks."""
        asked = asked_from.get()
        where, most = (
            (AskedFrom(program=asked.program), self._of_program) if asked.program else (asked, self._of_address)
        )
        free = self._taken.total() < self._in_all and self._taken[where] < most
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
