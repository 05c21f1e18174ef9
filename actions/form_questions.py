"""Puts a form's question, and says what was taken from the message before it."""

from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions.resources import resources
from dialogue.check_value import Problem
from dialogue.display import display_value, echo_phrase
from dialogue.journey import UNCLEAR
from dialogue.journeys.register import CONSENTS, REGISTER
from dialogue.mark import Mark, Status
from dialogue.next_move import needs_a_person
from dialogue.read_back import to_read_back
from dialogue.state import FormState
from dialogue.take_facts import Taken
from dialogue.utterance import Utterance
from knowledge.facts.annotated_examples import slots
from knowledge.language.writing import LIST

_OTHER_WORDING_AFTER = 2
_REMIND_AFTER_SECONDS = 3_600
_NOT_SAID_BACK = ("registrant", "residence", "change_field", "change_value")
"""What the questions after it say anyway, or what is only of use to staff."""
LEADS = Mark(Status.FORM, leads=True)
"""Of what is said back: it is one message with the question or result after it."""


def waiting(slot: str | None) -> Mark:
    """The machine-readable part of a form's message."""
    return Mark(Status.FORM, slot, digits_are_values=slot is not None and slots()[slot].kind != "choice")


def ask(dispatcher: CollectingDispatcher, state: FormState, slot: str, other_wording: bool = False) -> FormState:
    """Asks for `slot`; after two answers that could not be used, in other words."""
    now = resources().now().timestamp()
    if state.asking is not None and now - state.asked_at > _REMIND_AFTER_SECONDS:
        dispatcher.utter_message(response=f"utter_still_open_{state.journey}", json_message=waiting(slot).to_json())
    wording = f"utter_ask_{slot}"
    if slot == "phone" and state.journey != REGISTER.name:
        wording = "utter_ask_phone_registered"
    if state.values.get(slot) == UNCLEAR:
        wording = f"utter_ask_{UNCLEAR}"
    elif other_wording or state.tries >= _OTHER_WORDING_AFTER:
        wording += "_other"
    elif slot in CONSENTS and slot == state.asking:
        # Whoever has heard what is recorded is not told all of it again.
        wording += "_short"
    dispatcher.utter_message(
        response=wording,
        json_message=waiting(slot).to_json(),
        buttons=_buttons(state, slot),
        **to_read_back(state.values),
    )
    _offer_person(dispatcher, state)
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
        json_message=waiting(problem.slot).to_json(),
        title=slot.title,
        unit=slot.unit,
        value=display_value(problem.value, problem.slot) if problem.value else "",
        beside=problem.beside,
    )
    if state.tries >= _OTHER_WORDING_AFTER:
        dispatcher.utter_message(
            response=f"utter_ask_{problem.slot}_other", json_message=waiting(problem.slot).to_json()
        )
    _offer_person(dispatcher, state)
    return replace(state, asking=problem.slot, asked_at=resources().now().timestamp())


def _offer_person(dispatcher: CollectingDispatcher, state: FormState) -> None:
    if needs_a_person(state):
        dispatcher.utter_message(response="utter_form_offer_person")


def echo(dispatcher: CollectingDispatcher, taken: Taken, asked: str | None, words: Utterance) -> None:
    """Says back what was changed, what was rounded, what was heard in passing, and what other words were taken for."""
    new = [slot for slot in taken.new if taken.state.values.get(slot) not in {None, UNCLEAR}]
    for slot in new:
        value = taken.state.values[slot]
        is_choice = slots()[slot].kind == "choice"
        if slot in taken.changed:
            response = "utter_changed_choice" if is_choice else "utter_changed"
        elif slot in taken.rounded:
            response = "utter_taken_about"
        elif slot == asked and is_choice and _is_read_into(words, slot, value):
            response = "utter_heard"
        else:
            continue
        dispatcher.utter_message(
            response=response,
            title=slots()[slot].title,
            value=display_value(value, slot),
            said=echo_phrase(value, slot),
            json_message=LEADS.to_json(),
        )
    told_otherwise = (*taken.changed, *taken.rounded, *_NOT_SAID_BACK)
    passing = [slot for slot in new if slot != asked and slot not in told_otherwise]
    if passing:
        said = LIST.join(echo_phrase(taken.state.values[slot], slot) for slot in passing)
        dispatcher.utter_message(response="utter_taken", said=said, json_message=LEADS.to_json())


def _is_read_into(words: Utterance, slot: str, value: str) -> bool:
    """Whether `words` say the choice `value` in other words than its name or a plain yes, so that it may be misread."""
    entry = slots()[slot]
    names = {entry.values[value], entry.said.get(value, entry.values[value])}
    return words.plain_answer is None and not any(name in words.normal for name in names)
