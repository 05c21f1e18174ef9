"""A few at once, the next in order, and the rest are told at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from registry.errors import TooManyAtOnce
from registry.limits.waiting_line import WaitingLine

PATIENCE = 10
"""Seconds, on a machine that does much else."""


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


def test_those_who_wait_come_in_order_and_the_rest_are_told(pool: ThreadPoolExecutor) -> None:
    line, inside, go_on, came = WaitingLine(1, 2), Event(), Event(), []

    def first() -> None:
        with line.passed():
            inside.set()
            go_on.wait(PATIENCE)

    def later(name: str) -> None:
        with line.passed():
            came.append(name)

    running = [pool.submit(first)]
    assert inside.wait(PATIENCE)
    for place, name in enumerate(("second", "third"), 1):
        running.append(pool.submit(later, name))
        while len(line._line) < place:
            pass
    with pytest.raises(TooManyAtOnce), line.passed():
        pass
    go_on.set()
    for each in running:
        each.result(PATIENCE)

    assert came == ["second", "third"]


def test_whoever_fails_inside_leaves_the_place_to_the_next() -> None:
    line = WaitingLine(1, 0)
    for _ in range(3):
        with pytest.raises(ValueError, match="wrong"), line.passed():
            raise ValueError("wrong")
    with line.passed():
        pass
