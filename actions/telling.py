"""How a clause is told: which responses, in which order, with which values."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.resources import resources
from dialogue.mark import Joins, Mark, Status
from knowledge.facts.question_words import asked_part
from knowledge.language.writing import LIST, written_date
from knowledge.library.documents import Clause, Document, Library
from knowledge.library.documents import Status as DocumentStatus
from knowledge.search.answers import Answer, Outcome

_LONGEST_QUOTED = 20
"""Characters of a question that are said back."""
_NUMBER = re.compile(r"\d{4}")
ANSWERED, CLARIFY, NOT_COVERED = (Mark(Status(outcome.value)) for outcome in Outcome)


def key(clause: Clause) -> str:
    """How a slot or a button names a clause."""
    return f"{clause.document}/{clause.id}"


def clause_of(name: str | None) -> Clause | None:
    """The clause a slot or a button names; None where it is no longer at hand."""
    document, _, clause = (name or "").partition("/")
    try:
        return resources().knowledge.library.clause(document, clause)
    except KeyError:
        return None


def button(clause: Clause) -> dict[str, str]:
    """A button that shows `clause`."""
    return {"title": clause.title, "payload": f'/ask_clause{{"clause":"{key(clause)}"}}'}


def citing(status: Mark, *clauses: Clause) -> Mark:
    """`status` with what is cited; the door gives citations in full."""
    return replace(status, citations=tuple((clause.document, clause.id) for clause in clauses))


def tell_answer(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer, brief: bool = False
) -> list[dict[str, Any]]:
    """Says what came of a question, whatever it was; `brief` is for where a form's question follows at once."""
    if answer.outcome is Outcome.CLARIFY:
        dispatcher.utter_message(
            response="utter_clarify",
            buttons=[button(clause) for clause in answer.clauses],
            json_message=citing(CLARIFY, *answer.clauses).to_json(),
        )
        dispatcher.utter_message(response="utter_or_none_of_these")
        return []
    if answer.outcome is Outcome.NOT_COVERED:
        return _tell_not_covered(dispatcher, tracker, answer)
    (clause,) = answer.clauses
    if answer.is_doubtful:
        dispatcher.utter_message(response="utter_perhaps_not_stated")
    if answer.aspect_text:
        dispatcher.utter_message(
            response="utter_aspect", aspect=answer.aspect_text, json_message=citing(ANSWERED, clause).to_json()
        )
        if not brief:
            tell_clause(dispatcher, tracker, clause, joins=Joins.BOTH)
    elif brief:
        dispatcher.utter_message(
            response="utter_answer",
            plain=clause.spoken,
            spoken=clause.spoken,
            json_message=citing(ANSWERED, clause).to_json(),
        )
    else:
        tell_clause(dispatcher, tracker, clause)
        tell_aspect_without_text(dispatcher, clause, answer.aspect)
    tell_source(dispatcher, clause)
    if answer.others and not brief:
        _offer_others(dispatcher, answer.others)
    elif not brief:
        dispatcher.utter_message(response="utter_more_offered")
    return [SlotSet("clause", key(clause)), *tell_newer_plan(dispatcher, tracker, clause)]


def _offer_others(dispatcher: CollectingDispatcher, others: Sequence[Clause]) -> None:
    """What may have been meant instead: for the ear its titles, for the eye buttons beneath the answer."""
    dispatcher.utter_message(
        response="utter_others_meant",
        titles=LIST.join(clause.title for clause in others),
        buttons=[button(clause) for clause in others],
    )


def tell_clause(dispatcher: CollectingDispatcher, tracker: Tracker, clause: Clause, joins: Joins | None = None) -> None:
    """The clause's answer, in easy words where the sender wants them."""
    easy = tracker.get_slot("easy") or (tracker.latest_message.get("metadata") or {}).get("mode") == "easy"
    told = replace(citing(ANSWERED, clause), joins=joins).to_json()
    if easy:
        dispatcher.utter_message(response="utter_answer_easy", easy="\n".join(clause.easy), json_message=told)
    else:
        dispatcher.utter_message(response="utter_answer", plain=clause.plain, spoken=clause.spoken, json_message=told)
    if clause.draft:
        dispatcher.utter_message(response="utter_draft")
    if clause.next_step:
        dispatcher.utter_message(response="utter_next_step", next_step=clause.next_step)


def tell_aspect_without_text(dispatcher: CollectingDispatcher, clause: Clause, aspect: str | None) -> None:
    """Says who is in charge, or that the clause does not state what was asked."""
    if aspect == "who" and clause.departments:
        dispatcher.utter_message(response="utter_departments", departments=LIST.join(clause.departments))
    elif aspect:
        dispatcher.utter_message(response=f"utter_{aspect}_not_stated")


def tell_source(dispatcher: CollectingDispatcher, clause: Clause) -> None:
    """Where the clause stands, and whether the document is in force today."""
    document = _library().document(clause.document)
    status = document.status_on(resources().today())
    dispatcher.utter_message(
        response=f"utter_source_{status.value}", place=clause.place or clause.id, **document_values(document)
    )


def tell_newer_plan(dispatcher: CollectingDispatcher, tracker: Tracker, clause: Clause) -> list[dict[str, Any]]:
    """Once a day for each sender: a newer plan exists, and who confirms what applies."""
    document = _library().document(clause.document)
    today = resources().today()
    if (
        document.status_on(today) is not DocumentStatus.REPLACED
        or tracker.get_slot("told_newer_on") == today.isoformat()
    ):
        return []
    dispatcher.utter_message(response="utter_newer_plan", **document_values(document))
    return [SlotSet("told_newer_on", today.isoformat())]


def document_values(document: Document) -> dict[str, str]:
    """What responses may say of a document."""
    successors = [f"{each.title}（{each.number}）" if each.number else each.title for each in document.successors]
    return {
        "document": document.title,
        "number": document.number,
        "issuer": document.issuer,
        "issued": written_date(document.issued),
        "from": written_date(document.in_force_from),
        "until": written_date(document.in_force_until) if document.in_force_until else "",
        "successors": LIST.join(successors),
    }


def _tell_not_covered(dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer) -> list[dict[str, Any]]:
    nearest = answer.clauses[0] if answer.clauses else None
    resources().note_unanswered(tracker.latest_message.get("text") or "", key(nearest) if nearest else "")
    told = citing(NOT_COVERED, *answer.clauses)
    asked = _quotable(str(tracker.latest_message.get("text") or ""))
    named = "_named" if asked else ""
    if answer.is_doubtful:
        # What is nearest is named and not told: it is as likely something else.
        dispatcher.utter_message(
            response=f"utter_not_found{named}",
            asked=asked,
            title=answer.clauses[0].title,
            json_message=replace(told, choices_told=True).to_json(),
            buttons=[button(clause) for clause in answer.clauses],
        )
        return []
    what = f"utter_{answer.aspect}_not_stated" if answer.aspect else f"utter_not_covered{named}"
    dispatcher.utter_message(
        response=what, asked=asked, json_message=told.to_json(), buttons=[button(nearest)] if nearest else []
    )
    if nearest:
        dispatcher.utter_message(response="utter_nearest", title=nearest.title, plain=nearest.plain)
        tell_source(dispatcher, nearest)
    dispatcher.utter_message(response="utter_contacts")
    return [SlotSet("clause", key(nearest)), *tell_newer_plan(dispatcher, tracker, nearest)] if nearest else []


def _quotable(text: str) -> str:
    """What `text` asks where it is short enough to be said back and has no number that is nobody's business, else "".

    So a silence names the thing that is not written.
    """
    asked = asked_part(text)
    return asked if len(asked) <= _LONGEST_QUOTED and not _NUMBER.search(asked) else ""


def tell_not_stated(dispatcher: CollectingDispatcher, tracker: Tracker, clause: Clause, aspect: str) -> None:
    """The clause just spoken of does not state what is asked of it: says so without telling the clause again."""
    resources().note_unanswered(tracker.latest_message.get("text") or "", key(clause))
    dispatcher.utter_message(response=f"utter_{aspect}_not_stated", json_message=citing(NOT_COVERED, clause).to_json())
    if clause.next_step:
        dispatcher.utter_message(response="utter_next_step", next_step=clause.next_step)
    tell_source(dispatcher, clause)
    dispatcher.utter_message(response="utter_contacts")


def _library() -> Library:
    return resources().knowledge.library
