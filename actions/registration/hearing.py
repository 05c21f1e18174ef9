"""Reads a message for a journey with records."""

from collections.abc import Mapping

from rasa_sdk import Tracker

from actions.forms.state import FormState
from actions.registration.journey import CONFIRM, REGISTER, to_take
from actions.registration.my_data import read_my_data
from actions.resources import resources
from knowledge.facts.annotated import slots
from knowledge.facts.corrections import right_is
from knowledge.facts.plain_answers import plain_answer
from knowledge.facts.reading import Fact
from knowledge.facts.registration import read_registration
from knowledge.writing import normalised
from registry.registration_fields import FIELDS


def told_for_record(state: FormState, text: str, correcting: bool) -> Mapping[str, Fact]:
    """What `text` tells that counts now."""
    asked, facts, today = state.asking, resources().facts, resources().today()
    if state.journey != REGISTER.name:
        return read_my_data(text, today, state.asking, state.values, facts)
    read = text
    if correcting and asked is not None and plain_answer(text) is None:
        asked, read = _corrected(state, text)
    return to_take(read_registration(read, today, asked, facts), state.values, asked or state.asking, text, correcting)


def told_before_consent(tracker: Tracker, state: FormState) -> Mapping[str, Fact]:
    """What was told before it might be kept, as far as the conversation still has it, so that nobody says it twice."""
    found: dict[str, Fact] = {}
    for event in tracker.events:
        if event["event"] == "user":
            text = str(event.get("text") or "")
            told = read_registration(text, resources().today(), None, resources().facts)
            found |= to_take(told, state.values, None, text, correcting=False)
    return found


def _corrected(state: FormState, text: str) -> tuple[str | None, str]:
    """The field that a correction is of, None where it names none, and the words that are right: 电话错了，是139…"""
    named = [slot for slot in FIELDS if slots()[slot].is_named_in(normalised(text))]
    last = None if state.asking == CONFIRM else state.answers(correcting=True)
    parts = right_is(text)
    return (named[-1] if named else last), parts[-1] if len(parts) > 1 else text
