"""Puts a form's question, and says what was taken from the message before it."""

from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.forms.checks import Problem
from actions.forms.journeys import UNCLEAR
from actions.forms.shown import shown, told
from actions.forms.state import FormState
from actions.forms.taking import Taken
from actions.resources import resources
from knowledge.facts.annotated import slots
from knowledge.writing import LIST

FORM = "form"
_OTHER_WORDING_AFTER = 2
_PERSON_AFTER = 3
_REMIND_AFTER_SECONDS = 3_600


def waiting(slot: str | None) -> dict[str, Any]:
    """The machine-readable part of a form's message."""
    digits_are_values = slot is not None and slots()[slot].kind != "choice"
    return {"status": FORM, "asking": slot, "digits": "value" if digits_are_values else "choice"}


def ask(dispatcher: CollectingDispatcher, state: FormState, slot: str, other_wording: bool = False) -> FormState:
    """Asks for `slot`; after two answers that could not be used, in other words."""
    now = resources().now().timestamp()
    if state.asking is not None and now - state.asked_at > _REMIND_AFTER_SECONDS:
        dispatcher.utter_message(response=f"utter_still_open_{state.journey}", json_message=waiting(slot))
    wording = f"utter_ask_{slot}"
    if state.values.get(slot) == UNCLEAR:
        wording = f"utter_ask_{UNCLEAR}"
    elif other_wording or state.tries >= _OTHER_WORDING_AFTER:
        wording += "_other"
    dispatcher.utter_message(response=wording, json_message=waiting(slot), buttons=_buttons(state, slot))
    if state.tries >= _PERSON_AFTER:
        dispatcher.utter_message(response="utter_form_offer_person")
    return replace(state, asking=slot, asked_at=now)


def _buttons(state: FormState, slot: str) -> list[dict[str, str]]:
    """The choices as people would say them, so that a button is only a quicker way to say it."""
    values = slots()[slot].values
    if state.values.get(slot) == UNCLEAR:
        values = {value: values[value] for value in ("organ", "county_organ")}
    return [{"title": title, "payload": title} for value, title in values.items() if value != UNCLEAR]


def tell_problem(dispatcher: CollectingDispatcher, problem: Problem, state: FormState) -> FormState:
    """Says what cannot be right and asks for it again, in one sentence."""
    state = replace(state, tries=state.tries + 1)
    slot = slots()[problem.slot]
    dispatcher.utter_message(
        response=f"utter_check_{problem.name}",
        json_message=waiting(problem.slot),
        title=slot.title,
        unit=slot.unit,
        value=shown(problem.value, problem.slot) if problem.value else "",
        beside=problem.beside,
    )
    if state.tries >= _OTHER_WORDING_AFTER:
        dispatcher.utter_message(response=f"utter_ask_{problem.slot}_other", json_message=waiting(problem.slot))
    if state.tries >= _PERSON_AFTER:
        dispatcher.utter_message(response="utter_form_offer_person")
    return replace(state, asking=problem.slot, asked_at=resources().now().timestamp())


def echo(dispatcher: CollectingDispatcher, taken: Taken, asked: str | None) -> None:
    """Says back what was changed, what was rounded, and what was heard in passing."""
    new = [slot for slot in taken.new if taken.state.values[slot] != UNCLEAR]
    for slot in new:
        if slot in taken.changed or slot in taken.rounded:
            dispatcher.utter_message(
                response="utter_changed" if slot in taken.changed else "utter_taken_about",
                title=slots()[slot].title,
                value=shown(taken.state.values[slot], slot),
                json_message=waiting(None),
            )
    passing = [slot for slot in new if slot != asked and slot not in (*taken.changed, *taken.rounded)]
    if passing:
        said = LIST.join(told(taken.state.values[slot], slot) for slot in passing)
        dispatcher.utter_message(response="utter_taken", said=said, json_message=waiting(None))
