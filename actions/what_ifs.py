"""What is asked of a sum that was just told: what it would be otherwise, how it came about, what an earlier one was."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.form_moves import Events, go_on, save_form
from actions.form_questions import LEADS, tell_problem
from actions.form_results import tell_steps
from actions.resources import resources
from actions.telling import ANSWERED, citing, clause_of
from actions.utterances import utterance_of
from dialogue.check_value import check
from dialogue.display import display_change, echo_phrase, format_number_or_date
from dialogue.journey import Journey, Values
from dialogue.journeys.catalogue import JOURNEYS
from dialogue.read_facts import facts_in
from dialogue.result_questions import OF_EACH_SUM, figures, read_result_question, recalled
from dialogue.shorthand import named_sum
from dialogue.state import FormState
from dialogue.supposed import Told, Unclear, WhatIf, without_stale
from dialogue.take_facts import is_sure
from dialogue.utterance import Utterance
from dialogue.what_if import read_what_if
from dialogue.what_if_words import NAMES
from knowledge.facts.annotated_examples import slots
from knowledge.language.writing import LIST
from knowledge.rules.result import Result

_LISTEN = "action_listen"
COMPARED = ("total", "persons", "missing_to_share", "until", "left")
"""The numbers of results that are told as old and new, the first that both have."""


def tell_about_result(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState) -> Events | None:
    """Answers a message about the sum of the finished form `state`; None where it is about something else."""
    journey = JOURNEYS[state.journey]
    said = utterance_of(tracker)
    # 再说一遍 is no once more of anything.
    if not journey.is_sum or said.command is not None:
        return None
    text = said.normal
    asked = read_result_question(text)
    if asked == "back" and (earlier := recalled(text, state.told)) is not None:
        return go_on(dispatcher, tracker, replace(state, values=earlier, hired_from={}, done=False), journey)
    if asked is not None and (events := _tell_asked(dispatcher, state, journey, asked, text)) is not None:
        return events
    found = _read(state, journey, said)
    if isinstance(found, Unclear):
        return _ask_which(dispatcher, state, found, text)
    return _tell_what_if(dispatcher, tracker, state, journey, found) if found is not None else None


def _read(state: FormState, journey: Journey, said: Utterance) -> WhatIf | Unclear | None:
    text = said.normal
    # What is put right is no what-if, and what names the other calculator begins it.
    if said.is_correction or named_sum(text) not in {None, journey.name}:
        return None
    if state.unclear and any(words.search(text) for words in NAMES.values()) and len(text) <= len(state.unclear):
        said = said.reading_of(text + state.unclear)
    if said.shorthand:
        stated = {slot: fact for slot, fact in facts_in(said).items() if is_sure(slot, fact)}
        return WhatIf({slot: fact for slot, fact in stated.items() if slot in journey.slots}, state.values)
    about = Told(
        journey.slots,
        state.values,
        state.told[:-1],
        state.answered[-1] if state.answered else None,
        state.hired_from,
    )
    return read_what_if(said.normal, about, said.facts(), said.readers.today)


def _tell_what_if(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, journey: Journey, found: WhatIf
) -> Events:
    """Says what changes and from what to what, then the new result; or what about it cannot be."""
    today = resources().today()
    for slot, fact in found.changes.items():
        problem = check(slot, fact, found.values, today)
        if problem is not None and not (problem.confirmable and state.refused.get(slot) == problem.value):
            refused = {**state.refused, slot: problem.value} if problem.value else state.refused
            opened = replace(state, done=False, values=without_stale(state.values, found.changes), refused=refused)
            return [save_form(tell_problem(dispatcher, problem, opened))]
    latest = [slot for slot in found.changes if slot in journey.slots]
    answered = (*(slot for slot in state.answered if slot not in latest), *latest)
    new = replace(
        state,
        values=found.values,
        skipped=tuple(slot for slot in state.skipped if slot not in found.values),
        answered=answered,
        hired_from=found.hired_from,
        unclear="",
        done=False,
    )
    what = LIST.join(
        display_change(found.base.get(slot), found.values[slot], slot)
        for slot in journey.slots
        if slot in found.changes
    )
    complete = journey.next_slot(new.values, new.skipped, today) is None
    before = journey.work_out(found.base, today)
    after = journey.work_out(new.values, today) if complete else None
    name = next((each for each in COMPARED if after and {each} <= set(_numbers(before)) & set(_numbers(after))), None)
    if after is None or name is None:
        dispatcher.utter_message(response="utter_what_if", what=what, json_message=LEADS.to_json())
    else:
        old, newer = (format_number_or_date(_numbers(each)[name]) for each in (before, after))
        response = f"utter_what_if_{name}"
        if old == newer:
            response = "utter_what_if_same" if before.outcome == after.outcome else "utter_what_if"
        dispatcher.utter_message(response=response, what=what, before=old, after=newer, json_message=LEADS.to_json())
    if found.hired_from and "staff" in found.values and "staff" not in found.changes:
        staff = format_number_or_date(Decimal(found.values["staff"]))
        dispatcher.utter_message(response="utter_what_if_staff_stays", staff=staff, json_message=LEADS.to_json())
    return go_on(dispatcher, tracker, new, journey)


def _numbers(result: Result) -> Mapping[str, Any]:
    """What can be compared: no reward at all is one of 0."""
    none = {"total": 0} if result.outcome in {"none", "under_one"} else {}
    return {**none, **result.numbers}


def _ask_which(dispatcher: CollectingDispatcher, state: FormState, found: Unclear, text: str) -> Events:
    """Asks which number is meant, naming both; the answer is the name of one."""
    first, second = (slots()[slot].title for slot in found.slots)
    dispatcher.utter_message(
        response="utter_what_if_which",
        first=first,
        second=second,
        buttons=[{"title": each, "payload": each} for each in (first, second)],
    )
    return [save_form(replace(state, unclear=text)), FollowupAction(_LISTEN)]


def _tell_asked(
    dispatcher: CollectingDispatcher, state: FormState, journey: Journey, asked: str, text: str
) -> Events | None:
    today = resources().today()
    values: Values | None = recalled(text, state.told) if asked == "recalled" else state.values
    if values is None:
        return None
    result = journey.work_out(values, today)
    said = figures(asked, text, values, result)
    if said is None:
        return None
    clauses = [clause for name in result.clauses if (clause := clause_of(name)) is not None]
    shown = {name: format_number_or_date(value) for name, value in said.items()}
    mark = citing(ANSWERED, *clauses).to_json()
    if asked == "recalled":
        what = LIST.join(echo_phrase(values[slot], slot) for slot in journey.slots if slot in values)
        dispatcher.utter_message(response="utter_result_recalled", what=what, json_message=LEADS.to_json())
        dispatcher.utter_message(response=f"utter_{journey.name}_{result.outcome}", json_message=mark, **shown)
    else:
        name = "how" if asked == "why" else asked
        journeys_own = f"_{journey.name}" if name in OF_EACH_SUM else ""
        dispatcher.utter_message(
            response=f"utter_result_{name}{journeys_own}", json_message=mark, year=str(today.year - 1), **shown
        )
    return [*tell_steps(dispatcher, result, clauses[0], with_steps=asked in {"how", "why"}), FollowupAction(_LISTEN)]
