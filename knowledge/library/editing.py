"""Edits what is said about a clause: checked, kept as a version, and published whole or not at all."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from knowledge.errors import DocumentError
from knowledge.library.checking import Complaint, Place, clause_problems
from knowledge.library.documents import ASPECTS, Clause, Document
from knowledge.library.loading import EDITED, load_document
from knowledge.library.versions import Versions
from knowledge.library.writing_yaml import with_comments, write_text, write_yaml
from knowledge.yaml_files import text_of

_CLAUSES = "clauses.yml"
_DETAILS = "document.yml"


class EditedMeanwhile(DocumentError):
    """Somebody else published the document since it was read; nothing was written over."""


@dataclass(frozen=True)
class Edit:
    """What somebody wants to be said about a clause."""

    title: str
    plain: str
    easy: tuple[str, ...]
    spoken: str
    next_step: str
    aspects: Mapping[str, str]
    draft: bool

    def of(self, clause: Clause) -> Clause:
        """`clause` as it would be."""
        aspects = {name: self.aspects[name] for name in ASPECTS if self.aspects.get(name)}
        return replace(
            clause,
            title=self.title,
            plain=self.plain,
            easy=self.easy,
            spoken=self.spoken,
            next_step=self.next_step,
            aspects=aspects,
            draft=self.draft,
        )


def stamp(document: Document) -> str:
    """Tells one state of a document's answers and dates from another."""
    return hashlib.sha256("\0".join(_texts(document.folder)).encode("utf-8")).hexdigest()[:16]


def problems(document: Document, clause: Clause, edit: Edit) -> Sequence[tuple[Place, Complaint]]:
    """What keeps the edit from being published."""
    return [*_missing(edit), *clause_problems(document, edit.of(clause))]


def publish(
    document: Document, clause_id: str, edit: Edit, into: Path, versions: Versions, *, read: str, by: str, at: datetime
) -> None:
    """Puts the edit in the place of what is said now; a shipped document is copied to the folder `into` for that.

    Raises EditedMeanwhile where the document is not as `read` (a stamp) any more, DocumentError where anything is
    wrong with the edit.
    """
    clause = document.clause(clause_id)
    for place, complaint in problems(document, clause, edit):
        raise DocumentError(f"clause {clause_id}: {'/'.join(map(str, place))}: {complaint}")

    def change(folder: Path) -> None:
        clauses = folder / _CLAUSES
        content = with_comments(clauses)
        entry = next(each for each in content if each["id"].strip() == clause_id)
        _put(entry, edit)
        write_yaml(clauses, content)

    publish_anew(document, change, into, versions, read=read, by=by, at=at, what=clause_id)


def put_back(
    document: Document,
    number: int,
    into: Path,
    versions: Versions,
    *,
    read: str,
    by: str,
    at: datetime,
    dates: bool = True,
) -> None:
    """Publishes an earlier version again; the present one stays among the versions.

    Without `dates` only its answers: not everybody who may edit answers may change when a document is in force.
    """
    clauses = versions.clauses(document.id, number)
    details = versions.details(document.id, number) if dates else ""

    def change(folder: Path) -> None:
        write_text(folder / _CLAUSES, clauses)
        if details:
            write_text(folder / _DETAILS, details)

    publish_anew(document, change, into, versions, read=read, by=by, at=at, what=f"back to {number}")


def publish_anew(
    document: Document,
    change: Callable[[Path], None],
    into: Path,
    versions: Versions,
    *,
    read: str,
    by: str,
    at: datetime,
    what: str,
) -> None:
    """Publishes the document's folder as `change` leaves it, with a version; raises as `publish` does."""
    if stamp(document) != read:
        raise EditedMeanwhile(f"{document.folder}: was published by somebody else meanwhile; read it again")
    live = into / document.id
    into.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=".editing-", dir=into))
    try:
        staged = workshop / document.id
        shutil.copytree(document.folder, staged)
        change(staged)
        write_yaml(staged / EDITED, {"by": by, "at": at.isoformat()})
        # What cannot be loaded is never published.
        load_document(staged)
        if not versions.of(document.id):
            versions.keep(document.id, *_texts(document.folder), "", at, "")
        versions.keep(document.id, *_texts(staged), by, at, what)
        if live.exists():
            for name in (_CLAUSES, _DETAILS, EDITED):
                os.replace(staged / name, live / name)
        else:
            os.rename(staged, live)
    except OSError as error:
        raise DocumentError(f"{live}: cannot be written ({error.strerror}); let this user write there") from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _texts(folder: Path) -> tuple[str, str]:
    return text_of(folder / _CLAUSES), text_of(folder / _DETAILS)


def _missing(edit: Edit) -> Sequence[tuple[Place, Complaint]]:
    needed = (("title", edit.title), ("plain", edit.plain), ("spoken", edit.spoken))
    return [((name,), Complaint("missing")) for name, text in needed if not text.strip()]


def _put(entry: Any, edit: Edit) -> None:
    entry["title"], entry["plain"], entry["spoken"] = edit.title, edit.plain, edit.spoken
    entry["easy"] = list(edit.easy)
    entry["aspects"] = {name: edit.aspects[name] for name in ASPECTS if edit.aspects.get(name)}
    entry["next_step"] = edit.next_step
    if edit.draft:
        entry["draft"] = True
    else:
        entry.pop("draft", None)
