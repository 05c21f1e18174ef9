"""The documents: how they stand, how their answers are edited, and their way back."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.responses import JSONResponse, Response

from bot.console.cases.case_list import names
from bot.console.pages import words
from bot.console.permissions import Action
from bot.console.visits import Place, Visit, refused
from knowledge.errors import DocumentError, FileBeyondLimits
from knowledge.intake.drafting import add_document
from knowledge.library.documents import ASPECTS, Clause, Document
from knowledge.library.editing import Edit, EditedMeanwhile, problems, publish, put_back, stamp
from knowledge.library.versions import Versions
from registry.errors import CaseError

_KINDS = ("docx", "pdf", "html", "txt")
_LONGEST = 2000
_MOST_EASY = 20


def documents() -> list[Place]:
    read, edit = Action.READ_DOCUMENTS, Action.EDIT_DOCUMENTS
    return [
        Place("/documents", read, show=_list),
        Place("/documents/pause", Action.PAUSE, do=_pause),
        Place("/documents/resume", Action.PAUSE, do=_resume),
        Place("/documents/add", edit, show=_ask_for_document, do=_add),
        Place("/documents/{document}", read, show=_one),
        Place("/documents/{document}/versions", edit, show=_versions),
        Place("/documents/{document}/versions/{number:int}/put-back", edit, do=_put_back),
        Place("/documents/{document}/clauses/{clause}", read, show=_clause),
        Place("/documents/{document}/clauses/{clause}/edit", edit, show=_edit, do=_publish),
        Place("/documents/{document}/clauses/{clause}/check", edit, do=_check, background=True),
    ]


def _list(visit: Visit) -> Response:
    library = visit.context.base.up_to_date().library
    return visit.page(
        "documents.html",
        documents=library.documents,
        today=visit.context.today(),
        learning=visit.context.base.learning,
        notice=visit.context.records.pauses.notice(),
        switched=visit.context.records.pauses.history(5),
        names=names(visit),
    )


def _pause(visit: Visit) -> Response:
    if visit.form.get("sure") != "yes":
        raise CaseError("turning answers off needs a yes; say that you are sure")
    visit.context.records.pauses.turn_off(visit.form.get("notice", ""), visit.actor)
    return visit.go("/documents", "paused")


def _resume(visit: Visit) -> Response:
    visit.context.records.pauses.turn_on(visit.actor)
    return visit.go("/documents", "resumed")


# one document --------------------------------------------------------------------------------------------------------


def document_of(visit: Visit) -> Document | None:
    """The document the address names, as it is on the disk; None where there is none."""
    # What a colleague published a moment ago, perhaps in another process, must not be edited from its earlier state.
    library = visit.context.base.up_to_date().library
    # Only what the library has: no path is ever made of what stands in an address.
    return next((each for each in library.documents if each.id == visit.told("document")), None)


def _clause_of(visit: Visit) -> tuple[Document, Clause] | None:
    document = document_of(visit)
    clause = next((each for each in document.clauses if each.id == visit.told("clause")), None) if document else None
    return (document, clause) if document and clause else None


def _one(visit: Visit) -> Response:
    document = document_of(visit)
    if document is None:
        return refused(visit, 404, "no_document")
    return visit.page(
        "document.html", document=document, today=visit.context.today(), learning=visit.context.base.learning
    )


def _versions(visit: Visit) -> Response:
    document = document_of(visit)
    if document is None:
        return refused(visit, 404, "no_document")
    return visit.page(
        "versions.html",
        document=document,
        versions=Versions(visit.context.versions).of(document.id),
        read=stamp(document),
        names=names(visit),
    )


def _put_back(visit: Visit) -> Response:
    document = document_of(visit)
    if document is None:
        return refused(visit, 404, "no_document")
    try:
        put_back(document, int(visit.told("number")), **how(visit), dates=visit.may(Action.DATE_DOCUMENTS))
    except EditedMeanwhile:
        return refused(visit, 409, "changed_meanwhile")
    except DocumentError:
        return refused(visit, 409, "not_possible")
    visit.context.base.up_to_date()
    visit.context.note("put_back", visit.actor, document=document.id, version=int(visit.told("number")))
    return visit.go(f"/documents/{document.id}", "put_back")


def how(visit: Visit) -> dict[str, Any]:
    """Where and as whom something is published."""
    context = visit.context
    return {
        "into": context.documents[-1],
        "versions": Versions(context.versions),
        "read": visit.form.get("read", ""),
        "by": visit.actor,
        "at": context.records.now(),
    }


# one clause ----------------------------------------------------------------------------------------------------------


def _clause(visit: Visit) -> Response:
    found = _clause_of(visit)
    if found is None:
        return refused(visit, 404, "no_document")
    document, clause = found
    taught = [
        each for each in visit.context.records.taught.all() if (each.document, each.clause) == (document.id, clause.id)
    ]
    return visit.page(
        "clause.html",
        document=document,
        clause=clause,
        taught=taught,
        aspects=ASPECTS,
        learning=visit.context.base.learning,
    )


def _edit(visit: Visit) -> Response:
    found = _clause_of(visit)
    if found is None:
        return refused(visit, 404, "no_document")
    document, clause = found
    edit = Edit(
        clause.title, clause.plain, clause.easy, clause.spoken, clause.next_step, clause.aspects, draft=clause.draft
    )
    return _form(visit, document, clause, edit, stamp(document))


def _form(
    visit: Visit, document: Document, clause: Clause, edit: Edit, read: str, status: int = 200, why: str = ""
) -> Response:
    return visit.page(
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


def _publish(visit: Visit) -> Response:
    found = _clause_of(visit)
    if found is None:
        return refused(visit, 404, "no_document")
    document, clause = found
    edit = edit_of(visit.form)
    read = visit.form.get("read", "")
    if problems(document, clause, edit):
        return _form(visit, document, clause, edit, read, 422, "problems")
    try:
        publish(document, clause.id, edit, **how(visit))
    except EditedMeanwhile:
        # The texts are given back; a second press of the button publishes them over what the colleague wrote.
        return _form(visit, document, clause, edit, stamp(document), 409, "clause_meanwhile")
    except DocumentError:
        return refused(visit, 409, "not_possible")
    # Whoever asks from now on is told the new words.
    visit.context.base.up_to_date()
    visit.context.note("publish", visit.actor, document=document.id, clause=clause.id)
    return visit.go(f"/documents/{document.id}/clauses/{clause.id}", "published")


def _check(visit: Visit) -> Response:
    found = _clause_of(visit)
    if found is None:
        return Response(status_code=404)
    return JSONResponse(_in_words(*found, edit_of(visit.form)))


def edit_of(form: Any) -> Edit:
    """What the form of a clause says."""

    def text(name: str) -> str:
        return str(form.get(name, "")).replace("\r", "").strip()[:_LONGEST]

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


def _ask_for_document(visit: Visit) -> Response:
    return visit.page("document_add.html", kinds=_KINDS, why="", typed={})


def _add(visit: Visit) -> Response:
    kind, content = visit.form.get("kind", ""), visit.files.get("file", b"")
    if kind not in _KINDS or not content:
        return visit.page("document_add.html", 422, kinds=_KINDS, why="no_file", typed=visit.form)
    try:
        details = _details(visit.form)
        with TemporaryDirectory(prefix="zhuyetong-") as folder:
            file = Path(folder) / f"document.{kind}"
            file.write_bytes(content)
            *others, into = visit.context.documents
            added = add_document(file, into, others=others, **details)
    except FileBeyondLimits:
        return visit.page("document_add.html", 422, kinds=_KINDS, why="beyond_limits", typed=visit.form)
    except (DocumentError, ValueError):
        return visit.page("document_add.html", 422, kinds=_KINDS, why="unreadable", typed=visit.form)
    visit.context.base.up_to_date()
    visit.context.note("add_document", visit.actor, document=added.id)
    return visit.go("/documents", "added")


def _details(form: Any) -> dict[str, Any]:
    """What was told of the document; raises ValueError for a date that is none."""
    given: dict[str, Any] = {
        name: form[name].strip() for name in ("title", "number", "issuer", "place", "id") if form.get(name, "").strip()
    }
    for name in ("issued", "in_force_from", "in_force_until"):
        if form.get(name, "").strip():
            given[name] = date.fromisoformat(form[name].strip())
    return given
