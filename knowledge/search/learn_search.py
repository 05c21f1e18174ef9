"""What the classifiers learn from, and where what they learnt is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.classify.learnt_cache import digest, load_or_learn
from knowledge.facts.learn_facts import facts_file
from knowledge.library.documents import Clause, Library
from knowledge.library.loading import load_library
from knowledge.policy_files import ASPECTS, NOT_COVERED
from knowledge.search.aspects import AspectClassifier
from knowledge.search.search import ExampleClassifier
from knowledge.search.taught import Taught, with_taught
from knowledge.yaml_files import read_yaml

_MOST_LOOKED_FOR = 100
"""Taught questions since the last training; a training is due long before."""


@dataclass(frozen=True)
class Lesson:
    """What there is to learn of the clauses."""

    clauses: tuple[Clause, ...]
    """Those with questions."""
    file: str
    """Where in the cache is what was learnt of it: another name where anything it is learnt from differs."""

    @classmethod
    def of(cls, library: Library) -> "Lesson":
        clauses = tuple(_with_questions(library))
        return cls(clauses, _clauses_file(clauses))

    def is_learnt(self, cache: Path | None) -> bool:
        """Whether learning it is no more than reading it back."""
        return not self.clauses or (cache is not None and (cache / self.file).exists())

    def learn(self, cache: Path | None) -> ExampleClassifier | None:
        """Tells the clauses apart; None where there are none. Half a minute, or read from `cache`."""
        if not self.clauses:
            return None
        return load_or_learn(cache, self.file, lambda: ExampleClassifier(self.clauses, read_yaml(NOT_COVERED)))


def learn_clauses(library: Library, cache: Path | None) -> ExampleClassifier | None:
    """Tells the library's clauses apart; None where no clause has questions. Half a minute, or read from `cache`."""
    return Lesson.of(library).learn(cache)


def lesson_so_far(library: Library, taught: Sequence[Taught], cache: Path | None) -> Lesson:
    """The clauses with the most of what was `taught` that a training learnt, and without where there was none.

    Learning takes half a minute, which no question that staff adds is worth while the service runs.
    """
    for count in range(len(taught), max(0, len(taught) - _MOST_LOOKED_FOR), -1):
        lesson = Lesson.of(with_taught(library, taught[:count]))
        if lesson.clauses and lesson.is_learnt(cache):
            return lesson
    return Lesson.of(library)


def learn_aspects(cache: Path | None) -> AspectClassifier:
    """Tells apart what is asked of a clause. Seconds, or read from `cache`."""
    return load_or_learn(cache, _aspects_file(), lambda: AspectClassifier(read_yaml(ASPECTS)))


def is_learnt(folders: Iterable[Path], cache: Path, taught: Sequence[Taught] = ()) -> bool:
    """Whether everything the documents in `folders` and what was `taught` teach is in `cache` as they are now."""
    lesson = Lesson.of(with_taught(load_library(folders), taught))
    return lesson.is_learnt(cache) and all((cache / file).exists() for file in (_aspects_file(), facts_file()))


def _with_questions(library: Library) -> list[Clause]:
    return [clause for clause in library.clauses if clause.questions]


def _clauses_file(clauses: Iterable[Clause]) -> str:
    texts: list[str] = []
    for clause in clauses:
        texts += [clause.document, clause.id, clause.title, clause.plain, clause.quote, *clause.questions]
    return f"clauses-{digest(__file__, texts)}.joblib"


def _aspects_file() -> str:
    return f"aspects-{digest(__file__)}.joblib"
