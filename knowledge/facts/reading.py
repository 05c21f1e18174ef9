"""Reads what a sentence states: slot by slot, with how sure we are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.facts.annotated import Example, slots
from knowledge.facts.choices import ChoiceClassifier, learn_clues
from knowledge.facts.dates import StatedDate
from knowledge.facts.roles import Role, RoleClassifier
from knowledge.writing import normalised


@dataclass(frozen=True)
class Fact:
    """One thing stated."""

    value: str | None
    """A plain decimal, an ISO date as far as it is known, or a choice; None where `problem` says why."""
    probability: float
    """0 to 1."""
    approximate: bool = False
    problem: str | None = None
    """"vague", "vague_date", "no_such_day" or "lunar"."""


class FactReader:
    """Learnt from annotated sentences."""

    def __init__(self, examples: Iterable[Example]) -> None:
        examples = list(examples)
        self._roles = RoleClassifier(examples)
        stated = {
            slot for example in examples for marked in example.marked for slot, value in marked.stated.items() if value
        }
        clues = learn_clues(examples)
        self._choices = {slot: ChoiceClassifier(slot, examples, clues) for slot in slots() if slot in stated}

    def read(self, text: str, today: date, asked: str | None) -> Mapping[str, Fact]:
        """What `text` states. `asked`: the slot that was just asked for, which a bare 两百 or 没有 answers."""
        text = normalised(text)
        found = {role.slot: _fact(role) for role in self._roles.roles(text, today, asked)}
        for slot, classifier in self._choices.items():
            value, probability = classifier.choose(text, asked == slot)
            if value is not None and probability > (found[slot].probability if slot in found else 0.0):
                found[slot] = Fact(value, probability)
        return found


def _fact(role: Role) -> Fact:
    if isinstance(role.found, StatedDate):
        return Fact(role.found.value, role.probability, problem=role.found.problem)
    value = role.found.value
    if value is None:
        return Fact(None, role.probability, problem="vague")
    return Fact(f"{value.normalize():f}", role.probability, role.found.approximate)
