"""Reads documents from their folders: document.yml, source.txt, clauses.yml and, where there is one, questions.yml."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.documents import ASPECTS, Clause, Document, Library, Successor
from knowledge.errors import DocumentError
from knowledge.numbering import Passage, split_document
from knowledge.yaml_files import line_of, read_yaml

SHIPPED = Path(__file__).parent / "documents"


def load_library(folders: Iterable[Path] = (SHIPPED,)) -> Library:
    """Every document below `folders`, newest first.

    Raises DocumentError at the first file that cannot be used, or where there is no document at all.
    """
    folders = tuple(folders)
    documents = [
        load_document(path.parent)
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.glob("*/document.yml"))
    ]
    if not documents:
        raise DocumentError(
            f"{', '.join(map(str, folders))}: holds no documents; add one with `zhuyetong documents add`"
        )
    identifiers = [document.id for document in documents]
    for identifier in identifiers:
        if identifiers.count(identifier) > 1:
            raise DocumentError(f"two documents have the id {identifier}; rename one folder and its `id:`")
    return Library(tuple(sorted(documents, key=lambda document: document.issued, reverse=True)))


def load_document(folder: Path) -> Document:
    """The document in `folder`. Raises DocumentError with file and line where a file cannot be used."""
    path = folder / "document.yml"
    entry = _Entry(path, read_yaml(path))
    source_path = folder / "source.txt"
    try:
        source = source_path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{source_path}: cannot be read as UTF-8 text: {error}") from error
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
        in_force_until=entry.date("in_force_until") if entry.value.get("in_force_until") else None,
        successors=tuple(_successor(each) for each in entry.entries("successors")),
        departments={name: tuple(aliases) for name, aliases in entry.value.get("departments", {}).items()},
        source=source,
        clauses=_load_clauses(folder, identifier, source),
        folder=folder,
    )


def _successor(entry: "_Entry") -> Successor:
    return Successor(
        title=entry.text("title"),
        covers=entry.text("covers"),
        number=entry.text("number", default="") or None,
        issued=str(entry.value.get("issued") or "") or None,
        text_available=bool(entry.value.get("text_available", False)),
    )


def _load_clauses(folder: Path, document: str, source: str) -> tuple[Clause, ...]:
    passages = {passage.id: passage for passage in split_document(source).passages}
    path = folder / "clauses.yml"
    entries = _Entry.each(path, read_yaml(path))
    questions = _load_questions(folder / "questions.yml", passages)
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
    aspects = entry.value.get("aspects") or {}
    for name in aspects:
        if name not in ASPECTS:
            raise entry.error(f"unknown aspect {name}; use one of {', '.join(ASPECTS)}", "aspects", name)
    unknown = set(entry.value) - _CLAUSE_KEYS
    if unknown:
        name = sorted(unknown)[0]
        raise entry.error(f"unknown key {name}; use one of {', '.join(sorted(_CLAUSE_KEYS))}", name)
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
        facts=tuple((each.text("name"), each.text("value", default="")) for each in entry.entries("facts")),
        departments=entry.texts("departments"),
        next_step=entry.text("next_step", default=""),
        aspects=aspects,
        questions=questions,
        draft=bool(entry.value.get("draft", False)),
    )


_CLAUSE_KEYS = {
    *("id", "title", "plain", "easy", "spoken", "audience", "facts", "departments", "next_step", "aspects", "draft"),
}


def _load_questions(path: Path, passages: Mapping[str, Passage]) -> dict[str, tuple[str, ...]]:
    """Questions people ask, by clause id; a document may have none."""
    if not path.exists():
        return {}
    questions = read_yaml(path)
    for identifier in questions:
        if identifier not in passages:
            line = line_of(path, identifier)
            raise DocumentError(f"{path}:{line}: questions for clause {identifier}, which is not in source.txt")
    return {identifier: tuple(texts) for identifier, texts in questions.items()}


class _Entry:
    """A YAML mapping that knows its place in its file."""

    def __init__(self, path: Path, value: Any, *place: str | int) -> None:
        self.path, self.place = path, place
        if not isinstance(value, dict):
            raise self.error("expected `key: value` lines here")
        self.value: dict[str, Any] = value

    @classmethod
    def each(cls, path: Path, values: Any, *place: str | int) -> "list[_Entry]":
        if not isinstance(values, list):
            raise DocumentError(f"{path}:{line_of(path, *place)}: expected a list, one `- ` item for each entry")
        return [cls(path, value, *place, index) for index, value in enumerate(values)]

    def entries(self, key: str) -> "list[_Entry]":
        return self.each(self.path, self.value.get(key) or [], *self.place, key)

    def text(self, key: str, *, default: str | None = None) -> str:
        value = self.value.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.error(
                f"`{key}` must be text; put quotes round it" if value is not None else f"`{key}` is missing", key
            )
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.value.get(key) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.error(f"`{key}` must be a list of texts", key)
        return tuple(values)

    def date(self, key: str) -> date:
        value = self.value.get(key)
        if not isinstance(value, date):
            raise self.error(f"`{key}` must be a date such as 2022-09-07, not {value!r}", key)
        return value

    def error(self, what: str, *keys: str | int) -> DocumentError:
        return DocumentError(f"{self.path}:{line_of(self.path, *self.place, *keys)}: {what}")
