"""Which clauses the rules and a registration cite, as knowledge/policy/rule_clauses.yml lists them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.errors import DocumentError
from knowledge.library.checking import Problem
from knowledge.library.documents import Document, Library
from knowledge.library.loading import load_library
from knowledge.policy_files import RULE_CLAUSES
from knowledge.yaml_files import line_of, read_yaml

NAMES = (
    *("allowance", "posts", "reward"),
    *("quota.questions", "quota.share", "quota.public_below_share"),
    *("quota.state_company", "quota.company", "quota.company_below_share"),
    "registration",
)
"""What clauses are listed for; the file says of each what it is."""


@dataclass(frozen=True)
class CitedClauses:
    """Clauses of one document."""

    document: Document
    ids: tuple[str, ...]
    """At least one, the best first."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Each as "document/clause"."""
        return tuple(f"{self.document.id}/{clause}" for clause in self.ids)


def cited(name: str) -> tuple[str, ...]:
    """The clauses shipped for `name`, one of NAMES, each as "document/clause", the best first.

    Raises DocumentError as read_rule_clauses does.
    """
    return shipped()[name].keys


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, CitedClauses]:
    """The clauses for each of NAMES, of the documents that come with the project."""
    return read_rule_clauses(load_library())


def read_rule_clauses(library: Library, path: Path = RULE_CLAUSES) -> Mapping[str, CitedClauses]:
    """The clauses for each of NAMES. Raises DocumentError, with file and line, for the first thing that is wrong."""
    for problem in rule_clause_problems(library, path):
        raise DocumentError(str(problem))
    return {
        name: CitedClauses(library.document(document), tuple(ids))
        for document, lists in read_yaml(path).items()
        for name, ids in lists.items()
    }


def rule_clause_problems(library: Library, path: Path = RULE_CLAUSES) -> Iterator[Problem]:
    """Everything in the file that cannot be used with the documents of `library`, each with its line.

    Raises DocumentError with file and line where the file is missing or is not YAML.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or not all(isinstance(lists, dict) for lists in content.values()):
        yield Problem(path, 1, "expected the ids of documents here, and `name: [clause, …]` lines below each")
        return
    documents = {document.id: document for document in library.documents}
    found: set[str] = set()
    for document, lists in content.items():
        if document not in documents:
            text = f"there is no document {document}; use one of {', '.join(documents)}"
            yield Problem(path, line_of(path, document), text)
        for name, ids in lists.items():
            line = line_of(path, document, name)
            if name not in NAMES:
                yield Problem(path, line, f"nothing is called {name}; use one of {', '.join(NAMES)}")
            if name in found:
                yield Problem(path, line, f"{name} stands under another document too; remove one of the two")
            found.add(name)
            if document in documents:
                yield from (Problem(path, line, f"{name}: {text}") for text in _wrong_ids(ids, documents[document]))
    for name in NAMES:
        if name not in found:
            yield Problem(path, 1, f"{name} is missing; add `{name}: [clause, …]` below its document")


def _wrong_ids(ids: Any, document: Document) -> Iterator[str]:
    """What is wrong with the clause ids that are listed for something."""
    if not isinstance(ids, list) or not ids:
        yield "lists no clause; put the ids of its clauses in [ ]"
        return
    known = {clause.id for clause in document.clauses}
    for each in ids:
        # 2.9 is a number to YAML, and 2.10 the same one as 2.1.
        if not isinstance(each, str):
            yield f"{each} is no text; put quotes round it"
        elif each not in known:
            yield f"{document.id} has no clause {each}; the last one is {document.clauses[-1].id}"
