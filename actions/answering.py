"""Answers questions from the documents."""

from collections.abc import Collection
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.persons import count_failures
from actions.resources import resources
from actions.telling import clause_of, tell_answer
from actions.utterances import utterance_of
from dialogue.utterance import Utterance
from knowledge.search.answers import Answer, Outcome

WISHES = frozenset({"delete"})
"""Topics that somebody may want done, and not only ask about."""


def answer_question(dispatcher: CollectingDispatcher, tracker: Tracker, question: Utterance) -> list[dict[str, Any]]:
    """Tells what the documents say to `question`; offers a person where they were of no help twice in a row."""
    return tell_looked_up(dispatcher, tracker, look_up(tracker, question))


def look_up(tracker: Tracker, question: Utterance) -> Answer:
    """What the documents say to `question`, after what was told last."""
    # 我在抚州 asks nothing of what was told; 学嗰时候有冇饭呷 asks without a word that says so.
    asks = question.is_question or question.intent.name == "ask"
    return question.answer_after(clause_of(tracker.get_slot("clause")) if asks else None)


def tell_looked_up(dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer) -> list[dict[str, Any]]:
    """Tells what came of a question; offers a person where the documents were of no help twice in a row.

    What the documents do not answer may be asked of us: 收费吗, 你们几点下班.
    """
    failed = answer.outcome is Outcome.NOT_COVERED
    if failed and tell_about_us(dispatcher, tracker):
        return []
    return [*tell_answer(dispatcher, tracker, answer), *count_failures(dispatcher, tracker, failed)]


def tell_about_us(dispatcher: CollectingDispatcher, tracker: Tracker, but: Collection[str] = ()) -> bool:
    """Answers what is asked of the assistant itself, `but` not on these topics; False where nothing of the kind is."""
    topic = utterance_of(tracker).topic_about_us
    if not topic or topic in but:
        return False
    dispatcher.utter_message(response=f"utter_about_us_{topic}")
    return True


class ActionSelfDoubt(Action):
    """真的有人要我吗"""

    def name(self) -> str:
        return "action_self_doubt"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Meets whoever doubts that anybody wants them; what only has their words is looked up."""
        said = utterance_of(tracker)
        if not said.is_self_doubt:
            return answer_question(dispatcher, tracker, said)
        dispatcher.utter_message(response="utter_self_doubt")
        return []


class ActionNonsense(Action):
    """What is no language."""

    def name(self) -> str:
        return "action_nonsense"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says that nothing was understood; offers a person after the second time."""
        dispatcher.utter_message(response="utter_not_understood")
        return count_failures(dispatcher, tracker, failed=True)


class ActionShowClause(Action):
    """A clause chosen by button or number."""

    def name(self) -> str:
        return "action_show_clause"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Tells the clause that the message names."""
        clause = clause_of(next(tracker.get_latest_entity_values("clause"), None))
        if clause is None:
            dispatcher.utter_message(response="utter_unknown_clause")
            return []
        return tell_answer(dispatcher, tracker, resources().knowledge.answerer.about(clause, None))


class ActionNoneOfThese(Action):
    """None of the clauses that were offered was meant."""

    def name(self) -> str:
        return "action_none_of_these"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Notes the question as unanswered and names who can be asked."""
        question = _question_before(tracker)
        if question:
            resources().note_unanswered(question, "")
        dispatcher.utter_message(response="utter_none_of_these")
        dispatcher.utter_message(response="utter_contacts")
        return []


def _question_before(tracker: Tracker) -> str:
    """The last thing asked before this turn; "" where what came before was a button."""
    turns = [event for event in tracker.events if event["event"] == "user"][:-1]
    if not turns or turns[-1]["parse_data"]["intent"].get("name") != "ask":
        return ""
    return str(turns[-1].get("text") or "")
