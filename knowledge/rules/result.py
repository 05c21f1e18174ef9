"""What a rule comes to, with how it was worked out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from knowledge.errors import KnowledgeError
from knowledge.rules.partial_date import PartialDate

Value = int | Decimal | PartialDate


class RuleError(KnowledgeError):
    """A rule was given what cannot be true; the text says which fact, what is wrong with it and what it takes."""


@dataclass(frozen=True)
class Step:
    """One step of the working."""

    name: str
    """The response utter_step_<name> says it."""
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Result:
    """The outcome of a rule."""

    outcome: str
    """The response utter_<journey>_<outcome> says it."""
    clauses: tuple[str, ...]
    """"document/clause", the best one first."""
    numbers: Mapping[str, Value] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    """How it was worked out, in order."""
    follows: tuple[str, ...] = ()
    """What follows from it; the response utter_follows_<name> says each."""


def at_least_nothing(**counts: int | Decimal | None) -> None:
    """Raises RuleError for a count that is negative."""
    for name, count in counts.items():
        if count is not None and count < 0:
            raise RuleError(f"{name} is {count}; it must be 0 or more")
