"""Begins a journey, takes one up again, or opens a finished one anew."""

import re
from collections.abc import Mapping
from dataclasses import replace
from secrets import token_hex
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import WISHES, tell_about_us, tell_looked_up
from actions.form_leave import offered_to_forget, with_left
from actions.form_questions import waiting
from actions.persons import is_identified
from actions.registration_actions import forgets_talk
from actions.resources import resources
from actions.telling import tell_answer
from actions.utterances import utterance_of
from dialogue.display import echo_phrase
from dialogue.journey import Journey
from dialogue.journeys.catalogue import JOURNEYS
from dialogue.journeys.records import named_field
from dialogue.journeys.register import REGISTER
from dialogue.read_facts import facts_in
from dialogue.state import FormState
from dialogue.take_facts import is_sure
from knowledge.facts.annotated_examples import slots
from knowledge.facts.fact_reader import Fact
from knowledge.language.writing import LIST
from knowledge.search.answers import Outcome
from registry.values.fields import SENSITIVE

_FORM = "action_form"
_EVERYTHING = re.compile("登记|全部|所有|信息|资料|数据|都|我的?$")
_REQUESTS = re.compile(
    "(?:帮|[替给](?:我|他|她|佢|渠|俺|家)).*[登报记]|[登报记].*(?:帮|[替给](?:我|他|她|佢|渠|俺|家))"
)
"""What makes a request of a question that has the intent to register: 能帮我登记吗."""
_CERTAIN = 1.0
"""The confidence of an intent that is heard as a wish, and not only likeliest (bot/engine/nlu/wishes.py)."""
_FACTS_FOR_A_JOURNEY = 2
"""Facts of one journey that are taken as a wish to have it worked out."""


class ActionBegin(Action):
    """A journey's own intent."""

    def name(self) -> str:
        return "action_begin"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Opens the journey that the message asks for; what was open is put aside.

        A question that cannot be worked out at once is first answered from the documents. One that they do not cover,
        and that tells nothing to work with, opens no journey.
        """
        said = utterance_of(tracker)
        if said.intent.name == "delete_data" and offered_to_forget(tracker):
            dispatcher.utter_message(response="utter_talk_forgotten", json_message=forgets_talk().to_json())
            return []
        meant = JOURNEYS[said.intent.name]
        # 能帮我登记吗 is a question and a wish. 登记了多久有人联系 only asks, and looks nothing up.
        is_wish = said.intent.confidence == _CERTAIN or bool(_REQUESTS.search(said.normal))
        asks = said.is_question and not (meant is REGISTER and is_wish)
        if meant.personal and asks and tell_about_us(dispatcher, tracker, but=WISHES):
            return []
        journey = _meant(meant, said.normal, tracker.sender_id)
        if journey is REGISTER and any(kept["journey"] == REGISTER.name for kept in tracker.get_slot("paused") or ()):
            return resume(dispatcher, tracker, REGISTER.name)
        facts = facts_in(said)
        answer = said.answer if asks else None
        if not journey.begun_by_facts and answer:
            # 我是盲人，农村的，想找事做，有什么政策 asks what there is, though it sounds like wanting to be registered.
            asked = likeliest(tracker, {slot: fact for slot, fact in facts.items() if is_sure(slot, fact)}, {})
            if asked is not None:
                return begin(dispatcher, tracker, asked, facts)
        if meant is REGISTER and answer and answer.outcome is Outcome.ANSWERED:
            # 要什么样的证 is asked, and nobody is registered by asking.
            return tell_looked_up(dispatcher, tracker, answer)
        nothing_told = not set(facts) & set(journey.slots)
        if (
            journey.is_sum
            and nothing_told
            and answer
            and not answer.is_doubtful
            and answer.outcome is Outcome.NOT_COVERED
        ):
            return tell_looked_up(dispatcher, tracker, answer)
        stated = {slot: fact.value for slot, fact in facts.items() if fact.value is not None}
        complete = journey.next_slot(stated, (), resources().today()) is None
        events: list[dict[str, Any]] = []
        if answer and answer.outcome is Outcome.ANSWERED and journey.is_sum and not complete and not said.wants_a_sum:
            events = tell_answer(dispatcher, tracker, answer, brief=True)
        return [*events, *begin(dispatcher, tracker, journey, facts, asked_for=True)]


def _meant(journey: Journey, text: str, sender: str) -> Journey:
    """`journey`, but not the end of everything for whoever wants one thing gone: 把残疾删掉; and where `sender`
    registered nothing there is no more to delete than the talk."""
    if journey.name != "delete_data":
        return journey
    field, records = named_field(text), resources().records
    if field is None or _EVERYTHING.search(text):
        is_registered = records is None or records.registrations.has_of(sender)
        return journey if is_registered else JOURNEYS["forget_talk"]
    return JOURNEYS["withdraw_data" if field in SENSITIVE else "change_data"]


def resume(dispatcher: CollectingDispatcher, tracker: Tracker, name: str) -> list[dict[str, Any]]:
    """Takes up the journey `name` that was left."""
    paused = list(tracker.get_slot("paused") or ())
    if may_not(tracker, JOURNEYS[name]):
        return refuse(dispatcher)
    state = next(kept for kept in reversed(paused) if kept["journey"] == name)
    paused.remove(state)
    dispatcher.utter_message(response=f"utter_resumed_{name}")
    # Asked anew, so nobody needs to be reminded of how long ago it was.
    return [SlotSet("form", {**state, "asking": None}), SlotSet("paused", paused), ActiveLoop(_FORM)]


class ActionResume(Action):
    """继续"""

    def name(self) -> str:
        return "action_resume"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Takes up the form that was left last."""
        paused = tracker.get_slot("paused") or ()
        if not paused:
            dispatcher.utter_message(response="utter_nothing_open")
            return []
        # 继续登记 means the registration, whatever was looked up since it was left.
        names = [kept["journey"] for kept in paused]
        wants_register = REGISTER.name in names and slots()["case_number"].title[:2] in utterance_of(tracker).normal
        return resume(dispatcher, tracker, REGISTER.name if wants_register else names[-1])


class ActionGoBack(Action):
    """返回, after a result."""

    def name(self) -> str:
        return "action_go_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Asks the last question of a finished journey again."""
        state = FormState.from_slot(tracker.get_slot("form"))
        if state is None or not state.values or JOURNEYS[state.journey].changed_by is not None:
            dispatcher.utter_message(response="utter_nothing_open")
            return []
        # Whoever told everything in one message was asked nothing.
        return reopen(state.without_last() if state.answered else state.without(list(state.values)[-1]))


def likeliest(tracker: Tracker, facts: Mapping[str, Fact], known: Mapping[str, str]) -> Journey | None:
    """The journey that `facts` tell most of, together with what is `known` already; None where it is too little."""
    intents = utterance_of(tracker).intent.ranking

    def told(journey: Journey) -> tuple[int, float, int]:
        """How much is told of it, how much the words sound like asking for it, and how little else it is about."""
        new = set(facts) & set(journey.slots)
        count = len(new | (set(known) & set(journey.slots))) if new else 0
        return count, intents.get(journey.name, 0.0), -len(journey.clauses)

    likeliest = max((journey for journey in JOURNEYS.values() if journey.begun_by_facts), key=told)
    return likeliest if told(likeliest)[0] >= _FACTS_FOR_A_JOURNEY else None


def may_not(tracker: Tracker, journey: Journey) -> bool:
    """Whether `journey` is about somebody's records, and nobody can tell who asks."""
    return journey.personal and not is_identified(tracker)


def refuse(dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
    dispatcher.utter_message(response="utter_not_known_here")
    return []


def reopen(state: FormState) -> list[dict[str, Any]]:
    """Opens a finished journey anew; of a registration, the change of it."""
    change = JOURNEYS[state.journey].changed_by
    if change is not None:
        # The telephone that is registered is asked for anew: whoever changes something has to know it.
        known = {slot: value for slot, value in state.values.items() if slot != "phone"}
        state = FormState(change, known, id=token_hex(16))
    return [SlotSet("form", replace(state, done=False).to_slot()), ActiveLoop(_FORM)]


def begin(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    journey: Journey,
    facts: Mapping[str, Fact],
    asked_for: bool = False,
) -> list[dict[str, Any]]:
    """Opens `journey` with `facts`, unless it is about records and nobody can tell who asks; what was open is put
    aside. `asked_for`: whether it was asked for, and not only told something that it takes."""
    if may_not(tracker, journey):
        return refuse(dispatcher)
    events = []
    before = FormState.from_slot(tracker.get_slot("form"))
    state = FormState(journey.name, id=token_hex(16))
    if before is not None and before.journey != journey.name:
        if not before.done:
            events.append(SlotSet("paused", with_left(tracker, before)))
        # An employer who has just worked out the quota is not asked for the same numbers again. Who asks what fits
        # may ask for somebody else.
        are_sums = journey.is_sum and JOURNEYS[before.journey].is_sum
        shared = set(journey.slots) - set(facts) if are_sums else set()
        kept = {slot: value for slot, value in before.values.items() if slot in shared}
        if kept:
            said = LIST.join(echo_phrase(value, slot) for slot, value in kept.items())
            dispatcher.utter_message(response="utter_taken_over", said=said, json_message=waiting(None).to_json())
        state = replace(state, values=kept)
    stated = [slot for slot in journey.slots if slot in facts and slot != "asker"]
    if journey.lists_measures and (len(stated) >= _FACTS_FOR_A_JOURNEY or not asked_for):
        # Whoever has told all this, or asked for no questions, is shown what fits; a further fact finds more.
        state = replace(state, skipped=journey.slots)
    return [*events, SlotSet("form", state.to_slot()), ActiveLoop(_FORM)]
