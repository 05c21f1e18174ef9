"""Answering a caller: what to say, found while typing, and what is kept of the call."""

from typing import Any

from starlette.responses import Response

from bot.console.callers.call_summary import call_summary
from bot.console.callers.scripts import script_for
from bot.console.callers.suggestions import MOST, suggest, topics
from bot.console.pages import words
from bot.console.permissions import Action
from bot.console.visits import Place, Visit, refused
from registry.talk.calls import LONGEST_NOTES, Call, CallOutcome

_CALLS = 8


def assist() -> list[Place]:
    return [
        Place("/assist", Action.ASSIST, show=_start, do=_find),
        Place("/assist/suggestions", Action.ASSIST, do=_suggestions),
        Place("/assist/clauses/{document}/{clause}", Action.ASSIST, show=_clause),
        Place("/assist/call", Action.ASSIST, do=_keep),
        Place("/assist/calls/{call}", Action.ASSIST, show=_call),
    ]


def assist_context(visit: Visit, typed: str = "") -> dict[str, Any]:
    """What stands beside whatever is done for a caller: suggestions, topics, forms, and the call."""
    context, today = visit.context, visit.context.today()
    knowledge = context.base.current()
    call = context.records.calls.going_on(visit.actor)
    return {
        "typed": typed,
        "found": suggest(knowledge, typed, today),
        "recent": topics(knowledge.library, context.records.clause_uses.recent(MOST), today),
        "frequent": topics(knowledge.library, context.records.clause_uses.frequent(MOST), today),
        "call": call,
        "summary": summary_of(visit, call) if call else "",
        "outcomes": [each.value for each in CallOutcome],
        "longest_notes": LONGEST_NOTES,
    }


def summary_of(visit: Visit, call: Call) -> str:
    return call_summary(call, visit.staff.name, visit.context.base.current().library, words())


def _start(visit: Visit) -> Response:
    return visit.page("assist.html", **assist_context(visit), calls=visit.context.records.calls.of(visit.actor, _CALLS))


def _find(visit: Visit) -> Response:
    """The same without a script: the form is sent."""
    about = assist_context(visit, visit.form.get("typed", ""))
    return visit.page("assist.html", **about, calls=visit.context.records.calls.of(visit.actor, _CALLS))


def _suggestions(visit: Visit) -> Response:
    typed = visit.form.get("typed", "")
    found = suggest(visit.context.base.current(), typed, visit.context.today())
    return visit.page("assist_suggestions.html", typed=typed, found=found)


def _clause(visit: Visit) -> Response:
    context = visit.context
    try:
        document = context.base.current().library.document(visit.told("document"))
        clause = document.clause(visit.told("clause"))
    except KeyError:
        return refused(visit, 404, "no_clause")
    key = f"{document.id}/{clause.id}"
    if context.records.calls.opened(context.records.calls.current(visit.actor).id, key, visit.actor):
        context.records.clause_uses.note(document.id, clause.id)
    journeys = [(name, context.forms.questions(name)) for name in context.forms.for_clause(key)]
    script = script_for(document, clause, context.today())
    return visit.page(
        "assist_script.html",
        **assist_context(visit),
        document=document,
        clause=clause,
        script=script,
        journeys=journeys,
        standing=document.status_on(context.today()),
    )


def _keep(visit: Visit) -> Response:
    calls = visit.context.records.calls
    notes, outcome = visit.form.get("notes", "").strip(), visit.form.get("outcome", "")
    if len(notes) > LONGEST_NOTES:
        return refused(visit, 422, "too_long")
    call = calls.current(visit.actor).id
    calls.note(call, notes, visit.actor)
    if outcome not in [each.value for each in CallOutcome]:
        return visit.go("/assist", "call_kept")
    calls.end(call, CallOutcome(outcome), visit.actor)
    return visit.go(f"/assist/calls/{call}", "call_ended")


def _call(visit: Visit) -> Response:
    number = visit.told("call")
    call = visit.context.records.calls.show(int(number) if number.isdecimal() and len(number) < 12 else 0, visit.actor)
    return visit.page("assist_call.html", **assist_context(visit), shown=call, shown_summary=summary_of(visit, call))
