"""Tells what a journey comes to: the outcome, how it was worked out, what follows, and where it stands."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.resources import resources
from actions.telling import ANSWERED, button, citing, clause_of, document_values, key, tell_newer_plan
from dialogue.display import format_number_or_date
from dialogue.journeys.calculators import navigator_facts
from dialogue.state import FormState
from knowledge.library.documents import Clause
from knowledge.rules.navigator import navigate
from knowledge.rules.result import Result


def tell_result(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, result: Result
) -> list[dict[str, Any]]:
    """The result of a rule, in one message with its steps, its clause and the plan's years, for eyes and for ears."""
    clauses = [clause for name in result.clauses if (clause := clause_of(name)) is not None]
    values = {name: format_number_or_date(value) for name, value in result.numbers.items()}
    # A bare 9 after a sum is one of its numbers, and no choice.
    mark = replace(citing(ANSWERED, *clauses), digits_are_values=True)
    dispatcher.utter_message(response=f"utter_{state.journey}_{result.outcome}", json_message=mark.to_json(), **values)
    _tell_steps(dispatcher, result)
    for name in result.follows:
        dispatcher.utter_message(response=f"utter_follows_{name}", **values)
    return _tell_where(dispatcher, tracker, clauses[0])


def tell_steps(
    dispatcher: CollectingDispatcher, result: Result, clause: Clause, with_steps: bool
) -> list[dict[str, Any]]:
    """How a result was worked out, where that was asked, and where it stands."""
    if with_steps:
        _tell_steps(dispatcher, result)
    document = resources().knowledge.library.document(clause.document)
    dispatcher.utter_message(
        response="utter_result_source", place=clause.place or clause.id, **document_values(document)
    )
    return [SlotSet("clause", key(clause))]


def _tell_steps(dispatcher: CollectingDispatcher, result: Result) -> None:
    for step in result.steps:
        dispatcher.utter_message(
            response=f"utter_step_{step.name}",
            **{name: format_number_or_date(value) for name, value in step.values.items()},
        )


def tell_measures(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState
) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """The measures that fit, the most useful first, each with its clause, as "document/clause", and the events.

    Of those that were told before only that they still fit.
    """
    fitting = [clause for each in navigate(navigator_facts(state.values)) if (clause := clause_of(each.key))]
    new = [clause for clause in fitting if key(clause) not in state.measures_told]
    clauses = [*new, *(clause for clause in fitting if clause not in new)]
    found = "found" if not state.measures_told else "found_more" if new else "found_same"
    dispatcher.utter_message(
        response=f"utter_navigator_{found}",
        count=str(len(new or clauses)),
        # Each is heard with where it stands, and not once more as a choice.
        json_message=replace(citing(ANSWERED, *clauses), choices_told=True).to_json(),
    )
    for number, clause in enumerate(new, 1):
        dispatcher.utter_message(
            response="utter_navigator_measure",
            number=str(number),
            title=clause.title,
            easy=clause.easy[0],
            place=clause.place or clause.id,
        )
    told = tuple(key(clause) for clause in clauses)
    buttons = [button(clause) for clause in clauses]
    if not new:
        dispatcher.utter_message(response="utter_navigator_choose_again", buttons=buttons)
        return told, []
    dispatcher.utter_message(response="utter_navigator_choose", buttons=buttons)
    return told, _tell_where(dispatcher, tracker, clauses[0], "utter_navigator_source")


def _tell_where(
    dispatcher: CollectingDispatcher, tracker: Tracker, clause: Clause, response: str = "utter_result_source"
) -> list[dict[str, Any]]:
    document = resources().knowledge.library.document(clause.document)
    dispatcher.utter_message(response=response, place=clause.place or clause.id, **document_values(document))
    return [SlotSet("clause", key(clause)), *tell_newer_plan(dispatcher, tracker, clause)]
