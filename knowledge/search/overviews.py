"""What the plan has for a group of people, or of one kind, and how people name either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from knowledge.policy_files import OVERVIEWS
from knowledge.yaml_files import read_yaml


@dataclass(frozen=True)
class Overview:
    """The clauses for one group of people, or of one kind."""

    about: str
    """How we name it: 给盲人的."""
    called: tuple[str, ...]
    """The words by which people name it, the longest first."""
    says: tuple[str, ...]
    """Words that what is said of its clauses should have, the most telling first."""
    keys: tuple[str, ...]
    """Its clauses as "document/clause", the most useful first."""

    def within(self, other: "Overview") -> "Overview":
        """What is in both, in the order of `other`: the training there is for blind people."""
        keys = tuple(key for key in other.keys if key in self.keys)
        return Overview(f"{self.about}{other.about}", (*self.called, *other.called), other.says, keys)


def groups() -> Sequence[Overview]:
    """One for each group of people."""
    return _overviews()["groups"]


def kinds() -> Sequence[Overview]:
    """One for each kind of measure."""
    return _overviews()["kinds"]


@lru_cache(maxsize=1)
def _overviews() -> Mapping[str, tuple[Overview, ...]]:
    file = read_yaml(OVERVIEWS)
    document = file["document"]
    return {part: tuple(_overview(document, each) for each in file[part].values()) for part in ("groups", "kinds")}


def _overview(document: str, entry: Mapping[str, Any]) -> Overview:
    return Overview(
        entry["about"],
        tuple(sorted(entry["called"], key=len, reverse=True)),
        tuple(map(str, entry["says"])),
        tuple(f"{document}/{clause}" for clause in entry["clauses"]),
    )
