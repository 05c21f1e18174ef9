"""The official documents the assistant answers from, and their clauses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path

ASPECTS = ("amount", "conditions", "apply", "when", "where", "count")


class Status(Enum):
    """Where a document stands on a given day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    ENDED = "ended"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Successor:
    """A later document that takes a document's place."""

    title: str
    covers: str
    """The years it is for, e.g. "2025—2027年"."""
    number: str | None = None
    issued: str | None = None
    """ISO date, or year and month where no more is known."""
    text_available: bool = False


@dataclass(frozen=True)
class Clause:
    """One measure of a document: its words, and how we say it."""

    document: str
    id: str
    """Its place in the document, e.g. "2.5.5" for 二(五)5."""
    place: str
    """The same as the document prints it: "二(五)5", "第十二条"."""
    title: str
    quote: str
    """The document's own words, letter for letter."""
    headings: tuple[str, ...]
    plain: str
    """The answer, at most 120 characters, the main point first."""
    easy: tuple[str, ...]
    """Short sentences with one fact each."""
    spoken: str
    """At most two sentences for the ear."""
    audience: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """Names and numbers as the clause prints them; the number is "" for a bare name."""
    departments: tuple[str, ...] = ()
    next_step: str = ""
    aspects: Mapping[str, str] = field(default_factory=dict)
    """What the clause itself says of amount, conditions, apply, when, where, count; absent where it says nothing."""
    questions: tuple[str, ...] = ()
    draft: bool = False
    """True while no person has edited what `documents add` drafted."""


@dataclass(frozen=True)
class Document:
    """An official document as its files have it."""

    id: str
    title: str
    short_title: str
    number: str
    issuer: str
    place: str
    issued: date
    in_force_from: date
    in_force_until: date | None
    """None while nothing has ended it."""
    successors: tuple[Successor, ...]
    departments: Mapping[str, tuple[str, ...]]
    """Official name → the names people use."""
    source: str
    clauses: tuple[Clause, ...]
    folder: Path

    def status_on(self, day: date) -> Status:
        """Where it stands on `day`: a document that has ended and has a successor is replaced."""
        if day < self.in_force_from:
            return Status.NOT_YET
        if self.in_force_until is None or day <= self.in_force_until:
            return Status.IN_FORCE
        return Status.REPLACED if self.successors else Status.ENDED

    def clause(self, clause_id: str) -> Clause:
        """Raises KeyError where it has no such clause."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise KeyError(clause_id)


@dataclass(frozen=True)
class Library:
    """Every document at hand."""

    documents: tuple[Document, ...]

    @property
    def clauses(self) -> Iterator[Clause]:
        return (clause for document in self.documents for clause in document.clauses)

    def document(self, document_id: str) -> Document:
        """Raises KeyError where there is no such document."""
        for document in self.documents:
            if document.id == document_id:
                return document
        raise KeyError(document_id)

    def clause(self, document_id: str, clause_id: str) -> Clause:
        """Raises KeyError where there is no such clause."""
        return self.document(document_id).clause(clause_id)
