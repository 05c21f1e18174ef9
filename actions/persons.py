"""Finds a person: when one is asked for, and when we were of no help twice in a row."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.form_leave import has_open_form
from actions.resources import resources
from dialogue.display import display_value
from dialogue.state import FormState
from knowledge.facts.annotated_examples import slots

ASKED, FAILED = "asked", "failed"
_FAILURES_BEFORE_A_PERSON = 2


class ActionHuman(Action):
    """转人工"""

    def name(self) -> str:
        return "action_human"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Records the request with what is known, and names the hotlines."""
        state = FormState.from_slot(tracker.get_slot("form"))
        failed = tracker.get_slot("offered") or (state is not None and state.tries > 0)
        return ask_for_a_person(dispatcher, tracker, FAILED if failed else ASKED)


def ask_for_a_person(dispatcher: CollectingDispatcher, tracker: Tracker, reason: str) -> list[dict[str, Any]]:
    """Records the request for a person; the hotline numbers are given whatever happens to it."""
    number = record_request(tracker, reason)
    if number is None:
        dispatcher.utter_message(response="utter_human")
    else:
        dispatcher.utter_message(response="utter_human_recorded", number=str(number))
    return [SlotSet("offered", False), SlotSet("failures", 0.0)]


def record_request(tracker: Tracker, reason: str) -> int | None:
    """The number under which staff see the request; None where nobody could be found again by whoever sent it."""
    if not is_identified(tracker):
        return None
    return resources().ask_for_a_person(
        tracker.sender_id, tracker.get_latest_input_channel() or "", reason, _known(tracker)
    )


def is_identified(tracker: Tracker) -> bool:
    """Whether the door knows that nobody else can come as this sender (bot/senders.py)."""
    return bool((tracker.latest_message.get("metadata") or {}).get("identified"))


def count_failures(dispatcher: CollectingDispatcher, tracker: Tracker, failed: bool) -> list[dict[str, Any]]:
    """Counts turns in a row that were of no help, and offers a person after the second."""
    failures = float(tracker.get_slot("failures") or 0) + 1 if failed else 0.0
    offer = failures >= _FAILURES_BEFORE_A_PERSON and not has_open_form(tracker)
    if offer:
        dispatcher.utter_message(response="utter_offer_person")
    return [SlotSet("failures", 0.0 if offer else failures), SlotSet("offered", offer)]


def _known(tracker: Tracker) -> dict[str, str]:
    """What was stated in the open form and in those left open, in words."""
    found: dict[str, str] = {}
    for kept in (*(tracker.get_slot("paused") or ()), tracker.get_slot("form")):
        state = FormState.from_slot(kept)
        if state is not None:
            found |= {slots()[slot].title: display_value(value, slot) for slot, value in state.values.items()}
    return found
