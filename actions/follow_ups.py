"""Answers what people ask next about the clause just given."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.resources import resources
from actions.telling import (
    ANSWERED,
    button,
    citing,
    clause_of,
    document_values,
    tell_aspect_without_text,
    tell_not_stated,
    tell_source,
)
from knowledge.language.writing import LIST
from knowledge.library.documents import Clause, Document
from knowledge.search.answers import Outcome

_ASPECTS = {
    "follow_who": "who",
    "follow_amount": "amount",
    "follow_conditions": "conditions",
    "follow_apply": "apply",
    "follow_when": "when",
}
_MOST_NEIGHBOURS = 3


class ActionFollowUp(Action):
    """那找谁、多少钱、要什么条件、怎么申请、原文怎么说、还有呢。"""

    def name(self) -> str:
        return "action_follow_up"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Answers about the clause last spoken of; asks which measure is meant where there is none."""
        clause = clause_of(tracker.get_slot("clause"))
        if clause is None:
            dispatcher.utter_message(response="utter_which_measure")
            return []
        document = resources().knowledge.library.document(clause.document)
        intent = tracker.get_intent_of_latest_message()
        if intent == "source":
            _tell_quote(dispatcher, document, clause)
        elif intent == "follow_more":
            _tell_more(dispatcher, document, clause)
        elif intent == "follow_valid":
            status = document.status_on(resources().today())
            dispatcher.utter_message(
                response=f"utter_valid_{status.value}",
                json_message=citing(ANSWERED, clause).to_json(),
                **document_values(document),
            )
        else:
            return _tell_aspect(dispatcher, tracker, clause, _ASPECTS[str(intent)])
        return []


def _tell_aspect(
    dispatcher: CollectingDispatcher, tracker: Tracker, clause: Clause, aspect: str
) -> list[dict[str, Any]]:
    answer = resources().knowledge.answerer.about(clause, aspect)
    if answer.outcome is Outcome.NOT_COVERED:
        tell_not_stated(dispatcher, tracker, clause, aspect)
        return []
    dispatcher.utter_message(
        response="utter_about_clause", title=clause.title, json_message=citing(ANSWERED, clause).to_json()
    )
    if answer.aspect_text:
        dispatcher.utter_message(response="utter_aspect", aspect=answer.aspect_text)
    else:
        tell_aspect_without_text(dispatcher, clause, aspect)
    if clause.next_step and aspect != "when":
        dispatcher.utter_message(response="utter_next_step", next_step=clause.next_step)
    tell_source(dispatcher, clause)
    return []


def _tell_quote(dispatcher: CollectingDispatcher, document: Document, clause: Clause) -> None:
    dispatcher.utter_message(
        response="utter_quote",
        quote=clause.quote,
        place=clause.place or clause.id,
        json_message=citing(ANSWERED, clause).to_json(),
        **document_values(document),
    )


def _tell_more(dispatcher: CollectingDispatcher, document: Document, clause: Clause) -> None:
    facts = LIST.join(f"{name} {value}".strip() for name, value in clause.facts) or clause.title
    dispatcher.utter_message(
        response="utter_more", title=clause.title, facts=facts, json_message=citing(ANSWERED, clause).to_json()
    )
    part = [each for each in document.clauses if each.headings == clause.headings]
    place = part.index(clause)
    neighbours = part[place + 1 :] + part[:place]
    if neighbours:
        dispatcher.utter_message(
            response="utter_neighbours", buttons=[button(each) for each in neighbours[:_MOST_NEIGHBOURS]]
        )


class ActionAboutDocument(Action):
    """这个方案叫什么、文号是多少、什么时候发布的。"""

    def name(self) -> str:
        return "action_about_document"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Names the document of the clause last spoken of, else the newest at hand, and whether it is in force."""
        library = resources().knowledge.library
        clause = clause_of(tracker.get_slot("clause"))
        document = library.document(clause.document) if clause else library.documents[0]
        values = document_values(document)
        dispatcher.utter_message(response="utter_about_document", **values)
        status = document.status_on(resources().today())
        dispatcher.utter_message(response=f"utter_valid_{status.value}", **values)
        return []
