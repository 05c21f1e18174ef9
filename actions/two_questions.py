"""Answers two questions that were put in one turn."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.persons import count_failures
from actions.telling import tell_answer
from dialogue.utterance import Utterance
from knowledge.search.answers import Answer, Outcome


def tell_both(dispatcher: CollectingDispatcher, tracker: Tracker, said: Utterance) -> list[dict[str, Any]] | None:
    """Answers each of the two questions in `said`; None where it has not two that stand alone and have each a clause
    of its own.

    我吃低保，开店会停吗，能领几年 asks two things of one clause, which tells both.
    """
    answers = _answers(said)
    if answers is None:
        return None
    events: list[dict[str, Any]] = []
    for answer in answers:
        told = tell_answer(dispatcher, tracker, answer, brief=True)
        # So that the second answer does not say once more that there is a newer plan.
        tracker.slots.update({event["name"]: event["value"] for event in told})
        events += told
    return [*events, *count_failures(dispatcher, tracker, failed=False)]


def _answers(said: Utterance) -> tuple[Answer, Answer] | None:
    parts = said.clauses
    asking = [place for place, part in enumerate(parts) if said.reading_of(part).is_question]
    if len(asking) < 2:
        return None
    # What is stated before a question belongs to it.
    cut = asking[0] + 1
    first, second = (said.reading_of("".join(half)).answer for half in (parts[:cut], parts[cut:]))
    plainly = all(
        each.outcome is Outcome.ANSWERED and not each.is_doubtful and not each.others for each in (first, second)
    )
    return (first, second) if plainly and first.clauses != second.clauses else None
