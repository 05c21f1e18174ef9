"""The utterance of a turn: one for all actions that run in it, so that none reads again what another has read."""

from rasa_sdk import Tracker

from actions.resources import resources
from dialogue.turn import once_in_turn
from dialogue.utterance import Intent, Utterance


def utterance_of(tracker: Tracker) -> Utterance:
    """What the message that `tracker` has last says. In an action server of Rasa's own each action reads it anew."""
    text = str(tracker.latest_message.get("text") or "")
    return once_in_turn(tracker.sender_id, text, lambda: Utterance(text, resources().readers(), _intent(tracker)))


def _intent(tracker: Tracker) -> Intent:
    message = tracker.latest_message
    confidence = float((message.get("intent") or {}).get("confidence") or 0.0)
    ranking = {str(each["name"]): float(each["confidence"]) for each in message.get("intent_ranking") or ()}
    return Intent(str(tracker.get_intent_of_latest_message()), confidence, ranking)
