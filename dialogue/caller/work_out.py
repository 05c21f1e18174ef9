"""Works out for a caller what a rule comes to, or which measures fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialogue.caller.questions import Say
from dialogue.display import format_number_or_date
from dialogue.journeys.calculators import navigator_facts
from dialogue.journeys.catalogue import JOURNEYS
from knowledge.rules.navigator import navigate
from knowledge.rules.result import Result


@dataclass(frozen=True)
class WorkedOut:
    """What there is to tell the caller."""

    outcome: str
    """One sentence; "" for measures."""
    steps: Sequence[str]
    """How it was worked out, in order."""
    follows: Sequence[str]
    clauses: Sequence[str]
    """"document/clause", the best first."""


def still_asked(journey: str, values: Mapping[str, str], skipped: Sequence[str], on: date) -> str | None:
    """The slot without which nothing can be told; None where it can."""
    of = JOURNEYS[journey]
    skips = {slot for slot in skipped if slot in of.may_skip}
    return of.next_slot(values, skips, on)


def work_out(journey: str, values: Mapping[str, str], on: date, say: Say) -> WorkedOut:
    """The result of a journey for which nothing is still asked."""
    of = JOURNEYS[journey]
    if of.lists_measures:
        return WorkedOut("", (), (), [measure.key for measure in navigate(navigator_facts(values))])
    return _told(journey, of.work_out(values, on), say)


def _told(journey: str, result: Result, say: Say) -> WorkedOut:
    numbers = {name: format_number_or_date(value) for name, value in result.numbers.items()}
    return WorkedOut(
        say(f"utter_{journey}_{result.outcome}", **numbers),
        [
            say(
                f"utter_step_{step.name}", **{name: format_number_or_date(value) for name, value in step.values.items()}
            )
            for step in result.steps
        ],
        [say(f"utter_follows_{name}", **numbers) for name in result.follows],
        result.clauses,
    )
