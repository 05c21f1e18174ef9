"""The clauses that fit what a caller says, while somebody of staff types it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.language.writing import normalised
from knowledge.library.documents import Clause, Library, Status
from knowledge.search.knowledge_base import Knowledge

MOST = 9
"""As many as there are keys that open one."""
LONGEST_TYPED = 300
"""Characters that are looked at; a caller's story is longer than its question."""
_NOT_SURE = 0.85
"""The probability that the documents do not say it from which staff are told so."""


@dataclass(frozen=True)
class Suggestion:
    """A clause to choose."""

    clause: Clause
    document: str
    """Its short title."""
    status: Status


@dataclass(frozen=True)
class Suggestions:
    """What was found for what was typed."""

    clauses: tuple[Suggestion, ...]
    """The best first, at most MOST."""
    perhaps_not_covered: bool
    """Whether the documents most likely do not say it: what is there is only near."""


def suggest(knowledge: Knowledge, typed: str, day: date) -> Suggestions:
    """The best clauses for `typed`, finished or not: those named by their place, then those that are likely."""
    text = normalised(typed)[:LONGEST_TYPED]
    if not any(character.isalnum() for character in text):
        return Suggestions((), False)
    named = knowledge.search.named(text)
    found = knowledge.search.find(text, day, MOST)
    clauses = {_key(clause): clause for clause in (*named, *(match.clause for match in found.matches))}
    best = tuple(clauses.values())[:MOST]
    return Suggestions(_shown(knowledge.library, best, day), not named and found.not_covered > _NOT_SURE)


def topics(library: Library, used: Iterable[tuple[str, str]], day: date) -> tuple[Suggestion, ...]:
    """The clauses that were `used`, without those that are no longer at hand."""
    there = {_key(clause): clause for clause in library.clauses}
    return _shown(library, (there[key] for key in used if key in there), day)


def _shown(library: Library, clauses: Iterable[Clause], day: date) -> tuple[Suggestion, ...]:
    documents = {document.id: document for document in library.documents}
    return tuple(
        Suggestion(clause, documents[clause.document].short_title, documents[clause.document].status_on(day))
        for clause in clauses
    )


def _key(clause: Clause) -> tuple[str, str]:
    return clause.document, clause.id
