"""Whether a stated value can be true, and if not, what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.facts.annotated_examples import slots
from knowledge.facts.fact_reader import Fact
from knowledge.places.counties import city_of
from registry.values.case_numbers import is_number

_AT_LEAST_ONE = frozenset({"staff", "establishment"})
_LOWEST_WAGE, _HIGHEST_WAGE = Decimal(500), Decimal(6_000)
_MOST = {"staff": 1_000_000, "disabled_staff": 100_000, "establishment": 100_000, "over": 100_000, "placements": 20}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a value; the response utter_check_<name> asks about it."""

    name: str
    slot: str
    """The slot to ask for next."""
    value: str = ""
    """The value as it was understood; said a second time, it counts where `confirmable`."""
    confirmable: bool = False
    beside: str = ""
    """What is already known and contradicts it."""


def check(slot: str, fact: Fact, values: Mapping[str, str], today: date) -> Problem | None:
    """What is wrong with `fact` given the `values` already known; None where nothing is."""
    if fact.value is None:
        return Problem(fact.problem or "vague", slot)
    kind = slots()[slot].kind
    if kind == "number":
        return _check_number(slot, fact.value, values)
    if kind == "case_number" and not is_number(fact.value):
        return Problem("wrong_digit", slot, fact.value)
    if slot == "county" and "city" in values and fact.value in city_of() and city_of()[fact.value] != values["city"]:
        return Problem("county_elsewhere", slot, fact.value, beside=values["city"])
    if kind == "date" and fact.value > today.isoformat()[: len(fact.value)]:
        return Problem("future", slot, fact.value)
    return None


def _check_number(slot: str, value: str, values: Mapping[str, str]) -> Problem | None:
    number = Decimal(value)
    if number < 0:
        return Problem("negative", slot, value)
    if slot == "wage":
        unlikely = not _LOWEST_WAGE <= number <= _HIGHEST_WAGE
        return Problem("wage", slot, value, confirmable=number > 0) if unlikely else None
    if slot != "over" and number != int(number):
        return Problem("whole", slot, value)
    if slot in _AT_LEAST_ONE and number < 1:
        return Problem("none", slot, value)
    if number > _MOST[slot]:
        return Problem("large", slot, value)
    return _check_together(slot, number, values)


def _check_together(slot: str, number: Decimal, values: Mapping[str, str]) -> Problem | None:
    """There are never more disabled staff than staff; the number just said is asked for again."""
    if slot == "disabled_staff" and number > Decimal(values.get("staff", "Infinity")):
        return Problem("more_than_staff", slot, f"{number}", beside=values["staff"])
    if slot == "staff" and number < Decimal(values.get("disabled_staff", "0")):
        return Problem("less_than_disabled", slot, f"{number}", beside=values["disabled_staff"])
    return None
