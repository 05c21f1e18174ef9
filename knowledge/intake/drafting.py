"""Drafts the files of a new document from its text, for a person to edit."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from knowledge.errors import DocumentError
from knowledge.intake.draft_clauses import draft_clause
from knowledge.intake.extraction import read_text
from knowledge.intake.guessing import (
    document_number,
    first_day,
    issue_date,
    issuer_of,
    last_day,
    own_title,
    short_title,
    slug,
    titles_in,
)
from knowledge.library.documents import Document
from knowledge.library.loading import load_document
from knowledge.library.numbering import split_document

_LINES_OF_A_HEAD = 12

_ABOUT_DOCUMENT = """\
# Guessed from the text unless it was given: compare every line with the document. Dates are ISO.
# Where a later document takes its place, add `successors:`; under `departments:`, add the names people use for each.
"""
_ABOUT_CLAUSES = """\
# A draft in the document's own words. What to do next:
# 1. Edit each entry: the answer first in `plain`, one short fact a line in `easy`, two sentences to hear in `spoken`.
# 2. Once an entry is edited and compared with source.txt, remove its `draft: true`.
# 3. Run `zhuyetong documents check {id}`; it names every line that says more than its clause.
# 4. Add questions.yml beside this file, with lines such as `"clause id": [question, another question]`.
"""


@dataclass(frozen=True)
class Draft:
    """What a document's folder is going to hold."""

    id: str
    document: Mapping[str, Any]
    """The content of document.yml."""
    source: str
    """source.txt."""
    clauses: tuple[Mapping[str, Any], ...]
    """The entries of clauses.yml, each with `draft: true`."""

    def files(self) -> dict[str, str]:
        """What to write, by file name."""
        return {
            "document.yml": _ABOUT_DOCUMENT + _yaml(dict(self.document)),
            "source.txt": self.source,
            "clauses.yml": _ABOUT_CLAUSES.format(id=self.id) + _yaml([dict(clause) for clause in self.clauses]),
        }


def _yaml(content: Any) -> str:
    yaml = YAML()
    yaml.width = 120  # type: ignore[assignment]
    yaml.representer.ignore_aliases = lambda _: True  # Else a date that stands twice becomes *id001.
    stream = StringIO()
    yaml.dump(content, stream)
    return stream.getvalue()


def add_document(file: Path, into: Path, *, others: Iterable[Path] = (), **details: Any) -> Document:
    """Drafts the document in `file` as the folder `into/<id>`, and loads it.

    `others` are the library's other folders of documents; `details` are the keyword arguments of `draft_document`.
    The folder appears whole or not at all. Raises DocumentError where the file cannot be read, a detail is missing or
    the id is taken in any of these folders.
    """
    text = read_text(file)
    try:
        draft = draft_document(text, **details)
    except DocumentError as error:
        raise DocumentError(f"{file}: {error}") from error
    folder = into / draft.id
    # Two documents with one id would keep the whole library from loading.
    for taken in (folder, *(other / draft.id for other in others)):
        if taken.exists():
            raise DocumentError(f"{taken}: there is such a document already; give this one another name with `--id`")
    try:
        return _write(draft, folder)
    except OSError as error:
        raise DocumentError(
            f"{folder}: cannot be written ({error.strerror}); choose a folder you may write to"
        ) from error


def _write(draft: Draft, folder: Path) -> Document:
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=".adding-", dir=folder.parent))
    try:
        unfinished = workshop / draft.id
        unfinished.mkdir()
        for name, content in draft.files().items():
            (unfinished / name).write_text(content, encoding="utf-8")
        document = load_document(unfinished)
        os.rename(unfinished, folder)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return replace(document, folder=folder)


# One for each detail that a person may state, by name.
def draft_document(  # noqa: PLR0913
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    number: str | None = None,
    issuer: str | None = None,
    issued: date | None = None,
    in_force_from: date | None = None,
    in_force_until: date | None = None,
    place: str = "",
) -> Draft:
    """A draft of the document that `text` is; what is not given is guessed from it.

    Raises DocumentError where the text names no title or no date of issue, and where `id` cannot name a folder.
    """
    split = split_document(text)
    if not split.passages:
        raise DocumentError("the text is empty; check that it is the right file")
    head = (split.preamble or "\n".join(text.strip().splitlines()[:_LINES_OF_A_HEAD])).splitlines()
    titles = list(titles_in(head))
    title = title or own_title(titles)
    issued = issued or issue_date(text)
    in_force_from = in_force_from or first_day(text) or issued
    in_force_until = in_force_until or last_day(title, text, in_force_from)
    identifier = id if id is not None else slug(title)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", identifier):
        raise DocumentError(f"the id {identifier!r} cannot name a folder; pass `--id` with small letters, digits and -")
    clauses = tuple(draft_clause(passage) for passage in split.passages)
    about = {
        "id": identifier,
        "title": title,
        "short_title": short_title(title),
        "number": number if number is not None else document_number(head),
        "issuer": issuer if issuer is not None else issuer_of(titles, text),
        "place": place,
        "issued": issued,
        "in_force_from": in_force_from,
        "in_force_until": in_force_until,
        "departments": {name: [] for clause in clauses for name in clause["departments"]},
    }
    return Draft(identifier, {key: value for key, value in about.items() if value}, text, clauses)
