"""Clients that want the service to have no time for others: each from an address of its own, in a process apart."""

import http.client
import json
import multiprocessing
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.synchronize import Event

from benchmarks.processes import HOST

ADDRESSES = ("127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5")
_TEXT = 1_000
_OPENING = ("帮我登记", "同意", "同意")
"""Up to the question for the name: its answer is taken apart most thoroughly."""
_UNITS = ("三个，", "我是", "十分之", "一", "那", "是")
"""What cost seconds of the processor once, over and over."""
_AS_ONE = 10
"""Turns before they come as somebody else, so that no limit on one person holds them back."""


@dataclass
class Sent:
    """What hostile clients sent in one stretch."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0


class Browser:
    """One connection from an address of its own, which keeps its cookie."""

    def __init__(self, port: int, address: str) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=120, source_address=(address, 0))
        self._cookie = ""

    def say(self, text: str) -> int:
        """The status of what comes back."""
        headers = {"Content-Type": "application/json", **({"Cookie": self._cookie} if self._cookie else {})}
        self._connection.request("POST", "/api/chat", json.dumps({"text": text}).encode(), headers)
        response = self._connection.getresponse()
        response.read()
        self._cookie = (response.getheader("Set-Cookie") or self._cookie).partition(";")[0]
        return response.status

    def forget(self) -> None:
        """Goes on as somebody else."""
        self._cookie = ""

    def close(self) -> None:
        self._connection.close()


def hostile_texts() -> Iterator[str]:
    """A registration up to the name, then what costs most, for ever."""
    while True:
        for unit in _UNITS:
            yield from _OPENING
            yield from ((unit * _TEXT)[:_TEXT] for _ in range(_AS_ONE - len(_OPENING)))


@contextmanager
def attacking(port: int) -> Iterator[Sent]:
    """Clients that send one text after the other, whatever they are told; afterwards there is what they sent."""
    # A fresh interpreter: threads of this one would make whoever measures here wait for them.
    context = multiprocessing.get_context("spawn")
    began, stop = context.Event(), context.Event()
    results: multiprocessing.Queue[Mapping[int, int]] = context.Queue()
    process = context.Process(target=_attack, args=(port, began, stop, results), daemon=True)
    process.start()
    began.wait()
    started, sent = time.perf_counter(), Sent()
    try:
        yield sent
    finally:
        sent.seconds = time.perf_counter() - started
        stop.set()
        sent.statuses.update(results.get(timeout=120))
        process.join()


def _attack(port: int, began: Event, stop: Event, results: "multiprocessing.Queue[Mapping[int, int]]") -> None:
    began.set()
    with ThreadPoolExecutor(len(ADDRESSES)) as people:
        each = [*people.map(lambda address: _one(port, address, stop), ADDRESSES)]
    results.put(dict(sum(each, Counter())))


def _one(port: int, address: str, stop: Event) -> Counter[int]:
    browser, texts, statuses = Browser(port, address), hostile_texts(), Counter[int]()
    try:
        while not stop.is_set():
            browser.forget()
            for text in islice(texts, _AS_ONE):
                if stop.is_set():
                    break
                statuses[browser.say(text)] += 1
    finally:
        browser.close()
    return statuses
