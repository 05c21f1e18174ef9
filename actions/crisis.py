"""Meets somebody who may be in danger: warmly, with who can be reached, and with nothing else."""

from collections.abc import Collection, Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.persons import record_request
from knowledge.crisis.afterwards import Afterwards
from knowledge.crisis.care import Care
from knowledge.crisis.reading import Kind

URGENT = "urgent"
LISTENING = "listening"
"""The slot that remembers that somebody is listened to, and what was said to them meanwhile."""
_CUSTOM = {"status": "chat", "crisis": True}
_LINES = {
    Kind.DESPAIR: "lines",
    Kind.DESPAIR_ACUTE: "lines_acute",
    Kind.OTHER: "lines_other",
    Kind.OTHER_ACUTE: "lines_acute",
    Kind.VIOLENCE: "lines_violence",
    Kind.THREAT: "lines_threat",
    Kind.ACCIDENT: "lines_accident",
}
WORDINGS = {"stay": 8, "eased": 3, "means": 3, "lines": 3, "lines_acute": 3, "lines_accident": 1}
"""How many wordings there are of each name (nlu_data/crisis/responses.yml); two of every other."""
_MEANS, _LEAST_SAID = "means", "hopeless"


class ActionCrisis(Action):
    """Somebody who may be in danger, or was a moment ago."""

    def name(self) -> str:
        return "action_crisis"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Takes up what was said, names who can be reached, and calls staff; afterwards listens.

        The conversation has read the turn already, and says how it is met in the message's metadata.
        """
        care = Care.from_json(
            (tracker.latest_message.get("metadata") or {}).get("care") or {"need": "stay", "theme": ""}
        )
        before = tracker.get_slot(LISTENING) or {}
        said = list(before.get("said", ()))
        for name in _sentences(care):
            response = _unsaid(name, said)
            said.append(response)
            dispatcher.utter_message(
                response=response, json_message=_CUSTOM | ({"joins": "both"} if _follows(name) else {})
            )
        if care.in_danger and record_request(tracker, URGENT) is not None and not before.get("recorded"):
            dispatcher.utter_message(response="utter_care_recorded", json_message=_CUSTOM | {"joins": "both"})
            before = {**before, "recorded": True}
        open_still = care.need != Afterwards.EASED.value
        return [SlotSet(LISTENING, {**before, "open": open_still, "said": said})]


def _sentences(care: Care) -> Sequence[str]:
    """The names of what is said, without `utter_care_`."""
    if not care.in_danger:
        return (care.need,)
    kind = Kind(care.need)
    if kind is Kind.DESPAIR:
        return (care.theme or _LEAST_SAID, _LINES[kind])
    return (_MEANS if kind is Kind.DESPAIR_ACUTE else kind.value, _LINES[kind])


def _follows(name: str) -> bool:
    return name.startswith("lines")


def _unsaid(name: str, said: Collection[str]) -> str:
    """The response of that name that was said least, the earliest of them."""
    first = f"utter_care_{name}"
    wordings = [first, *(f"{first}_{number}" for number in range(2, WORDINGS.get(name, 2) + 1))]
    return min(wordings, key=lambda each: sum(one == each for one in said))
