"""Begins a journey, takes one up again, or works a finished one out anew."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_question
from actions.forms.asking import waiting
from actions.forms.journeys import JOURNEYS, Journey
from actions.forms.leaving import with_left
from actions.forms.shown import told
from actions.forms.state import FormState
from actions.persons import count_failures
from actions.resources import resources
from actions.telling import tell_answer
from knowledge.answers import Outcome
from knowledge.facts.corrections import is_correction
from knowledge.facts.questions import is_question
from knowledge.facts.reading import Fact
from knowledge.writing import LIST

_FORM = "action_form"
_FACTS_FOR_A_JOURNEY = 2
"""Facts of one journey that, said without a question, are taken as a wish to have it worked out."""


class ActionBegin(Action):
    """A journey's own intent."""

    def name(self) -> str:
        return "action_begin"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Opens the journey that the message asks for; what was open is put aside.

        A question that cannot be worked out at once is first answered from the documents. One that they do not cover,
        and that tells nothing to work with, opens no journey.
        """
        text = str(tracker.latest_message.get("text") or "")
        journey = JOURNEYS[str(tracker.get_intent_of_latest_message())]
        facts = _facts(text, None)
        stated = {slot: fact.value for slot, fact in facts.items() if fact.value is not None}
        events: list[dict[str, Any]] = []
        complete = journey.next_slot(stated, (), resources().today()) is None
        if journey.work_out is not None and not complete and is_question(text):
            answer = resources().knowledge.answerer.answer(text, resources().today())
            if answer.outcome is Outcome.NOT_COVERED and not set(facts) & set(journey.slots):
                return answer_question(dispatcher, tracker, text)
            if answer.outcome is Outcome.ANSWERED:
                events = tell_answer(dispatcher, tracker, answer, brief=True)
        return [*events, *_begin(dispatcher, tracker, journey, facts)]


class ActionResume(Action):
    """继续"""

    def name(self) -> str:
        return "action_resume"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Takes up the form that was left last."""
        paused = list(tracker.get_slot("paused") or ())
        if not paused:
            dispatcher.utter_message(response="utter_nothing_open")
            return []
        state = paused.pop()
        dispatcher.utter_message(response=f"utter_resumed_{state['journey']}")
        # Asked anew, so nobody needs to be reminded of how long ago it was.
        return [SlotSet("form", {**state, "asking": None}), SlotSet("paused", paused), ActiveLoop(_FORM)]


class ActionState(Action):
    """Something stated with no question open: 说错了，是三百人; 我是盲人，农村的，想学按摩."""

    def name(self) -> str:
        return "action_state"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Works the last result out again with it, else begins the journey it tells most of, else looks it up.

        Whoever asks something beside it is answered.
        """
        text = str(tracker.latest_message.get("text") or "")
        if is_question(text):
            answer = resources().knowledge.answerer.answer(text, resources().today())
            if answer.outcome is Outcome.ANSWERED:
                return [*tell_answer(dispatcher, tracker, answer), *count_failures(dispatcher, tracker, failed=False)]
        state = FormState.from_slot(tracker.get_slot("form"))
        facts = _facts(text, state.answers(is_correction(text)) if state else None)
        if state is not None and state.done and set(facts) & set(JOURNEYS[state.journey].slots):
            return _reopen(state)
        facts = _facts(text, None)
        journey = _likeliest(tracker, facts, state.values if state else {})
        if journey is not None:
            return _begin(dispatcher, tracker, journey, facts)
        if state is not None and state.done and is_correction(text):
            return _reopen(state.without_last())
        return answer_question(dispatcher, tracker, text)


class ActionGoBack(Action):
    """返回, after a result."""

    def name(self) -> str:
        return "action_go_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Asks the last question of a finished journey again."""
        state = FormState.from_slot(tracker.get_slot("form"))
        if state is None or not state.answered:
            dispatcher.utter_message(response="utter_nothing_open")
            return []
        return _reopen(state.without_last())


def _facts(text: str, asked: str | None) -> Mapping[str, Fact]:
    return resources().facts.read(text, resources().today(), asked)


def _likeliest(tracker: Tracker, facts: Mapping[str, Fact], known: Mapping[str, str]) -> Journey | None:
    """The journey that `facts` tell most of, together with what is `known` already; None where it is too little."""
    intents = {each["name"]: each["confidence"] for each in tracker.latest_message.get("intent_ranking") or ()}

    def told(journey: Journey) -> tuple[int, float]:
        """How much is told of it, and how much the words sound like asking for it."""
        new = set(facts) & set(journey.slots)
        return len(new | (set(known) & set(journey.slots))) if new else 0, intents.get(journey.name, 0.0)

    likeliest = max(JOURNEYS.values(), key=told)
    return likeliest if told(likeliest)[0] >= _FACTS_FOR_A_JOURNEY else None


def _reopen(state: FormState) -> list[dict[str, Any]]:
    return [SlotSet("form", replace(state, done=False).to_slot()), ActiveLoop(_FORM)]


def _begin(
    dispatcher: CollectingDispatcher, tracker: Tracker, journey: Journey, facts: Mapping[str, Fact]
) -> list[dict[str, Any]]:
    events = []
    before = FormState.from_slot(tracker.get_slot("form"))
    state = FormState(journey.name)
    if before is not None and before.journey != journey.name:
        if not before.done:
            events.append(SlotSet("paused", with_left(tracker, before)))
        # An employer who has just worked out the quota is not asked for the same numbers again. Who asks what fits
        # may ask for somebody else.
        shared = set(journey.slots) - set(facts) if journey.work_out and JOURNEYS[before.journey].work_out else set()
        kept = {slot: value for slot, value in before.values.items() if slot in shared}
        if kept:
            said = LIST.join(told(value, slot) for slot, value in kept.items())
            dispatcher.utter_message(response="utter_taken_over", said=said, json_message=waiting(None))
        state = replace(state, values=kept)
    stated = [slot for slot in journey.slots if slot in facts and slot != "asker"]
    if journey.work_out is None and len(stated) >= _FACTS_FOR_A_JOURNEY:
        # Whoever has told all this is shown what fits, and not asked for the rest; a further fact finds more.
        state = replace(state, skipped=journey.slots)
    return [*events, SlotSet("form", state.to_slot()), ActiveLoop(_FORM)]
