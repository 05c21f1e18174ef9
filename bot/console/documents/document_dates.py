"""When a document is in force and what takes its place, edited with a check and a history."""

from collections.abc import Mapping, Sequence
from datetime import date

from starlette.responses import Response

from bot.console.documents.documents import document_of, publish_arguments
from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute, refused
from knowledge.errors import DocumentError
from knowledge.library.dating import Dates, date_problems, publish_dates
from knowledge.library.documents import Document, Successor
from knowledge.library.editing import EditedMeanwhile, stamp

_MOST_SUCCESSORS = 4
_LONGEST = 200


def document_dates() -> list[ConsoleRoute]:
    return [ConsoleRoute("/documents/{document}/dates", Permission.DATE_DOCUMENTS, show=_ask, do=_publish)]


def _ask(request: ConsoleRequest) -> Response:
    document = document_of(request)
    if document is None:
        return refused(request, 404, "no_document")
    return _form(request, document, _typed(document), stamp(document))


def _publish(request: ConsoleRequest) -> Response:
    document = document_of(request)
    if document is None:
        return refused(request, 404, "no_document")
    form, read = request.form, request.form.get("read", "")
    try:
        dates = dates_of(form)
    except ValueError:
        return _form(request, document, form, read, 422, ("no_day",))
    if problems := date_problems(document, dates):
        return _form(request, document, form, read, 422, problems)
    try:
        publish_dates(document, dates, **publish_arguments(request))
    except EditedMeanwhile:
        return _form(request, document, form, stamp(document), 409, ("meanwhile",))
    except DocumentError:
        return refused(request, 409, "not_possible")
    request.context.base.up_to_date()
    request.context.note("publish", request.actor, document=document.id, dates=True)
    return request.go(f"/documents/{document.id}", "published")


def _form(
    request: ConsoleRequest,
    document: Document,
    typed: Mapping[str, str],
    read: str,
    status: int = 200,
    problems: Sequence[str] = (),
) -> Response:
    places = range(1, max(_MOST_SUCCESSORS, len(document.successors)) + 1)
    return request.page(
        "document_dates.html", status, document=document, typed=typed, read=read, problems=problems, places=places
    )


def _typed(document: Document) -> dict[str, str]:
    """The document's own dates as the fields of the form."""
    until = document.in_force_until
    fields = {"in_force_from": document.in_force_from.isoformat(), "in_force_until": until.isoformat() if until else ""}
    for place, each in enumerate(document.successors, 1):
        fields |= {f"title_{place}": each.title, f"covers_{place}": each.covers, f"number_{place}": each.number or ""}
        fields |= {f"issued_{place}": each.issued or "", f"available_{place}": "yes" if each.text_available else ""}
    return fields


def dates_of(form: Mapping[str, str]) -> Dates:
    """What the form says; raises ValueError for a day that is none."""

    def text(name: str) -> str:
        return " ".join(form.get(name, "").split())[:_LONGEST]

    until = text("in_force_until")
    successors = []
    for place in sorted(int(name[6:]) for name in form if name.startswith("title_") and name[6:].isdecimal()):
        told = {name: text(f"{name}_{place}") for name in ("title", "covers", "number", "issued")}
        # A row that was emptied is a successor that was taken away.
        if any(told.values()):
            number, issued = told["number"] or None, told["issued"] or None
            available = form.get(f"available_{place}") == "yes"
            successors.append(Successor(told["title"], told["covers"], number, issued, available))
    start = date.fromisoformat(text("in_force_from"))
    return Dates(start, date.fromisoformat(until) if until else None, tuple(successors))
