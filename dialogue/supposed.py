"""What a what-if is about, and what it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.facts.fact_reader import Fact

Values = Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """The result that a what-if is about."""

    slots: tuple[str, ...]
    """What the journey takes."""
    values: Values
    """With which it was worked out."""
    before: Sequence[Values] = ()
    """With which the results before it were, the latest last."""
    last: str | None = None
    """The slot that was stated or changed last."""
    hired_from: Values = field(default_factory=dict)
    """The values before somebody was hired in the last what-ifs, to which 只招一个 and 一个都不招 go back; {} where
    nobody was."""


@dataclass(frozen=True)
class WhatIf:
    """What is supposed."""

    changes: Mapping[str, Fact]
    """Slot → its new value; a fact without one is as in FactReader.read."""
    base: Values
    """The values that they are changes of."""
    hired_from: Values = field(default_factory=dict)
    """The values before the hiring that it supposes; {} where it supposes none."""

    @property
    def values(self) -> Values:
        """The values with all that could be told."""
        values = without_stale(self.base, self.changes)
        return values | {slot: fact.value for slot, fact in self.changes.items() if fact.value is not None}


@dataclass(frozen=True)
class Unclear:
    """Two slots of which either may be meant."""

    slots: tuple[str, str]


def without_stale(values: Values, changes: Mapping[str, object]) -> dict[str, str]:
    """`values` without those that would outweigh a change: the wage where another class is named, how many are over
    where the staff changes."""
    stale = {"wage"} if "wage_class" in changes else {"wage_class"} if "wage" in changes else set()
    if {"staff", "disabled_staff"} & set(changes) and "over" not in changes:
        stale |= {"over"}
    return {slot: value for slot, value in values.items() if slot not in stale or slot in changes}
