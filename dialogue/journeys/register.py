"""What a registration asks for, in which order, and which of it may be taken when."""

from collections.abc import Mapping, Sequence
from datetime import date

from dialogue.journey import Values
from dialogue.journeys.records import of_record
from knowledge.facts.annotated_examples import slots
from knowledge.facts.fact_reader import Fact
from knowledge.places.counties import cities, counties
from registry.values.fields import FIELDS, REQUIRED, SENSITIVE

CONSENTS = ("consent", "consent_disability")
CONFIRM = "confirm"
_IN_PASSING = ("registrant", "residence")
"""Taken when it is mentioned, and never asked for."""


def _needs(values: Values, on: date) -> Sequence[str]:
    for consent in CONSENTS:
        if consent not in values:
            return (consent,)
        if values[CONSENTS[0]] == "no":
            return ()
    if values.get(CONFIRM) == "yes":
        return ()
    return (*fields_allowed(values), CONFIRM)


def fields_allowed(values: Values) -> Sequence[str]:
    """The fields that may be stored: what tells of a disability takes a consent of its own (个人信息保护法 28–29)."""
    may_be_sensitive = values.get(CONSENTS[1]) == "yes"
    return [field for field in FIELDS if may_be_sensitive or field not in SENSITIVE]


def both_answered(values: Values) -> bool:
    """Whether both consents were answered, so that something may be kept."""
    return values.get(CONSENTS[0]) == "yes" and CONSENTS[1] in values


def consented_facts(
    facts: Mapping[str, Fact], values: Values, asking: str | None, text: str, correcting: bool
) -> Mapping[str, Fact]:
    """The `facts` that count now: none but the consents before these are given, and no answer given before is written
    over unless it is named, taken back, or read back just now."""
    # What is wrong with a number nobody asked for is nobody's business.
    facts = {
        slot: fact
        for slot, fact in facts.items()
        if fact.value is not None or slot == asking or {slot, asking} <= {"city", "county"}
    }
    if not both_answered(values):
        return {slot: fact for slot, fact in facts.items() if slot == asking or slot == "registrant"}
    allowed = {*fields_allowed(values), *_IN_PASSING}
    return {
        slot: fact
        for slot, fact in facts.items()
        if slot == asking
        or (slot in allowed and (slot not in values or asking == CONFIRM or correcting or _is_named(slot, text)))
    }


def _is_named(slot: str, text: str) -> bool:
    """Whether `text` names the field; a place named is where somebody wants to work, as likely as where they live."""
    return slots()[slot].kind != "place" and slots()[slot].is_named_in(text)


def without_contradiction(values: Values) -> Values:
    """`values` without a county that is not one of the city."""
    city, county = values.get("city"), values.get("county")
    # A development area such as 赣江新区 is of no city alone.
    if (
        city is None
        or county is None
        or county in counties(city)
        or not any(county in counties(each) for each in cities())
    ):
        return values
    return {slot: value for slot, value in values.items() if slot != "county"}


REGISTER = of_record(
    "register",
    (*_IN_PASSING, *CONSENTS, *FIELDS, CONFIRM),
    _needs,
    may_skip=frozenset(FIELDS) - frozenset(REQUIRED),
)
