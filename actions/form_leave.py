"""Leaves a form with everything that was said kept, so that it can be taken up again or deleted."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from dialogue.mark import Mark
from dialogue.state import FormState

_MOST_LEFT_OPEN = 5


def leave(tracker: Tracker, state: FormState) -> list[dict[str, Any]]:
    """Puts the form aside; 继续 takes it up again."""
    return [
        SlotSet("form", None),
        SlotSet("paused", with_left(tracker, state)),
        ActiveLoop(None),
        FollowupAction("action_listen"),
    ]


def mark_of(event: Mapping[str, Any]) -> Mark:
    """The mark of something we said, `event` as the tracker gives it."""
    return Mark.from_json((event.get("data") or {}).get("custom") or {})


def offered_to_forget(tracker: Tracker) -> bool:
    """Whether the last thing we said asked if what was told is to be deleted."""
    said = [event for event in tracker.events if event["event"] == "user" or event["event"] == "bot"][:-1]
    return bool(said) and said[-1]["event"] == "bot" and mark_of(said[-1]).offers_to_forget


def said_since(tracker: Tracker, intent: str) -> list[str]:
    """The turns from the last one with `intent` on, as far as the conversation still has them; [] without one.

    What was said before that may be of somebody else.
    """
    said = [event for event in tracker.events if event["event"] == "user"]
    began = [place for place, event in enumerate(said) if event["parse_data"]["intent"].get("name") == intent]
    return [str(event.get("text") or "") for event in said[began[-1] :]] if began else []


def has_open_form(tracker: Tracker) -> bool:
    """Whether a form waits for an answer; one whose result was told only listens for what is asked of it."""
    form = tracker.get_slot("form")
    return bool((tracker.active_loop or {}).get("name") and form and not form["done"])


def with_left(tracker: Tracker, state: FormState) -> list[dict[str, Any]]:
    """The forms left open, `state` the latest of them; an older one of the same journey gives way."""
    others = [kept for kept in tracker.get_slot("paused") or () if kept["journey"] != state.journey]
    return [*others, state.to_slot()][-_MOST_LEFT_OPEN:]
