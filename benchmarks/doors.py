"""A way in over HTTP, for our service and for Rasa's own server alike, and how long a turn takes through it."""

import http.client
import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import BenchmarkError
from benchmarks.processes import HOST


@dataclass(frozen=True)
class Door:
    """Where turns are sent, and what the field with the text is called."""

    port: int
    path: str
    text_field: str


@dataclass(frozen=True)
class SentTurn:
    """What a simulated person says."""

    sender: str
    text: str


class Caller:
    """One keep-alive connection to a door."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._connection = http.client.HTTPConnection(HOST, door.port, timeout=120)

    def send(self, turn: SentTurn) -> tuple[float, Any]:
        """Seconds from the first byte sent to the last received, and the reply. Raises BenchmarkError for an error."""
        body = json.dumps({"sender": turn.sender, self._door.text_field: turn.text}).encode()
        started = time.perf_counter()
        self._connection.request("POST", self._door.path, body, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        answer = response.read()
        seconds = time.perf_counter() - started
        reply = json.loads(answer)
        said = reply["messages"] if isinstance(reply, dict) else reply
        # An error is quick to send: it must not pass for a fast turn.
        if response.status != 200 or not said or (isinstance(reply, dict) and reply["status"] == "error"):
            raise BenchmarkError(f"{self._door.path} answered {response.status} to {turn.text!r}: {answer[:300]!r}")
        return seconds, reply

    def close(self) -> None:
        self._connection.close()


@contextmanager
def calling(door: Door) -> Iterator[Caller]:
    """A connection that is closed afterwards."""
    caller = Caller(door)
    try:
        yield caller
    finally:
        caller.close()


def one_by_one(door: Door, turns: Sequence[SentTurn]) -> list[float]:
    """Seconds of each turn, the next one sent when the last is answered."""
    with calling(door) as caller:
        return [caller.send(turn)[0] for turn in turns]


def at_once(door: Door, conversations: Sequence[Sequence[SentTurn]]) -> float:
    """Turns per second when everybody talks at the same time, each over a connection of their own."""
    started = time.perf_counter()
    with ThreadPoolExecutor(len(conversations)) as people:
        each = list(people.map(lambda turns: one_by_one(door, turns), conversations))
    return sum(map(len, each)) / (time.perf_counter() - started)
