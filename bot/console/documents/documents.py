"""The documents: how they stand, how their answers are edited, and their way back."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from starlette.responses import JSONResponse, Response

from bot.console.cases.case_list import names
from bot.console.pages import words
from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute, refused
from knowledge.errors import DocumentError, FileBeyondLimits
from knowledge.intake.drafting import add_document
from knowledge.library.documents import ASPECTS, Clause, Document
from knowledge.library.editing import Edit, EditedMeanwhile, problems, publish, put_back, stamp
from knowledge.library.versions import Versions
from registry.errors import CaseError

_KINDS = ("docx", "pdf", "html", "txt")
_LONGEST = 2000
_MOST_EASY = 20


def documents() -> list[ConsoleRoute]:
    read, edit = Permission.READ_DOCUMENTS, Permission.EDIT_DOCUMENTS
    return [
        ConsoleRoute("/documents", read, show=_list),
        ConsoleRoute("/documents/pause", Permission.PAUSE, do=_pause),
        ConsoleRoute("/documents/resume", Permission.PAUSE, do=_resume),
        ConsoleRoute("/documents/add", edit, show=_ask_for_document, do=_add),
        ConsoleRoute("/documents/{document}", read, show=_one),
        ConsoleRoute("/documents/{document}/versions", edit, show=_versions),
        ConsoleRoute("/documents/{document}/versions/{number:int}/put-back", edit, do=_put_back),
        ConsoleRoute("/documents/{document}/clauses/{clause}", read, show=_clause),
        ConsoleRoute("/documents/{document}/clauses/{clause}/edit", edit, show=_edit, do=_publish),
        ConsoleRoute("/documents/{document}/clauses/{clause}/check", edit, do=_check, background=True),
    ]


def _list(request: ConsoleRequest) -> Response:
    library = request.context.base.up_to_date().library
    return request.page(
        "documents.html",
        documents=library.documents,
        today=request.context.today(),
        learning=request.context.base.learning,
        notice=request.context.records.pauses.notice(),
        switched=request.context.records.pauses.history(5),
        names=names(request),
    )


def _pause(request: ConsoleRequest) -> Response:
    if request.form.get("sure") != "yes":
        raise CaseError("turning answers off needs a yes; say that you are sure")
    request.context.records.pauses.turn_off(request.form.get("notice", ""), request.actor)
    return request.go("/documents", "paused")


def _resume(request: ConsoleRequest) -> Response:
    request.context.records.pauses.turn_on(request.actor)
    return request.go("/documents", "resumed")


# one document --------------------------------------------------------------------------------------------------------


def document_of(request: ConsoleRequest) -> Document | None:
    """The document the address names, as it is on the disk; None where there is none."""
    # What a colleague published a moment ago, perhaps in another process, must not be edited from its earlier state.
    library = request.context.base.up_to_date().library
    # Only what the library has: no path is ever made of what stands in an address.
    return next((each for each in library.documents if each.id == request.path_value("document")), None)


def _clause_of(request: ConsoleRequest) -> tuple[Document, Clause] | None:
    document = document_of(request)
    clause = (
        next((each for each in document.clauses if each.id == request.path_value("clause")), None) if document else None
    )
    return (document, clause) if document and clause else None


def _one(request: ConsoleRequest) -> Response:
    document = document_of(request)
    if document is None:
        return refused(request, 404, "no_document")
    return request.page(
        "document.html", document=document, today=request.context.today(), learning=request.context.base.learning
    )


def _versions(request: ConsoleRequest) -> Response:
    document = document_of(request)
    if document is None:
        return refused(request, 404, "no_document")
    return request.page(
        "versions.html",
        document=document,
        versions=Versions(request.context.versions).of(document.id),
        read=stamp(document),
        names=names(request),
    )


def _put_back(request: ConsoleRequest) -> Response:
    document = document_of(request)
    if document is None:
        return refused(request, 404, "no_document")
    try:
        put_back(
            document,
            int(request.path_value("number")),
            **publish_arguments(request),
            dates=request.may(Permission.DATE_DOCUMENTS),
        )
    except EditedMeanwhile:
        return refused(request, 409, "changed_meanwhile")
    except DocumentError:
        return refused(request, 409, "not_possible")
    request.context.base.up_to_date()
    request.context.note("put_back", request.actor, document=document.id, version=int(request.path_value("number")))
    return request.go(f"/documents/{document.id}", "put_back")


class PublishArguments(TypedDict):
    """Where and as whom something is published, by the arguments of knowledge.library.editing."""

    into: Path
    versions: Versions
    read: str
    by: str
    at: datetime


def publish_arguments(request: ConsoleRequest) -> PublishArguments:
    """Where what `request` sends is published, as by whoever sent it, now."""
    context = request.context
    return PublishArguments(
        into=context.documents[-1],
        versions=Versions(context.versions),
        read=request.form.get("read", ""),
        by=request.actor,
        at=context.records.now(),
    )


# one clause ----------------------------------------------------------------------------------------------------------


def _clause(request: ConsoleRequest) -> Response:
    found = _clause_of(request)
    if found is None:
        return refused(request, 404, "no_document")
    document, clause = found
    taught = [
        each
        for each in request.context.records.taught.all()
        if (each.document, each.clause) == (document.id, clause.id)
    ]
    return request.page(
        "clause.html",
        document=document,
        clause=clause,
        taught=taught,
        aspects=ASPECTS,
        learning=request.context.base.learning,
    )


def _edit(request: ConsoleRequest) -> Response:
    found = _clause_of(request)
    if found is None:
        return refused(request, 404, "no_document")
    document, clause = found
    edit = Edit(
        clause.title, clause.plain, clause.easy, clause.spoken, clause.next_step, clause.aspects, draft=clause.draft
    )
    return _form(request, document, clause, edit, stamp(document))


def _form(
    request: ConsoleRequest, document: Document, clause: Clause, edit: Edit, read: str, status: int = 200, why: str = ""
) -> Response:
    return request.page(
        "clause_edit.html",
        status,
        document=document,
        clause=clause,
        edit=edit,
        read=read,
        why=why,
        found=_in_words(document, clause, edit),
        aspects=ASPECTS,
    )


def _publish(request: ConsoleRequest) -> Response:
    found = _clause_of(request)
    if found is None:
        return refused(request, 404, "no_document")
    document, clause = found
    edit = edit_of(request.form)
    read = request.form.get("read", "")
    if problems(document, clause, edit):
        return _form(request, document, clause, edit, read, 422, "problems")
    try:
        publish(document, clause.id, edit, **publish_arguments(request))
    except EditedMeanwhile:
        # The texts are given back; a second press of the button publishes them over what the colleague wrote.
        return _form(request, document, clause, edit, stamp(document), 409, "clause_meanwhile")
    except DocumentError:
        return refused(request, 409, "not_possible")
    # Whoever asks from now on is told the new words.
    request.context.base.up_to_date()
    request.context.note("publish", request.actor, document=document.id, clause=clause.id)
    return request.go(f"/documents/{document.id}/clauses/{clause.id}", "published")


def _check(request: ConsoleRequest) -> Response:
    found = _clause_of(request)
    if found is None:
        return Response(status_code=404)
    return JSONResponse(_in_words(*found, edit_of(request.form)))


def edit_of(form: Mapping[str, str]) -> Edit:
    """What the form of a clause says."""

    def text(name: str) -> str:
        return form.get(name, "").replace("\r", "").strip()[:_LONGEST]

    easy = [line.strip() for line in text("easy").splitlines() if line.strip()]
    aspects = {name: text(f"aspect_{name}") for name in ASPECTS}
    return Edit(
        " ".join(text("title").split()),
        text("plain"),
        tuple(easy[:_MOST_EASY]),
        text("spoken"),
        text("next_step"),
        aspects,
        draft=form.get("draft") == "yes",
    )


def _in_words(document: Document, clause: Clause, edit: Edit) -> list[dict[str, str]]:
    """What is wrong with an edit: the field and a sentence for staff."""
    said = words()["complaint"]
    return [
        {"field": _field(place), "says": said[complaint.kind].format(**complaint.values)}
        for place, complaint in problems(document, clause, edit)
    ]


def _field(place: tuple[str | int, ...]) -> str:
    return f"aspect_{place[1]}" if place[0] == "aspects" else str(place[0])


# a new document ------------------------------------------------------------------------------------------------------


def _ask_for_document(request: ConsoleRequest) -> Response:
    return request.page("document_add.html", kinds=_KINDS, why="", typed={})


def _add(request: ConsoleRequest) -> Response:
    kind, content = request.form.get("kind", ""), request.files.get("file", b"")
    if kind not in _KINDS or not content:
        return request.page("document_add.html", 422, kinds=_KINDS, why="no_file", typed=request.form)
    try:
        details = _details(request.form)
        with TemporaryDirectory(prefix="zhuyetong-") as folder:
            file = Path(folder) / f"document.{kind}"
            file.write_bytes(content)
            *others, into = request.context.documents
            added = add_document(file, into, others=others, **details)
    except FileBeyondLimits:
        return request.page("document_add.html", 422, kinds=_KINDS, why="beyond_limits", typed=request.form)
    except (DocumentError, ValueError):
        return request.page("document_add.html", 422, kinds=_KINDS, why="unreadable", typed=request.form)
    request.context.base.up_to_date()
    request.context.note("add_document", request.actor, document=added.id)
    return request.go("/documents", "added")


def _details(form: Mapping[str, str]) -> dict[str, str | date]:
    """What was told of the document; raises ValueError for a date that is none."""
    given: dict[str, str | date] = {
        name: form[name].strip() for name in ("title", "number", "issuer", "place", "id") if form.get(name, "").strip()
    }
    for name in ("issued", "in_force_from", "in_force_until"):
        if form.get(name, "").strip():
            given[name] = date.fromisoformat(form[name].strip())
    return given
