"""What people ask, as examples."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.library.loading import load_library
from knowledge.policy_files import ASPECTS, DOCUMENTS, NOT_COVERED
from knowledge.yaml_files import read_yaml


def example_questions(folders: Iterable[Path] = (DOCUMENTS,)) -> Iterator[str]:
    """Every example of a question about a subject: those of the clauses, those not covered, those by aspect."""
    for clause in load_library(folders).clauses:
        yield from clause.questions
    yield from read_yaml(NOT_COVERED)
    for questions in read_yaml(ASPECTS).values():
        yield from questions
