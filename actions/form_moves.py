"""What a form does with a message that is no answer, and what comes after one: the next question, or the end."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import form_stop
from actions.commands import say_again
from actions.form_questions import LEADS, ask, waiting
from actions.form_results import tell_measures, tell_result
from actions.registration_actions import finish, forgets_talk
from actions.resources import resources
from actions.utterances import utterance_of
from dialogue.journey import Journey, Kind
from dialogue.journeys.records import named_field
from dialogue.journeys.register import CONFIRM, CONSENTS
from dialogue.journeys.register_withdraw import without_what_is_taken_back
from dialogue.next_move import Move
from dialogue.read_facts import places_in
from dialogue.state import FormState
from knowledge.facts.annotated_examples import slots
from knowledge.language.writing import LIST
from registry.values.fields import SENSITIVE

Events = list[dict[str, Any]]
_LISTEN = "action_listen"


def go_on(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    """The next question, else the result."""
    if state.waits and journey.lists_measures:
        # Nobody answers these questions; what is known by now is enough to say what fits.
        state = replace(state, skipped=journey.slots)
    slot = journey.next_slot(state.values, state.skipped, resources().today())
    if slot is not None:
        if slot != state.asking:
            state = replace(state, tries=0)
        return [save_form(ask(dispatcher, state, slot))]
    return _ENDS[journey.kind](dispatcher, tracker, state, journey)


def _finish_sum(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    """The sum, after which the form listens on for what-ifs (actions/what_ifs.py)."""
    result = journey.work_out(state.values, resources().today())
    events = tell_result(dispatcher, tracker, state, result)
    return [*_finished(dispatcher, tracker, state, events), FollowupAction(_LISTEN)]


def _finish_measures(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    fitting, events = tell_measures(dispatcher, tracker, state)
    events = _finished(dispatcher, tracker, replace(state, measures_told=fitting), events)
    return [*events, ActiveLoop(None), FollowupAction(_LISTEN)]


def _finished(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, events: Events) -> Events:
    """`events`, which told what came of it, and what they leave: the form done, and what was left before it."""
    if tracker.get_slot("paused"):
        left = FormState.from_slot(tracker.get_slot("paused")[-1])
        assert left is not None
        dispatcher.utter_message(response=f"utter_left_open_{left.journey}")
    return [*events, save_form(state.finished())]


def _finish_record(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    events, left = finish(dispatcher, tracker, replace(state, asking=None))
    if left is not None and not left.done:
        slot = journey.next_slot(left.values, left.skipped, resources().today())
        assert slot is not None
        return [*events, save_form(ask(dispatcher, left, slot))]
    form = SlotSet("form", left.to_slot() if left else None)
    return [*events, form, ActiveLoop(None), FollowupAction(_LISTEN)]


_Do = Callable[[CollectingDispatcher, Tracker, FormState, Journey], Events]
_ENDS: dict[Kind, _Do] = {Kind.SUM: _finish_sum, Kind.MEASURES: _finish_measures, Kind.RECORD: _finish_record}


def take_back(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    text = utterance_of(tracker).normal
    field = named_field(text)
    if field in state.values and field not in SENSITIVE:
        # Whoever wants one thing gone does not lose all.
        return _ask_anew(dispatcher, state, str(field))
    left = without_what_is_taken_back(state, text)
    if left is None:
        dispatcher.utter_message(response="utter_taken_back", json_message=forgets_talk().to_json())
        return [SlotSet("form", None), ActiveLoop(None), FollowupAction(_LISTEN)]
    dispatcher.utter_message(response="utter_disability_taken_back", json_message=LEADS.to_json())
    return go_on(dispatcher, tracker, left, journey)


def _misfit(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    state = replace(state, tries=state.tries + 1)
    named = [] if journey.personal else places_in(utterance_of(tracker))
    response = "utter_form_heard_place" if named else "utter_form_not_understood"
    dispatcher.utter_message(response=response, json_message=waiting(state.asking).to_json(), place=LIST.join(named))
    return go_on(dispatcher, tracker, state, journey)


def _silence(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    dispatcher.utter_message(response="utter_form_no_answer", json_message=waiting(state.asking).to_json())
    return go_on(dispatcher, tracker, replace(state, tries=state.tries + 1), journey)


def _dont_know(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    if state.asking in journey.may_skip:
        return _skip(dispatcher, tracker, state, journey)
    dispatcher.utter_message(response=f"utter_why_{state.asking}", json_message=waiting(state.asking).to_json())
    return go_on(dispatcher, tracker, replace(state, tries=state.tries + 1), journey)


def _skip(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    slot = state.asking
    if slot == CONSENTS[1]:
        # Whoever does not want to speak of it has not agreed to it.
        return go_on(dispatcher, tracker, state.with_value(slot, "no"), journey)
    if slot is None or slot not in journey.may_skip:
        kind = "_record" if journey.personal else ""
        dispatcher.utter_message(response=f"utter_form_required{kind}", json_message=waiting(slot).to_json())
        dispatcher.utter_message(response=f"utter_why_{slot}")
        return go_on(dispatcher, tracker, state, journey)
    dispatcher.utter_message(response="utter_form_skipped", json_message=LEADS.to_json())
    return go_on(dispatcher, tracker, replace(state, skipped=(*state.skipped, slot), tries=0), journey)


def _go_back(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    if journey.goes_back_in_order:
        asked = journey.needs(state.values, resources().today())
        earlier = asked[: asked.index(state.asking)] if state.asking in asked else asked
        before = [slot for slot in earlier if slot in state.skipped or slot in state.answered]
        if before:
            return _ask_anew(dispatcher, state, before[-1])
    if state.skipped and not state.answered:
        return go_on(dispatcher, tracker, replace(state, skipped=state.skipped[:-1], tries=0), journey)
    if not state.answered:
        dispatcher.utter_message(response="utter_form_first", json_message=waiting(state.asking).to_json())
        return go_on(dispatcher, tracker, state, journey)
    return _ask_anew(dispatcher, state, state.answered[-1])


def ask_what_is_right(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    """说错了, without saying what is right: the slot that is named, else the last one answered, is asked for again."""
    text = utterance_of(tracker).normal
    named = [slot for slot in state.values if slots()[slot].is_named_in(text)]
    if journey.named_field is not None and (field := journey.named_field(text)):
        named = [field]
    if state.asking == CONFIRM and not named:
        dispatcher.utter_message(response="utter_what_is_wrong", json_message=waiting(CONFIRM).to_json())
        return [save_form(replace(state, refused={**state.refused, CONFIRM: "no"}))]
    again = named or list(state.answered[-1:])
    if not again:
        return go_on(dispatcher, tracker, state, journey)
    return _ask_anew(dispatcher, state, again[-1])


def _ask_anew(dispatcher: CollectingDispatcher, state: FormState, slot: str) -> Events:
    dispatcher.utter_message(
        response="utter_form_again", json_message=waiting(slot).to_json(), title=slots()[slot].title
    )
    return [save_form(ask(dispatcher, replace(state.without(slot), tries=0), slot))]


def _repeat(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    say_again(dispatcher, tracker)
    return [save_form(replace(state, asked_at=resources().now().timestamp()))]


def _easier(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    assert state.asking is not None
    return [SlotSet("easy", True), save_form(ask(dispatcher, state, state.asking, other_wording=True))]


def _detail(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    dispatcher.utter_message(response=f"utter_why_{state.asking}", json_message=waiting(state.asking).to_json())
    return go_on(dispatcher, tracker, state, journey)


def _help(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    dispatcher.utter_message(response="utter_form_help", json_message=waiting(state.asking).to_json())
    return go_on(dispatcher, tracker, state, journey)


def ask_again(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    return go_on(dispatcher, tracker, replace(state, passed_over=0), journey)


def _person(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey) -> Events:
    return [FollowupAction("action_human")]


def save_form(state: FormState) -> dict[str, Any]:
    event: dict[str, Any] = SlotSet("form", state.to_slot())
    return event


MOVES: dict[Move, _Do] = {
    Move.MISFIT: _misfit,
    Move.SILENCE: _silence,
    Move.DONT_KNOW: _dont_know,
    Move.SKIP: _skip,
    Move.GO_BACK: _go_back,
    Move.CORRECT: ask_what_is_right,
    Move.REPEAT: _repeat,
    Move.EASIER: _easier,
    Move.DETAIL: _detail,
    Move.HELP: _help,
    Move.ASK_AGAIN: ask_again,
    Move.LEAVE: form_stop.leave_form,
    Move.ASK_BEFORE_LEAVING: form_stop.ask_before_leaving,
    Move.BE_QUIET: form_stop.be_quiet,
    Move.SLOWER: form_stop.speak_slower,
    Move.FASTER: form_stop.speak_faster,
    Move.START_OVER: form_stop.start_over,
    Move.PERSON: _person,
}
