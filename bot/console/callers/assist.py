"""Answering a caller: what to say, found while typing, and what is kept of the call."""

from starlette.responses import Response

from bot.console.callers.call_summary import call_summary
from bot.console.callers.scripts import script_for
from bot.console.callers.suggestions import MOST, suggest, topics
from bot.console.pages import words
from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute, refused
from registry.talk.calls import LONGEST_NOTES, Call, CallOutcome

_CALLS = 8


def assist() -> list[ConsoleRoute]:
    return [
        ConsoleRoute("/assist", Permission.ASSIST, show=_start, do=_find),
        ConsoleRoute("/assist/suggestions", Permission.ASSIST, do=_suggestions),
        ConsoleRoute("/assist/clauses/{document}/{clause}", Permission.ASSIST, show=_clause),
        ConsoleRoute("/assist/call", Permission.ASSIST, do=_keep),
        ConsoleRoute("/assist/calls/{call}", Permission.ASSIST, show=_call),
    ]


def assist_context(request: ConsoleRequest, typed: str = "") -> dict[str, object]:
    """What stands beside whatever is done for a caller: suggestions, topics, forms, and the call."""
    context, today = request.context, request.context.today()
    knowledge = context.base.current()
    call = context.records.calls.going_on(request.actor)
    return {
        "typed": typed,
        "found": suggest(knowledge, typed, today),
        "recent": topics(knowledge.library, context.records.clause_uses.recent(MOST), today),
        "frequent": topics(knowledge.library, context.records.clause_uses.frequent(MOST), today),
        "call": call,
        "summary": summary_of(request, call) if call else "",
        "outcomes": [each.value for each in CallOutcome],
        "longest_notes": LONGEST_NOTES,
    }


def summary_of(request: ConsoleRequest, call: Call) -> str:
    return call_summary(call, request.staff.name, request.context.base.current().library, words())


def _start(request: ConsoleRequest) -> Response:
    return request.page(
        "assist.html", **assist_context(request), calls=request.context.records.calls.of(request.actor, _CALLS)
    )


def _find(request: ConsoleRequest) -> Response:
    """The same without a script: the form is sent."""
    about = assist_context(request, request.form.get("typed", ""))
    return request.page("assist.html", **about, calls=request.context.records.calls.of(request.actor, _CALLS))


def _suggestions(request: ConsoleRequest) -> Response:
    typed = request.form.get("typed", "")
    found = suggest(request.context.base.current(), typed, request.context.today())
    return request.page("assist_suggestions.html", typed=typed, found=found)


def _clause(request: ConsoleRequest) -> Response:
    context = request.context
    try:
        document = context.base.current().library.document(request.path_value("document"))
        clause = document.clause(request.path_value("clause"))
    except KeyError:
        return refused(request, 404, "no_clause")
    key = f"{document.id}/{clause.id}"
    if context.records.calls.opened(context.records.calls.current(request.actor).id, key, request.actor):
        context.records.clause_uses.note(document.id, clause.id)
    journeys = [(name, context.forms.questions(name)) for name in context.forms.for_clause(key)]
    script = script_for(document, clause, context.today())
    return request.page(
        "assist_script.html",
        **assist_context(request),
        document=document,
        clause=clause,
        script=script,
        journeys=journeys,
        standing=document.status_on(context.today()),
    )


def _keep(request: ConsoleRequest) -> Response:
    calls = request.context.records.calls
    notes, outcome = request.form.get("notes", "").strip(), request.form.get("outcome", "")
    if len(notes) > LONGEST_NOTES:
        return refused(request, 422, "too_long")
    call = calls.current(request.actor).id
    calls.note(call, notes, request.actor)
    if outcome not in [each.value for each in CallOutcome]:
        return request.go("/assist", "call_kept")
    calls.end(call, CallOutcome(outcome), request.actor)
    return request.go(f"/assist/calls/{call}", "call_ended")


def _call(request: ConsoleRequest) -> Response:
    number = request.path_value("call")
    call = request.context.records.calls.show(
        int(number) if number.isdecimal() and len(number) < 12 else 0, request.actor
    )
    return request.page(
        "assist_call.html", **assist_context(request), shown=call, shown_summary=summary_of(request, call)
    )
