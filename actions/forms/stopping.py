"""What happens where somebody wants to stop in the middle, or only wants us to be quiet."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.forms.asking import waiting
from actions.forms.journey import Journey
from actions.forms.leaving import leave
from actions.forms.state import FormState
from actions.registration.journey import REGISTER

Events = list[dict[str, Any]]


def leave_form(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    """Puts the form aside, and says of a registration that nothing is registered yet."""
    if journey is REGISTER:
        dispatcher.utter_message(
            response="utter_register_left", json_message={"status": "command", "offers_to_forget": True}
        )
    else:
        dispatcher.utter_message(response="utter_form_left", json_message={"status": "command"})
    return leave(tracker, replace(state, leaving=False))


def ask_before_leaving(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey
) -> Events:
    """先停下，还是接着？"""
    dispatcher.utter_message(response="utter_ask_leaving", json_message=waiting(state.asking))
    return [SlotSet("form", replace(state, leaving=True).to_slot())]


def be_quiet(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    """Says no more than has to be; the question stays open."""
    dispatcher.utter_message(response="utter_quiet", json_message=waiting(state.asking))
    return [SlotSet("form", state.to_slot())]
