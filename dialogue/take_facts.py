"""Takes stated facts into a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dialogue.check_value import Problem, check
from dialogue.journey import UNCLEAR, Journey
from dialogue.state import FormState
from knowledge.facts.annotated_examples import slots
from knowledge.facts.fact_reader import Fact

_SURE_OF_A_CHOICE = 0.5
"""The least probability at which a choice counts that does not answer what was asked."""
_SURE_OF_A_NUMBER = 0.6
"""The same for a number or a date: a wrong one makes a wrong sum."""


def is_sure(slot: str, fact: Fact) -> bool:
    """Whether `fact` counts where it answers no question."""
    return fact.probability >= (_SURE_OF_A_CHOICE if slots()[slot].kind == "choice" else _SURE_OF_A_NUMBER)


@dataclass(frozen=True)
class Taken:
    """A form after a message was read."""

    state: FormState
    new: tuple[str, ...]
    """Slots filled by this message, in the journey's order."""
    changed: tuple[str, ...]
    """Those of `new` that had another value before."""
    rounded: tuple[str, ...]
    """Those of `new` that were said to be approximate."""
    problem: Problem | None
    """The first value that cannot be true."""


def take(state: FormState, journey: Journey, facts: Mapping[str, Fact], today: date) -> Taken:
    """`state` with every fact of the journey that can be true; what is said besides an answer must leave no doubt."""
    new, changed, rounded = [], [], []
    problem: Problem | None = None
    for slot in journey.slots:
        fact = facts.get(slot)
        if fact is None:
            continue
        before = state.values.get(slot)
        if slot != state.asking and not is_sure(slot, fact):
            continue
        found = check(slot, fact, state.values, today)
        if found is not None and not (found.confirmable and state.refused.get(slot) == found.value):
            problem = problem or found
            if found.value:
                state = replace(state, refused={**state.refused, slot: found.value})
            continue
        assert fact.value is not None
        if before == fact.value:
            continue
        state = state.with_value(slot, fact.value)
        new.append(slot)
        if before not in {None, UNCLEAR}:
            changed.append(slot)
        if fact.approximate:
            rounded.append(slot)
    if new:
        state = replace(state, tries=0, passed_over=0)
    return Taken(_in_order(state, changed), tuple(new), tuple(changed), tuple(rounded), problem)


def _in_order(state: FormState, changed: Sequence[str]) -> FormState:
    """`state` with what was put right last at the end: the next 说错了 is about that."""
    latest = [slot for slot in changed if slot != state.asking]
    if state.asking in state.values and state.asking is not None:
        latest.append(state.asking)
    return replace(state, answered=(*(slot for slot in state.answered if slot not in latest), *latest))
