"""The form: reads each message while a journey is open, and either takes it, obeys it, or lets it be answered first."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions import form_stop
from actions.commands import say_again
from actions.form_consent import about_consent
from actions.form_leave import leave, said_since
from actions.form_questions import LEADS, ask, echo, tell_problem, waiting
from actions.form_results import tell_measures, tell_result
from actions.registration_actions import finish, forgets_talk
from actions.resources import resources
from dialogue.journey import Journey, Kind
from dialogue.journeys.catalogue import JOURNEYS
from dialogue.journeys.my_data import named_field
from dialogue.journeys.register import CONFIRM, CONSENTS, REGISTER
from dialogue.journeys.register_taking import denied, with_registration_rules
from dialogue.journeys.register_withdraw import asks_whether_it_could, takes_back, without_what_is_taken_back
from dialogue.next_move import Move, command_beside, is_answered, may_correct, next_move, told_command
from dialogue.read_facts import facts_for_form
from dialogue.state import FormState
from dialogue.take_facts import take
from knowledge.facts.annotated import slots
from knowledge.facts.corrections import is_correction
from knowledge.facts.plain_answers import plain_answer
from knowledge.facts.questions import is_question, stated_part
from knowledge.facts.reading import Fact
from knowledge.language.writing import normalised
from registry.values.fields import SENSITIVE

Events = list[dict[str, Any]]
_LISTEN = "action_listen"
_YES_OR_NO = ("is", "agrees", "wants")
_A_NAME_ALONE = 6
"""Characters of what hardly more than names a field."""


class ActionForm(Action):
    """The loop that stays active from a journey's first question to its result."""

    def name(self) -> str:
        return "action_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Deals with a message, or asks again after another action has dealt with it.

        Rejects itself for what is no answer: Rasa then runs the rule of its intent, and this action once more.
        """
        state = FormState.from_slot(tracker.get_slot("form"))
        if state is None or state.done:
            return [ActiveLoop(None), FollowupAction(_LISTEN)]
        journey = JOURNEYS[state.journey]
        text = str(tracker.latest_message.get("text") or "")
        intent = _intent(tracker, text, state)
        if tracker.latest_action_name != _LISTEN:
            if intent == "crisis":
                return leave(tracker, state)
            # With nothing asked yet, the journey has just been begun by a question that is all its own.
            read = text if state.asking is None else stated_part(text)
            facts = facts_for_form(state, read, is_correction(text), resources().readers())
            # What interrupts the question is not the person's own words in answer to it.
            beside = {
                slot: fact
                for slot, fact in facts.items()
                if slot != state.asking or (slots()[slot].kind != "words" and slot not in CONSENTS)
            }
            return _take(dispatcher, tracker, state, journey, beside)
        if intent == "crisis":
            raise ActionExecutionRejection(self.name())
        facts = facts_for_form(state, text, is_correction(text), resources().readers())
        if state.leaving and intent != state.journey:
            says = plain_answer(text, _YES_OR_NO)
            if says is not None:
                then = form_stop.leave_form if says else _ask_again
                return then(dispatcher, tracker, replace(state, leaving=False), journey)
        command = told_command(resources().commands, normalised(text), state.asking, facts)
        if (
            state.asking in CONSENTS
            and (found := about_consent(dispatcher, tracker, state, command, intent)) is not None
        ):
            return form_stop.leave_form(dispatcher, tracker, state, journey) if found.leaves else [_kept(found.state)]
        confidence = float(tracker.latest_message.get("intent", {}).get("confidence") or 0.0)
        if asks_whether_it_could(state, intent, text):
            dispatcher.utter_message(response="utter_consent_undo", json_message=waiting(state.asking))
            return _ask_again(dispatcher, tracker, state, journey)
        if takes_back(state, intent, confidence, text) and not is_answered(state.asking, facts):
            return _take_back(dispatcher, tracker, state, journey)
        aside = command_beside(resources().commands, normalised(text), facts) if command is None else None
        move = next_move(state, intent, confidence, facts, journey.slots, text, command, aside)
        state = replace(state, leaving=False)
        if move is Move.ANSWER_FIRST:
            raise ActionExecutionRejection(self.name())
        if move is Move.TAKE:
            return _take(dispatcher, tracker, state, journey, facts)
        return _MOVES[move](dispatcher, tracker, state, journey)


def _intent(tracker: Tracker, text: str, state: FormState) -> str:
    intent = str(tracker.get_intent_of_latest_message())
    if state.asking == CONFIRM and len(text) <= _A_NAME_ALONE and named_field(text) and not is_question(text):
        return "correct"  # 电话, after 哪一项不对
    # 名字错了 is short, and may look like anything.
    takes_back = is_correction(text) and not is_question(text) and plain_answer(text) is None
    return "correct" if takes_back and may_correct(intent) else intent


def _take(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    state: FormState,
    journey: Journey,
    facts: Mapping[str, Fact],
) -> Events:
    """Takes what was stated, as an answer or along the way, and goes on with the next question or the result."""
    text = str(tracker.latest_message.get("text") or "")
    taken = take(state, journey, facts, resources().today())
    if is_correction(text) and state.values and not taken.new and taken.problem is None:
        return _correct(dispatcher, tracker, state, journey)
    taken = with_registration_rules(state, taken, said_since(tracker, REGISTER.name), resources().readers())
    echo(dispatcher, taken, state.asking, text)
    if denied(state, taken):
        dispatcher.utter_message(response="utter_what_is_wrong", json_message=waiting(CONFIRM))
        return [_kept(replace(taken.state, asking=CONFIRM, refused={CONFIRM: "no"}))]
    if taken.problem is not None:
        return [_kept(tell_problem(dispatcher, taken.problem, taken.state))]
    return _next(dispatcher, tracker, taken.state, journey)


def _next(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    """The next question, else the result."""
    slot = journey.next_slot(state.values, state.skipped, resources().today())
    if slot is not None:
        if slot != state.asking:
            state = replace(state, tries=0)
        return [_kept(ask(dispatcher, state, slot))]
    if journey.kind is Kind.RECORD:
        return _finish_record(dispatcher, tracker, state, journey)
    if journey.kind is Kind.MEASURES:
        events = tell_measures(dispatcher, tracker, state)
    else:
        events = tell_result(dispatcher, tracker, state, journey.work_out(state.values, resources().today()))
    if tracker.get_slot("paused"):
        left = FormState.from_slot(tracker.get_slot("paused")[-1])
        assert left is not None
        dispatcher.utter_message(response=f"utter_left_open_{left.journey}")
    done = replace(state, done=True, asking=None, tries=0)
    return [*events, _kept(done), ActiveLoop(None), FollowupAction(_LISTEN)]


def _finish_record(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    events, kept = finish(dispatcher, tracker, replace(state, asking=None))
    if kept is not None and not kept.done:
        slot = journey.next_slot(kept.values, kept.skipped, resources().today())
        assert slot is not None
        return [*events, _kept(ask(dispatcher, kept, slot))]
    form = SlotSet("form", kept.to_slot() if kept else None)
    return [*events, form, ActiveLoop(None), FollowupAction(_LISTEN)]


def _take_back(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    text = str(tracker.latest_message.get("text") or "")
    field = named_field(text)
    if field in state.values and field not in SENSITIVE:
        # Whoever wants one thing gone does not lose all.
        return _ask_anew(dispatcher, state, str(field))
    left = without_what_is_taken_back(state, text)
    if left is None:
        dispatcher.utter_message(response="utter_taken_back", json_message=forgets_talk())
        return [SlotSet("form", None), ActiveLoop(None), FollowupAction(_LISTEN)]
    dispatcher.utter_message(response="utter_disability_taken_back", json_message=LEADS)
    return _next(dispatcher, tracker, left, journey)


def _misfit(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    state = replace(state, tries=state.tries + 1)
    dispatcher.utter_message(response="utter_form_not_understood", json_message=waiting(state.asking))
    return _next(dispatcher, tracker, state, journey)


def _silence(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    dispatcher.utter_message(response="utter_form_no_answer", json_message=waiting(state.asking))
    return _next(dispatcher, tracker, replace(state, tries=state.tries + 1), journey)


def _dont_know(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    if state.asking in journey.may_skip:
        return _skip(dispatcher, tracker, state, journey)
    dispatcher.utter_message(response=f"utter_why_{state.asking}", json_message=waiting(state.asking))
    return _next(dispatcher, tracker, replace(state, tries=state.tries + 1), journey)


def _skip(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    slot = state.asking
    if slot == CONSENTS[1]:
        # Whoever does not want to speak of it has not agreed to it.
        return _next(dispatcher, tracker, state.with_value(slot, "no"), journey)
    if slot is None or slot not in journey.may_skip:
        kind = "_record" if journey.kind is Kind.RECORD else ""
        dispatcher.utter_message(response=f"utter_form_required{kind}", json_message=waiting(slot))
        dispatcher.utter_message(response=f"utter_why_{slot}")
        return _next(dispatcher, tracker, state, journey)
    dispatcher.utter_message(response="utter_form_skipped", json_message=LEADS)
    return _next(dispatcher, tracker, replace(state, skipped=(*state.skipped, slot), tries=0), journey)


def _go_back(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    if journey.kind is Kind.RECORD:
        asked = journey.needs(state.values, resources().today())
        earlier = asked[: asked.index(state.asking)] if state.asking in asked else asked
        before = [slot for slot in earlier if slot in state.skipped or slot in state.answered]
        if before:
            return _ask_anew(dispatcher, state, before[-1])
    if state.skipped and not state.answered:
        return _next(dispatcher, tracker, replace(state, skipped=state.skipped[:-1], tries=0), journey)
    if not state.answered:
        dispatcher.utter_message(response="utter_form_first", json_message=waiting(state.asking))
        return _next(dispatcher, tracker, state, journey)
    return _ask_anew(dispatcher, state, state.answered[-1])


def _correct(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    """说错了, without saying what is right: the slot that is named, else the last one answered, is asked for again."""
    text = str(tracker.latest_message.get("text") or "")
    named = [slot for slot in state.values if slots()[slot].is_named_in(text)]
    if journey.kind is Kind.RECORD and (field := named_field(text)):
        named = [field]
    if state.asking == CONFIRM and not named:
        dispatcher.utter_message(response="utter_what_is_wrong", json_message=waiting(CONFIRM))
        return [_kept(replace(state, refused={**state.refused, CONFIRM: "no"}))]
    again = named or list(state.answered[-1:])
    if not again:
        return _next(dispatcher, tracker, state, journey)
    return _ask_anew(dispatcher, state, again[-1])


def _ask_anew(dispatcher: CollectingDispatcher, state: FormState, slot: str) -> Events:
    dispatcher.utter_message(response="utter_form_again", json_message=waiting(slot), title=slots()[slot].title)
    return [_kept(ask(dispatcher, replace(state.without(slot), tries=0), slot))]


def _repeat(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    say_again(dispatcher, tracker)
    return [_kept(replace(state, asked_at=resources().now().timestamp()))]


def _easier(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    assert state.asking is not None
    return [SlotSet("easy", True), _kept(ask(dispatcher, state, state.asking, other_wording=True))]


def _detail(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    dispatcher.utter_message(response=f"utter_why_{state.asking}", json_message=waiting(state.asking))
    return _next(dispatcher, tracker, state, journey)


def _help(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    dispatcher.utter_message(response="utter_form_help", json_message=waiting(state.asking))
    return _next(dispatcher, tracker, state, journey)


def _ask_again(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    return _next(dispatcher, tracker, state, journey)


def _person(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    return [FollowupAction("action_human")]


def _kept(state: FormState) -> dict[str, Any]:
    return SlotSet("form", state.to_slot())


_MOVES: dict[Move, Callable[[CollectingDispatcher, Tracker, FormState, Journey], Events]] = {
    Move.MISFIT: _misfit,
    Move.SILENCE: _silence,
    Move.DONT_KNOW: _dont_know,
    Move.SKIP: _skip,
    Move.GO_BACK: _go_back,
    Move.CORRECT: _correct,
    Move.REPEAT: _repeat,
    Move.EASIER: _easier,
    Move.DETAIL: _detail,
    Move.HELP: _help,
    Move.ASK_AGAIN: _ask_again,
    Move.LEAVE: form_stop.leave_form,
    Move.ASK_BEFORE_LEAVING: form_stop.ask_before_leaving,
    Move.BE_QUIET: form_stop.be_quiet,
    Move.SLOWER: form_stop.speak_slower,
    Move.FASTER: form_stop.speak_faster,
    Move.START_OVER: form_stop.start_over,
    Move.PERSON: _person,
}
