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
from knowledge.crisis.crisis_reader import THEMES, Kind
from knowledge.crisis.speaker import SpeakerRole

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
_APART = {
    (SpeakerRole.ON_DUTY.value, Kind.OTHER): ("duty", "lines_duty"),
    (SpeakerRole.ON_DUTY.value, Kind.OTHER_ACUTE): ("duty", "lines_duty"),
    (SpeakerRole.ON_DUTY.value, Kind.VIOLENCE): ("duty_violence", "lines_witness"),
    (SpeakerRole.ON_DUTY.value, Kind.ACCIDENT): ("duty_accident", "lines_accident"),
    (SpeakerRole.WITNESS.value, Kind.VIOLENCE): ("witness", "lines_witness"),
}
"""What is said to whom the danger is not of, and who is not just close to somebody: by SpeakerRole and Kind."""
_NEXT = {
    (SpeakerRole.ON_DUTY.value, Kind.OTHER): "duty_next",
    (SpeakerRole.ON_DUTY.value, Kind.OTHER_ACUTE): "duty_next",
    (SpeakerRole.ON_DUTY.value, Kind.VIOLENCE): "duty_violence_next",
    (SpeakerRole.ON_DUTY.value, Kind.ACCIDENT): "duty_accident",
    (SpeakerRole.WITNESS.value, Kind.VIOLENCE): "witness_next",
}
"""What they are told next, who tell more, or ask what to do: listening alone helps nobody they are there for."""
_TOLD_NEXT = frozenset({Afterwards.HOW, Afterwards.REPORT, Afterwards.STAY, Afterwards.LINE, Afterwards.AFTER_ME})
_ACUTE = Kind.DESPAIR_ACUTE.value
"""In which whoever speaks has the means; of somebody else's they are told who is to come."""
_OWN = frozenset({Kind.DESPAIR.value, Kind.DESPAIR_ACUTE.value, Kind.THREAT.value})
_OF_OTHERS = frozenset({Kind.OTHER.value, Kind.OTHER_ACUTE.value})
_BESIDE = "other_acute_next"
"""What is told to whoever is close and stays with somebody who has the means."""
_OVER = frozenset(each.value for each in OVER)
_AGAIN = "means_again"
"""What is asked of whoever is in acute danger beside all else that is said, until they are safe."""
WORDINGS = {"stay": 8, "eased": 3, "means": 3, "lines": 3, "lines_acute": 3, "lines_accident": 1, "duty_next": 4}
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
        before = tracker.get_slot(LISTENING) or {}
        unread = {"need": Afterwards.STAY.value, "theme": "", "speaker": before.get("speaker")}
        care = Care.from_json((tracker.latest_message.get("metadata") or {}).get("care") or unread)
        said = list(before.get("said", ()))
        danger = care.need if care.in_danger else str(before.get("danger", ""))
        still_acute = bool(before.get("acute")) and danger in _OWN and care.need not in _OVER
        acute = care.need == _ACUTE or still_acute
        # A person is called; the page then waits for what they write.
        mark = Mark(Status.HANDOFF if care.in_danger else Status.CHAT)
        names = [*_sentences(_of_whom(care, danger), danger, said), *([_AGAIN] if acute and not care.in_danger else [])]
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
        now = {"open": is_open, "acute": acute, "said": said, "danger": danger, "speaker": care.speaker.to_json()}
        return [SlotSet(LISTENING, {**before, **now})]


def _of_whom(care: Care, danger: str) -> Care:
    """`care` as it fits whose danger was told of last, a Kind or "": how to speak with somebody in despair is no answer
    to whoever is beaten, and how to call the police none to whoever is in despair themselves.
    """
    if (
        care.need not in {Afterwards.HOW.value, Afterwards.REPORT.value}
        or not danger
        or (care.role, Kind(danger)) in _NEXT
    ):
        return care
    if danger in _OF_OTHERS:
        return replace(care, need=Afterwards.HOW.value)
    if danger in _OWN:
        return replace(care, need=(Afterwards.STAY if care.need == Afterwards.HOW.value else Afterwards.LINE).value)
    return replace(care, need=Afterwards.REPORT.value if danger == Kind.VIOLENCE.value else danger)


def _sentences(care: Care, danger: str, said: Collection[str]) -> Sequence[str]:
    """The names of what is said, without `utter_care_`; `danger` is the Kind told of last, "" where that is unknown."""
    if care.in_danger:
        kind = Kind(care.need)
        if (care.role, kind) in _APART:
            return _APART[care.role, kind]
        if kind is Kind.DESPAIR:
            return (care.theme or _LEAST_SAID, _LINES[kind])
        return (_MEANS if kind is Kind.DESPAIR_ACUTE else kind.value, _LINES[kind])
    stays = care.need == Afterwards.STAY.value
    what_next = _NEXT.get((care.role, Kind(danger))) if danger and care.need in _TOLD_NEXT else None
    if what_next is None and stays and danger == Kind.OTHER_ACUTE.value:
        what_next = _BESIDE
    # Whoever only tells more is listened to once they know all that.
    if what_next is not None and not (stays and all(each in said for each in _wordings(what_next))):
        return (what_next,)
    # What they tell now is taken up as what brought them here was, once; what weighs on somebody else is not theirs.
    is_new = care.theme and danger in _OWN | {""} and not any(each in said for each in _wordings(care.theme))
    return (care.theme if is_new else care.need,)


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
    apart = {name for names in _APART.values() for name in names} | set(_NEXT.values())
    names = {_AGAIN, _BESIDE, *apart, *(name for care in cares for name in _sentences(care, "", ()))}
    return frozenset(response for name in names for response in _wordings(name))
