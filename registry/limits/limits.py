"""How much of a thing people may ask for: token buckets by sender, by address, and for everybody together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

from ruamel.yaml import YAML

from registry.store.encryption import Cipher

_FILE = Path(__file__).parent / "limits.yml"
_NONE = timedelta(0)


@dataclass(frozen=True)
class Rate:
    """What one bucket gives."""

    at_once: int
    """What a full bucket holds."""
    a_minute: float
    """What comes in again."""

    @property
    def each(self) -> timedelta:
        """How long it takes for one to come in."""
        return timedelta(minutes=1 / self.a_minute)


@dataclass(frozen=True)
class Limit:
    """Of one thing that can be asked for."""

    rates: Mapping[str, Rate]
    """By what is counted: "sender", "program", "address", "everybody"."""
    reason: str
    one_more_each: int = 0
    """Characters from which a text counts once more, and again for as many more; 0: every text counts once."""

    def count(self, characters: int) -> int:
        """How often a text of so many `characters` counts."""
        return 1 + (characters // self.one_more_each if self.one_more_each else 0)


@dataclass(frozen=True)
class Wanted:
    """Tokens out of one bucket."""

    subject: str
    """A blind index: whose bucket, and for what."""
    rate: Rate
    count: int = 1

    @property
    def time(self) -> timedelta:
        """How long it takes for as many to come in: no more than a full bucket holds, or they would never be given."""
        return self.rate.each * min(self.count, self.rate.at_once)


class Buckets(Protocol):
    """Where buckets are kept."""

    waits: bool
    """Whether it may wait for a disk or a network, so that it belongs in a thread."""

    def take(self, wanted: Sequence[Wanted]) -> timedelta:
        """Takes each of `wanted`, or none where one bucket is empty; how long until all of them are there."""


class Limiter:
    """Counts what is asked for."""

    def __init__(self, buckets: Buckets, cipher: Cipher) -> None:
        self._buckets = buckets
        self._cipher = cipher
        self.waits = buckets.waits

    def take(
        self, name: str, *, sender: str = "", address: str = "", program: str = "", characters: int = 0
    ) -> timedelta:
        """Takes one of `name` for whoever asks, and gives nothing; where there is none left, how long they wait.

        A text of many `characters` takes as many as limits.yml says.

        Without a `sender` or an `address` it is not counted by them; a `program` that asks for many is counted in place
        of its address, where it has a limit of its own.
        """
        rates, count = limits()[name].rates, limits()[name].count(characters)
        if program and "program" in rates:
            address = ""
        who = {"sender": sender, "program": program, "address": address, "everybody": "everybody"}
        wanted = [
            Wanted(self._cipher.index(f"limit {name} {kind} {who[kind]}"), rate, count)
            for kind, rate in rates.items()
            if who[kind]
        ]
        return self._buckets.take(wanted) if wanted else _NONE


def full_after(full_at: datetime | None, wanted: Wanted, now: datetime) -> datetime:
    """When a bucket that is full at `full_at` (None: it is) will be full again once `wanted` is taken at `now`."""
    return max(full_at or now, now) + wanted.time


def wait_for(full_at: datetime | None, wanted: Wanted, now: datetime) -> timedelta:
    """How long until there is enough to take in a bucket that is full at `full_at`; nothing where there is."""
    return max(_NONE, full_after(full_at, wanted, now) - now - wanted.rate.each * wanted.rate.at_once)


@cache
def limits() -> Mapping[str, Limit]:
    """What limits.yml says, by name."""
    return {name: _limit(about) for name, about in YAML(typ="safe").load(_FILE).items()}


def _limit(about: Mapping[str, object]) -> Limit:
    rates = {kind: Rate(**rate) for kind, rate in about.items() if isinstance(rate, Mapping)}
    return Limit(rates, str(about["reason"]), int(str(about.get("one_more_each", 0))))
