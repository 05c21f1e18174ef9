"""What looking up, changing, giving out, withdrawing and deleting one's own registration asks for."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from actions.forms.journey import Journey, Kind, Values
from knowledge.facts.annotated import slots
from knowledge.facts.case_numbers import case_number
from knowledge.facts.reading import Fact, FactReader
from knowledge.facts.registration import read_registration
from knowledge.writing import normalised
from registry.registration_fields import FIELDS

_WHOSE = ("case_number", "phone")
"""Both together open a registration, and neither alone."""
_STOP = "no"


def read_my_data(text: str, today: date, asked: str | None, values: Values, learnt: FactReader) -> Mapping[str, Fact]:
    """What `text` tells for one of these journeys; `values`: what is known already."""
    text = normalised(text)
    found: dict[str, Fact] = {}
    number, problem = case_number(text, asked == "case_number")
    if number or problem:
        found["case_number"] = Fact(number, 1.0, problem=problem)
    told = read_registration(text, today, asked, learnt)
    # With nothing asked yet, what was just registered is put right.
    wants_change = asked in {"change_field", "change_value"} or (asked is None and "case_number" in values)
    if wants_change:
        found |= _change(text, today, asked or "change_field", values, learnt)
    elif "phone" in told and number is None and asked != "case_number":
        found["phone"] = told["phone"]
    for slot in ("purpose", "confirm_change", "confirm_withdrawal", "confirm_deletion"):
        plain = learnt.read(text, today, slot).get(slot) if asked == slot else None
        named = next((value for value, title in slots()[slot].values.items() if title in text), None)
        if plain is not None:
            found[slot] = plain
        elif asked == slot and named is not None:
            found[slot] = Fact(named, 1.0)
    if asked == "purpose" and "purpose" not in found:
        found |= _purpose(text)
    return found


def _change(text: str, today: date, asked: str, values: Values, learnt: FactReader) -> Mapping[str, Fact]:
    """Which field is to be changed, and its new value where that is said too: 电话改成13900112233."""
    named = [field for field in FIELDS if slots()[field].is_named_in(text) or slots()[field].title in text]
    field = values.get("change_field") if asked == "change_value" else next(iter(named), None)
    told = {slot: fact for slot, fact in read_registration(text, today, field, learnt).items() if slot in FIELDS}
    if field is None:
        field = next(iter(told), None)
    if field is None:
        return {}
    found = {} if asked == "change_value" else {"change_field": Fact(field, 1.0)}
    # Asked which one, 电话 names the field and is not its new value.
    new = told.get(field)
    if new is not None and (asked == "change_value" or slots()[field].kind != "words" or "改" in text or "是" in text):
        found["change_value"] = Fact(new.value, 1.0, problem=new.problem)
    return found


def _purpose(text: str) -> Mapping[str, Fact]:
    if any(word in text for word in ("全部", "都", "所有", "整个")):
        return {"purpose": Fact("general", 1.0)}
    return {"purpose": Fact("disability", 1.0)} if "残疾" in text else {}


def _needs(*then: str) -> Callable[[Values, date], Sequence[str]]:
    def needs(values: Values, on: date) -> Sequence[str]:
        return (*_WHOSE, *then)

    return needs


def stopped(values: Values, asked: Collection[str]) -> bool:
    """Whether the person thought better of it at the last question."""
    return any(values.get(slot) == _STOP for slot in asked if slot.startswith("confirm_"))


MY_DATA = (
    Journey("my_data", _WHOSE, _needs(), Kind.RECORD),
    Journey("export_data", _WHOSE, _needs(), Kind.RECORD),
    Journey(
        "change_data",
        (*_WHOSE, "change_field", "change_value", "confirm_change"),
        _needs("change_field", "change_value", "confirm_change"),
        Kind.RECORD,
    ),
    Journey(
        "withdraw_data",
        (*_WHOSE, "purpose", "confirm_withdrawal"),
        _needs("purpose", "confirm_withdrawal"),
        Kind.RECORD,
    ),
    Journey("delete_data", (*_WHOSE, "confirm_deletion"), _needs("confirm_deletion"), Kind.RECORD),
)
