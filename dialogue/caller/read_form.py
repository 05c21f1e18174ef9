"""Takes what staff typed into a form: the same values and the same doubts as in a conversation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from dialogue.caller.questions import Say
from dialogue.check_value import Problem, check
from dialogue.display import display_value
from knowledge.facts.annotated_examples import slots
from knowledge.facts.fact_reader import Fact, FactReader
from knowledge.facts.registration import read_registration
from knowledge.language.writing import normalised
from knowledge.places.stated_places import places
from knowledge.rules.partial_date import PartialDate, PartialDateError

_SURE = 1.0
_LONGEST_TYPED = 300
_REGISTRATION_KINDS = frozenset({"phone", "year", "words"})


@dataclass(frozen=True)
class Read:
    """A form after it was read."""

    values: Mapping[str, str]
    problems: Mapping[str, str]
    """Slot → what to ask again, to be read aloud."""
    unlikely: Mapping[str, str]
    """Slot → a value that looks wrong; sent once more, it counts."""


def read_form(
    asked: Sequence[str],
    told: Mapping[str, str],
    again: Mapping[str, str],
    facts: Callable[[], FactReader],
    today: date,
    say: Say,
) -> Read:
    """The values of the slots `asked`, from what was `told`; `again` holds values that looked wrong before."""
    values: dict[str, str] = {}
    problems: dict[str, str] = {}
    unlikely: dict[str, str] = {}
    for slot in asked:
        text = told.get(slot, "").strip()[:_LONGEST_TYPED]
        if not text:
            continue
        fact = _fact(slot, text, facts, today)
        problem = check(slot, fact, values, today)
        if problem is None or (problem.confirmable and again.get(slot) == problem.value):
            assert fact.value is not None
            values[slot] = fact.value
            continue
        problems[slot] = _told(problem, say)
        if problem.confirmable:
            unlikely[slot] = problem.value
    return Read(values, problems, unlikely)


def _fact(slot: str, text: str, facts: Callable[[], FactReader], today: date) -> Fact:
    entry = slots()[slot]
    if entry.kind == "choice":
        return Fact(text, _SURE) if text in entry.values else Fact(None, _SURE)
    if entry.kind == "name":
        return Fact(text, _SURE) if len(text) <= 40 else Fact(None, _SURE, problem="long_name")
    if entry.kind == "place":
        return _place(slot, text)
    if entry.kind == "number":
        return _number(text) or facts().read(text, today, slot).get(slot) or Fact(None, _SURE)
    if entry.kind == "date":
        return _date(text) or facts().read(text, today, slot).get(slot) or Fact(None, _SURE, problem="vague_date")
    if entry.kind in _REGISTRATION_KINDS:
        found = read_registration(text, today, slot, facts()).get(slot)
        if entry.kind == "words":
            return found or Fact(text, _SURE)
        missing = "year_vague" if entry.kind == "year" else "too_short"
        return found or Fact(None, _SURE, problem=missing)
    return Fact(None, _SURE)


def _place(slot: str, text: str) -> Fact:
    found = [place for place in places(normalised(text), is_answer=True) if not place.other_province]
    if not found:
        return Fact(None, _SURE, problem="elsewhere")
    if any(place.conflict for place in found):
        return Fact(None, _SURE, problem="two_places")
    place = found[-1]
    value = place.city if slot == "city" else place.county or place.zone
    return Fact(value, _SURE) if value else Fact(None, _SURE, problem="elsewhere")


def _number(text: str) -> Fact | None:
    try:
        number = Decimal(normalised(text))
    except InvalidOperation:
        return None
    return Fact(f"{number:f}", _SURE) if number.is_finite() else None


def _date(text: str) -> Fact | None:
    try:
        return Fact(str(PartialDate.read(normalised(text))), _SURE)
    except PartialDateError:
        return None


def _told(problem: Problem, say: Say) -> str:
    slot = slots()[problem.slot]
    return say(
        f"utter_check_{problem.name}",
        title=slot.title,
        unit=slot.unit,
        value=display_value(problem.value, problem.slot) if problem.value else "",
        beside=problem.beside,
    )
