"""The form: reads each message while a journey is open, and either takes it, obeys it, or lets it be answered first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions import form_stop
from actions.form_begin import begin
from actions.form_consent import about_consent
from actions.form_leave import leave, said_since
from actions.form_moves import MOVES, Events, ask_again, ask_what_is_right, go_on, save_form, take_back
from actions.form_questions import echo, tell_problem, waiting
from actions.resources import resources
from actions.utterances import utterance_of
from actions.what_ifs import tell_about_result
from dialogue.journey import Journey
from dialogue.journeys.catalogue import JOURNEYS
from dialogue.journeys.records import named_field
from dialogue.journeys.register import CONFIRM, CONSENTS, REGISTER
from dialogue.journeys.register_taking import denied, with_registration_rules
from dialogue.journeys.register_withdraw import asks_whether_it_could, takes_back
from dialogue.next_move import Move, command_beside, command_in, is_answered, may_correct, next_move
from dialogue.read_facts import facts_for_form
from dialogue.shorthand import named_sum
from dialogue.state import FormState
from dialogue.take_facts import take
from dialogue.utterance import Utterance
from knowledge.facts.annotated_examples import slots
from knowledge.facts.fact_reader import Fact

_LISTEN = "action_listen"
_YES_OR_NO = ("is", "agrees", "wants")
_A_NAME_ALONE = 6
"""Characters of what hardly more than names a field."""


class ActionForm(Action):
    """The loop that stays active from a journey's first question to its result."""

    def name(self) -> str:
        return "action_form"

    # One way of dealing with a message after the other, in the order in which they go before each other.
    def run(  # noqa: C901
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Deals with a message, or asks again after another action has dealt with it.

        Rejects itself for what is no answer: Rasa then runs the rule of its intent, and this action once more.
        """
        state = FormState.from_slot(tracker.get_slot("form"))
        if state is None or state.done:
            return self._after_a_result(dispatcher, tracker, state)
        journey = JOURNEYS[state.journey]
        said = utterance_of(tracker)
        intent = _intent(said, state)
        if tracker.latest_action_name != _LISTEN:
            danger = intent == "crisis"
            return leave(tracker, state) if danger else _take_beside(dispatcher, tracker, state, journey, said)
        if intent == "crisis":
            raise ActionExecutionRejection(self.name())
        facts = facts_for_form(state, said, said.is_correction)
        if (other := _other_sum(journey, said)) is not None:
            return _begin_other(dispatcher, tracker, other, facts)
        leaves = said.says(_YES_OR_NO) if state.leaving and intent != state.journey else None
        if leaves is not None:
            then = form_stop.leave_form if leaves else ask_again
            return then(dispatcher, tracker, replace(state, leaving=False), journey)
        command = command_in(said, state.asking, facts)
        if (
            state.asking in CONSENTS
            and (found := about_consent(dispatcher, tracker, state, command, intent)) is not None
        ):
            return (
                form_stop.leave_form(dispatcher, tracker, state, journey) if found.leaves else [save_form(found.state)]
            )
        if asks_whether_it_could(state, said, intent):
            dispatcher.utter_message(response="utter_consent_undo", json_message=waiting(state.asking).to_json())
            return ask_again(dispatcher, tracker, state, journey)
        if takes_back(state, said, intent) and not is_answered(state.asking, facts):
            return take_back(dispatcher, tracker, state, journey)
        aside = command_beside(said, facts) if command is None else None
        move = next_move(state, said, intent, facts, journey.slots, command, aside)
        state = replace(state, leaving=False)
        if move is Move.ANSWER_FIRST or (move is Move.TAKE and _leaves_waiting(state, journey, facts)):
            raise ActionExecutionRejection(self.name())
        if move is Move.TAKE:
            return _take(dispatcher, tracker, state, journey, facts)
        return MOVES[move](dispatcher, tracker, state, journey)

    def _after_a_result(self, dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState | None) -> Events:
        """Answers what is about the result; rejects itself for anything else, so that the rule of its intent runs."""
        if tracker.latest_action_name != _LISTEN:
            return [FollowupAction(_LISTEN)]
        about = tell_about_result(dispatcher, tracker, state) if state is not None else None
        if about is None:
            raise ActionExecutionRejection(self.name())
        return about


def _intent(said: Utterance, state: FormState) -> str:
    names_field = len(said.normal) <= _A_NAME_ALONE and named_field(said.normal) is not None
    if state.asking == CONFIRM and names_field and not said.is_question:
        return "correct"  # 电话, after 哪一项不对
    # 名字错了 is short, and may look like anything.
    takes_back = said.is_correction and not said.is_question and said.plain_answer is None
    return "correct" if takes_back and may_correct(said.intent.name) else said.intent.name


def _leaves_waiting(state: FormState, journey: Journey, facts: Mapping[str, Fact]) -> bool:
    """Whether the form waits in silence, and `facts` tell it nothing new."""
    return state.waits and not take(state, journey, facts, resources().today()).new


def _other_sum(journey: Journey, said: Utterance) -> Journey | None:
    """The other calculator that a line of numbers names while `journey` is open: 超比例 240人 6人 1850."""
    name = named_sum(said.normal) if said.shorthand else None
    return JOURNEYS[name] if name not in {None, journey.name} else None


def _begin_other(
    dispatcher: CollectingDispatcher, tracker: Tracker, other: Journey, facts: Mapping[str, Fact]
) -> Events:
    """Puts the open form aside for `other`, of which `facts` were told."""
    begun = begin(dispatcher, tracker, other, facts)
    opened = FormState.from_slot(next(event["value"] for event in begun if event.get("name") == "form"))
    assert opened is not None
    return [*begun, *_take(dispatcher, tracker, opened, other, facts)]


def _take_beside(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey, said: Utterance
) -> Events:
    """Takes what was stated in a message that another action has dealt with; a question that may wait is put again
    only once."""
    # With nothing asked yet, the journey has just been begun by a question that is all its own.
    read = said if state.asking is None else said.stated
    facts = facts_for_form(state, read, said.is_correction)
    # What interrupts the question is not the person's own words in answer to it.
    beside = {
        slot: fact
        for slot, fact in facts.items()
        if slot != state.asking or (slots()[slot].kind != "words" and slot not in CONSENTS)
    }
    if journey.may_wait and state.asking is not None:
        state = replace(state, passed_over=state.passed_over + 1)
        if _leaves_waiting(state, journey, beside):
            return [save_form(state)]
    return _take(dispatcher, tracker, state, journey, beside)


def _take(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    state: FormState,
    journey: Journey,
    facts: Mapping[str, Fact],
) -> Events:
    """Takes what was stated, as an answer or along the way, and goes on with the next question or the result."""
    said, today = utterance_of(tracker), resources().today()
    taken = take(state, journey, facts, today)
    if said.is_correction and state.values and not taken.new and taken.problem is None:
        return ask_what_is_right(dispatcher, tracker, state, journey)
    earlier = map(said.reading_of, said_since(tracker, REGISTER.name))
    taken = with_registration_rules(state, taken, earlier, today)
    echo(dispatcher, taken, state.asking, said)
    if denied(state, taken):
        dispatcher.utter_message(response="utter_what_is_wrong", json_message=waiting(CONFIRM).to_json())
        return [save_form(replace(taken.state, asking=CONFIRM, refused={CONFIRM: "no"}))]
    if taken.changed:
        # What fits somebody else than we thought is named in full.
        taken = replace(taken, state=replace(taken.state, measures_told=()))
    if taken.problem is not None:
        return [save_form(tell_problem(dispatcher, taken.problem, taken.state))]
    return go_on(dispatcher, tracker, taken.state, journey)
