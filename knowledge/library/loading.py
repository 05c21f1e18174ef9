"""Reads documents from their folders: document.yml, source.txt, clauses.yml and, where there are any, questions."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from knowledge.errors import DocumentError
from knowledge.library.documents import ASPECTS, Clause, Document, Library, Successor
from knowledge.library.numbering import Passage, split_document
from knowledge.policy_files import DOCUMENTS
from knowledge.yaml_files import line_of, read_yaml, text_of

EDITED = "edited.yml"
"""In the folder of a document that was edited in the console: who did, and when."""


def load_library(folders: Iterable[Path] = (DOCUMENTS,)) -> Library:
    """Every document below `folders`, newest first; one that was edited here takes the place of the shipped one.

    Raises DocumentError at the first file that cannot be used, or where there is no document at all.
    """
    folders = tuple(folders)
    found_in = [each for folder in folders for each in _documents_in(folder)]
    edited = {each.name: each for each in found_in if (each / EDITED).exists()}
    documents = [load_document(each) for each in found_in if edited.get(each.name, each) == each]
    if not documents:
        raise DocumentError(
            f"{', '.join(map(str, folders))}: holds no documents; add one with `zhuyetong documents add`"
        )
    found: dict[str, Path] = {}
    for document in documents:
        if document.id in found:
            raise DocumentError(
                f"{found[document.id]}, {document.folder}: two documents have the id {document.id}; "
                "rename one folder and its `id:`"
            )
        found[document.id] = document.folder
    return Library(tuple(sorted(documents, key=lambda document: document.issued, reverse=True)))


def _documents_in(folder: Path) -> list[Path]:
    try:
        return sorted(path.parent for path in folder.glob("*/document.yml"))
    except OSError as error:
        raise DocumentError(f"{folder}: cannot be read ({error.strerror}); make it a folder you may read") from error


def load_document(folder: Path) -> Document:
    """The document in `folder`. Raises DocumentError with file and line where a file cannot be used."""
    path = folder / "document.yml"
    entry = _Entry(path, read_yaml(path))
    entry.knows(_DOCUMENT_KEYS)
    source = text_of(folder / "source.txt")
    identifier = entry.text("id")
    if identifier != folder.name:
        raise entry.error(f"id {identifier!r} differs from the folder's name {folder.name!r}; make them the same", "id")
    return Document(
        id=identifier,
        title=entry.text("title"),
        short_title=entry.text("short_title", default=entry.text("title")),
        number=entry.text("number", default=""),
        issuer=entry.text("issuer", default=""),
        place=entry.text("place", default=""),
        issued=entry.date("issued"),
        in_force_from=entry.date("in_force_from"),
        in_force_until=None if entry.value.get("in_force_until") is None else entry.date("in_force_until"),
        successors=tuple(_successor(each) for each in entry.entries("successors")),
        departments=entry.entry("departments").lists(),
        source=source,
        clauses=_load_clauses(folder, identifier, source),
        folder=folder,
    )


def _successor(entry: "_Entry") -> Successor:
    entry.knows(_SUCCESSOR_KEYS)
    return Successor(
        title=entry.text("title"),
        covers=entry.text("covers"),
        number=entry.text("number", default="") or None,
        issued=str(entry.value.get("issued") or "") or None,
        text_available=entry.flag("text_available"),
    )


def _load_clauses(folder: Path, document: str, source: str) -> tuple[Clause, ...]:
    passages = {passage.id: passage for passage in split_document(source).passages}
    if not passages:
        raise DocumentError(f"{folder / 'source.txt'}:1: the text is empty; copy the document's text into it")
    path = folder / "clauses.yml"
    entries = _Entry.each(path, read_yaml(path))
    questions = _load_questions(folder, passages)
    clauses = {}
    for entry in entries:
        identifier = entry.text("id")
        if identifier not in passages:
            last = list(passages)[-1]
            raise entry.error(f"clause {identifier} is not in source.txt; the last one is {last}", "id")
        if identifier in clauses:
            raise entry.error(f"clause {identifier} stands twice; remove one of the two", "id")
        clauses[identifier] = _clause(document, passages[identifier], entry, questions.get(identifier, ()))
    for identifier, passage in passages.items():
        if identifier not in clauses:
            raise DocumentError(
                f"{path}:1: clause {identifier} (source.txt:{passage.line}) has no entry; add `- id: '{identifier}'`"
            )
    return tuple(clauses[identifier] for identifier in passages)


def _clause(document: str, passage: Passage, entry: "_Entry", questions: tuple[str, ...]) -> Clause:
    entry.knows(_CLAUSE_KEYS)
    aspects = entry.entry("aspects")
    aspects.knows(ASPECTS, kind="aspect")
    said = {name: aspects.text(name, default="") for name in aspects.value}
    return Clause(
        document=document,
        id=passage.id,
        place=passage.place,
        title=entry.text("title"),
        quote=passage.quote,
        headings=passage.headings,
        plain=entry.text("plain"),
        easy=entry.texts("easy"),
        spoken=entry.text("spoken"),
        audience=entry.texts("audience"),
        facts=tuple(_fact(each) for each in entry.entries("facts")),
        departments=entry.texts("departments"),
        next_step=entry.text("next_step", default=""),
        aspects={name: text for name, text in said.items() if text},
        questions=questions,
        draft=entry.flag("draft"),
    )


def _fact(entry: "_Entry") -> tuple[str, str]:
    entry.knows(_FACT_KEYS)
    return entry.text("name"), entry.text("value", default="")


_DOCUMENT_KEYS = (
    *("id", "title", "short_title", "number", "issuer", "place", "issued", "in_force_from", "in_force_until"),
    *("successors", "departments"),
)
_SUCCESSOR_KEYS = ("title", "number", "issued", "covers", "text_available")
_CLAUSE_KEYS = (
    *("aspects", "audience", "departments", "draft", "easy", "facts", "id", "next_step", "plain", "spoken", "title"),
)
_FACT_KEYS = ("name", "value")


def _load_questions(folder: Path, passages: Mapping[str, Passage]) -> dict[str, tuple[str, ...]]:
    """Questions people ask, by clause id, from questions.yml and every file in questions/; a document may have none."""
    found: dict[str, tuple[str, ...]] = {}
    for path in (folder / "questions.yml", *sorted((folder / "questions").glob("*.yml"))):
        if not path.exists():
            continue
        content = read_yaml(path)
        questions = _Entry(path, {} if content is None else content)
        for identifier in questions.value:
            if identifier not in passages:
                raise questions.error(
                    f"questions for clause {identifier}, which is not in source.txt; mend the id or remove them",
                    identifier,
                )
            if identifier in found:
                raise questions.error(
                    f"questions for clause {identifier} stand in another file too; put them in one", identifier
                )
        found |= questions.lists()
    return found


class _Entry:
    """A YAML mapping that knows its place in its file."""

    def __init__(self, path: Path, value: Any, *place: str | int) -> None:
        self.path, self.place = path, place
        if not isinstance(value, dict):
            raise self.error("expected `key: value` lines here")
        for key in value:
            if not isinstance(key, str):
                raise self.error(f"the key {key} is no text; put quotes round it", key)
        self.value: dict[str, Any] = value

    @classmethod
    def each(cls, path: Path, values: Any, *place: str | int) -> "list[_Entry]":
        if not isinstance(values, list):
            raise DocumentError(f"{path}:{line_of(path, *place)}: expected a list, one `- ` item for each entry")
        return [cls(path, value, *place, index) for index, value in enumerate(values)]

    def knows(self, keys: Collection[str], *, kind: str = "key") -> None:
        """Raises DocumentError at the first key that is none of `keys`: a misspelt one would go unnoticed."""
        for key in self.value:
            if key not in keys:
                raise self.error(f"unknown {kind} {key}; use one of {', '.join(keys)}", key)

    def entry(self, key: str) -> "_Entry":
        """The mapping under `key`; an empty one where there is nothing."""
        value = self.value.get(key)
        return _Entry(self.path, {} if value is None else value, *self.place, key)

    def entries(self, key: str) -> "list[_Entry]":
        value = self.value.get(key)
        return self.each(self.path, [] if value is None else value, *self.place, key)

    def lists(self) -> dict[str, tuple[str, ...]]:
        """Every key with its list of texts."""
        return {key: self.texts(key) for key in self.value}

    def text(self, key: str, *, default: str | None = None) -> str:
        value = self.value.get(key)
        if value is None or value == "":
            value = default
        if value is None:
            raise self.error(f"`{key}` is missing; add `{key}: …`", key)
        if not isinstance(value, str):
            raise self.error(f"`{key}` must be text; put quotes round it", key)
        if default is None and not value.strip():
            raise self.error(f"`{key}` is empty; write what it is", key)
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.value.get(key)
        if values is None:
            return ()
        if not isinstance(values, list):
            raise self.error(f"`{key}` must be a list of texts; put it in [ ] or behind `- `", key)
        for index, value in enumerate(values):
            if not isinstance(value, str):
                raise self.error(f"`{key}` must be a list of texts; put quotes round {value}", key, index)
        return tuple(values)

    def flag(self, key: str) -> bool:
        value = self.value.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.error(f"`{key}` must be true or false, not {value!r}", key)
        return bool(value)

    def date(self, key: str) -> date:
        value = self.value.get(key)
        # A date with a time of day is a date to Python, but cannot be compared with one.
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.error(f"`{key}` must be a date such as 2022-09-07, not {value!r}", key)
        return value

    def error(self, what: str, *keys: str | int) -> DocumentError:
        return DocumentError(f"{self.path}:{line_of(self.path, *self.place, *keys)}: {what}")
