"""Meets somebody who may be in danger: warmly, with who can be reached, and with nothing else."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.persons import record_request
from dialogue.mark import Joins, Mark, Status
from knowledge.crisis.afterwards import Afterwards
from knowledge.crisis.care import OVER, Care
from knowledge.crisis.reading import THEMES, Kind

URGENT = "urgent"
LISTENING = "listening"
"""The slot that remembers that somebody is listened to, and what was said to them meanwhile."""
_LINES = {
    Kind.DESPAIR: "lines",
    Kind.DESPAIR_ACUTE: "lines_acute",
    Kind.OTHER: "lines_other",
    Kind.OTHER_ACUTE: "lines_acute",
    Kind.VIOLENCE: "lines_violence",
    Kind.THREAT: "lines_threat",
    Kind.ACCIDENT: "lines_accident",
}
_ACUTE = Kind.DESPAIR_ACUTE.value
"""In which whoever speaks has the means; of somebody else's they are told who is to come."""
_OWN = frozenset({Kind.DESPAIR.value, Kind.DESPAIR_ACUTE.value, Kind.THREAT.value})
_OF_OTHERS = frozenset({Kind.OTHER.value, Kind.OTHER_ACUTE.value})
_OVER = frozenset(each.value for each in OVER)
_AGAIN = "means_again"
"""What is asked of whoever is in acute danger beside all else that is said, until they are safe."""
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
        danger = care.need if care.in_danger else str(before.get("danger", ""))
        care = _of_whom(care, danger)
        still_acute = bool(before.get("acute")) and danger in _OWN and care.need not in _OVER
        acute = care.need == _ACUTE or still_acute
        # A person is called; the page then waits for what they write.
        mark = Mark(Status.HANDOFF if care.in_danger else Status.CHAT)
        names = [*_sentences(care, said), *([_AGAIN] if acute and not care.in_danger else [])]
        for place, name in enumerate(names):
            response = _unsaid(name, said)
            said.append(response)
            dispatcher.utter_message(
                response=response, json_message=replace(mark, joins=Joins.BOTH if place else None).to_json()
            )
        if care.in_danger and record_request(tracker, URGENT) is not None and not before.get("recorded"):
            dispatcher.utter_message(
                response="utter_care_recorded", json_message=replace(mark, joins=Joins.BOTH).to_json()
            )
            before = {**before, "recorded": True}
        is_open = care.need not in _OVER
        return [SlotSet(LISTENING, {**before, "open": is_open, "acute": acute, "said": said, "danger": danger})]


def _of_whom(care: Care, danger: str) -> Care:
    """`care` as it fits whose danger was told of last, a Kind or "": how to speak with somebody in despair is no answer
    to whoever is beaten, and how to call the police none to whoever is in despair themselves.
    """
    if care.need not in {Afterwards.HOW.value, Afterwards.REPORT.value} or not danger:
        return care
    if danger in _OF_OTHERS:
        return Care(Afterwards.HOW.value)
    if danger in _OWN:
        return Care(Afterwards.STAY.value if care.need == Afterwards.HOW.value else Afterwards.LINE.value)
    return Care(Afterwards.REPORT.value) if danger == Kind.VIOLENCE.value else Care(danger)


def _sentences(care: Care, said: Collection[str]) -> Sequence[str]:
    """The names of what is said, without `utter_care_`."""
    if not care.in_danger:
        # What they tell now is taken up as what brought them here was, once.
        is_new = care.theme and not any(response in said for response in _wordings(care.theme))
        return (care.theme if is_new else care.need,)
    kind = Kind(care.need)
    if kind is Kind.DESPAIR:
        return (care.theme or _LEAST_SAID, _LINES[kind])
    return (_MEANS if kind is Kind.DESPAIR_ACUTE else kind.value, _LINES[kind])


def _unsaid(name: str, said: Collection[str]) -> str:
    """The response of that name that was said least, the earliest of them."""
    return min(_wordings(name), key=lambda each: sum(one == each for one in said))


def _wordings(name: str) -> list[str]:
    first = f"utter_care_{name}"
    return [first, *(f"{first}_{number}" for number in range(2, WORDINGS.get(name, 2) + 1))]


def responses_of_care() -> frozenset[str]:
    """The names of everything that may be said."""
    needs = [each.value for each in (*Kind, *Afterwards) if each is not Afterwards.TURN]
    cares = [Care(need, theme) for need in needs for theme in ("", *THEMES)]
    names = {_AGAIN, *(name for care in cares for name in _sentences(care, ()))}
    return frozenset(response for name in names for response in _wordings(name))
