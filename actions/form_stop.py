"""What happens where somebody wants to stop in the middle, to begin anew, or us to be quiet, slower or faster."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.commands import change_pace
from actions.form_leave import leave
from actions.form_questions import ask, waiting
from dialogue.journey import Journey
from dialogue.journeys.register import REGISTER
from dialogue.mark import Mark, Status
from dialogue.state import FormState

Events = list[dict[str, Any]]


def leave_form(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    """Puts the form aside, and says of a registration that nothing is registered yet."""
    if journey is REGISTER:
        dispatcher.utter_message(
            response="utter_register_left", json_message=Mark(Status.COMMAND, offers_to_forget=True).to_json()
        )
    else:
        dispatcher.utter_message(response="utter_form_left", json_message=Mark(Status.COMMAND).to_json())
    return leave(tracker, replace(state, leaving=False))


def ask_before_leaving(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey
) -> Events:
    """先停下，还是接着？"""
    dispatcher.utter_message(response="utter_ask_leaving", json_message=waiting(state.asking).to_json())
    return [SlotSet("form", replace(state, leaving=True).to_slot())]


def be_quiet(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    """Says no more than has to be; the question stays open."""
    dispatcher.utter_message(response="utter_quiet", json_message=waiting(state.asking).to_json())
    return [SlotSet("form", state.to_slot())]


def speak_slower(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    return _speak(dispatcher, tracker, state, slower=True)


def speak_faster(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    return _speak(dispatcher, tracker, state, slower=False)


def _speak(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, slower: bool) -> Events:
    events = change_pace(dispatcher, tracker, slower)
    return [*events, SlotSet("form", ask(dispatcher, state, str(state.asking)).to_slot())]


def start_over(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    """Forgets the form, and whatever else was open."""
    dispatcher.utter_message(response="utter_start_over")
    cleared = [SlotSet(name, None) for name in ("form", "paused", "clause")]
    return [*cleared, ActiveLoop(None), FollowupAction("action_listen")]
