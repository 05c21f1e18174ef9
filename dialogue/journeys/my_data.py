"""What looking up, changing, giving out, withdrawing and deleting one's own registration asks for."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from dialogue.journey import Values
from dialogue.journeys.records import named_field, of_record
from dialogue.utterance import Utterance
from knowledge.facts.annotated_examples import slots
from knowledge.facts.case_numbers import case_number
from knowledge.facts.corrections import right_is
from knowledge.facts.fact_reader import Fact
from registry.values.fields import FIELDS

_WHOSE = ("case_number", "phone")
"""Both together open a registration, and neither alone."""
_STOP = "no"
_OF_A_CHANGE = ("change_field", "change_value", "confirm_change")


def read_my_data(said: Utterance, asked: str | None, values: Values) -> Mapping[str, Fact]:
    """What `said` tells for one of these journeys; `values`: what is known already."""
    text = said.normal
    found: dict[str, Fact] = {}
    number, problem = case_number(text, asked == "case_number")
    if number or problem:
        found["case_number"] = Fact(number, 1.0, problem=problem)
    told = said.facts_of_registration(asked)
    # With nothing asked yet, what was just registered is put right: 电话说错了，是… is no telephone that opens it.
    if asked in _OF_A_CHANGE or (asked is None and ("case_number" in values or said.is_correction)):
        found |= _change(said, asked or "change_field", values)
    elif "phone" in told and (told["phone"].value or asked == "phone") and told["phone"].value != number:
        found["phone"] = told["phone"]
    for slot in ("purpose", "confirm_change", "confirm_withdrawal", "confirm_deletion", "confirm_forgetting"):
        plain = said.facts(slot).get(slot) if asked == slot else None
        named = next((value for value, title in slots()[slot].values.items() if title in text), None)
        if plain is not None:
            found[slot] = plain
        elif asked == slot and named is not None:
            found[slot] = Fact(named, 1.0)
    if asked == "purpose" and "purpose" not in found:
        found |= _purpose(text)
    return found


def _change(said: Utterance, asked: str, values: Values) -> Mapping[str, Fact]:
    """Which field is to be changed, and its new value where that is said too: 电话改成13900112233."""
    text = said.normal
    *earlier, right = right_is(text)
    before = "是".join(earlier) if earlier else text
    named, known = named_field(before), values.get("change_field")
    field = named or (known if asked == "change_value" else None)
    # Asked for the new value, 四十二岁 names the age and is one; 我要改电话 is none.
    if asked == "change_value" and "改" not in before:
        field, named = known, None
    # Asked which one, 电话 names the field and is not its new value.
    new = right if earlier else ("" if named and asked != "change_value" else text)
    told = {slot: fact for slot, fact in said.reading_of(new).facts_of_registration(field).items() if slot in FIELDS}
    if field is None:
        field = next(iter(told), None)
    if field is None:
        return {}
    found = {"change_field": Fact(field, 1.0)} if field != values.get("change_field") else {}
    if field in told and new:
        found["change_value"] = Fact(told[field].value, 1.0, problem=told[field].problem)
    # Whoever moves to another city moves to another county.
    if field == "city" and "county" in told:
        found["county"] = told["county"]
    return found


def _purpose(text: str) -> Mapping[str, Fact]:
    if any(word in text for word in ("全部", "都", "所有", "整个")):
        return {"purpose": Fact("general", 1.0)}
    return {"purpose": Fact("disability", 1.0)} if "残疾" in text else {}


def _needs(*then: str) -> Callable[[Values, date], Sequence[str]]:
    def needs(values: Values, on: date) -> Sequence[str]:
        return (*_WHOSE, *then)

    return needs


def _needs_to_forget(values: Values, on: date) -> Sequence[str]:
    """A number that is told makes it the deletion of what is registered."""
    return (*_WHOSE, "confirm_deletion") if "case_number" in values else ("confirm_forgetting",)


def stopped(values: Values, asked: Collection[str]) -> bool:
    """Whether the person thought better of it at the last question."""
    return any(values.get(slot) == _STOP for slot in asked if slot.startswith("confirm_"))


MY_DATA = (
    of_record("my_data", _WHOSE, _needs()),
    of_record("export_data", _WHOSE, _needs()),
    of_record(
        "change_data",
        (*_WHOSE, *_OF_A_CHANGE, "county"),
        _needs(*_OF_A_CHANGE),
    ),
    of_record(
        "withdraw_data",
        (*_WHOSE, "purpose", "confirm_withdrawal"),
        _needs("purpose", "confirm_withdrawal"),
    ),
    of_record("delete_data", (*_WHOSE, "confirm_deletion"), _needs("confirm_deletion")),
    # What delete_data is where nothing was registered from this conversation.
    of_record("forget_talk", (*_WHOSE, "confirm_deletion", "confirm_forgetting"), _needs_to_forget),
)
