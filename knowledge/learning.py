"""What the classifiers learn from, and where what they learnt is kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.aspects import AspectClassifier
from knowledge.documents import Clause, Library
from knowledge.facts.annotated import EXAMPLES, SLOTS, Example, read_examples, slots
from knowledge.facts.questions import is_question
from knowledge.facts.reading import FactReader
from knowledge.learnt_cache import digest, kept
from knowledge.loading import SHIPPED, load_library
from knowledge.search import ExampleClassifier
from knowledge.taught import Taught, with_taught
from knowledge.yaml_files import read_yaml

_HERE = Path(__file__).parent
_NOT_COVERED = _HERE / "not_covered.yml"
_ASPECTS = _HERE / "aspects.yml"
_PLACES = _HERE / "places.yml"
_SHORTEST_STATEMENT = 3
"""Characters: 有 and 不是 alone are a yes and a no to anything."""
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
        return kept(cache, self.file, lambda: ExampleClassifier(self.clauses, read_yaml(_NOT_COVERED)))


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
    return kept(cache, _aspects_file(), lambda: AspectClassifier(read_yaml(_ASPECTS)))


def learn_facts(cache: Path | None) -> FactReader:
    """Reads what people state of themselves. Seconds, or read from `cache`."""
    return kept(cache, _facts_file(), lambda: FactReader(read_examples()))


def is_learnt(folders: Iterable[Path], cache: Path, taught: Sequence[Taught] = ()) -> bool:
    """Whether everything the documents in `folders` and what was `taught` teach is in `cache` as they are now."""
    lesson = Lesson.of(with_taught(load_library(folders), taught))
    return lesson.is_learnt(cache) and all((cache / file).exists() for file in (_aspects_file(), _facts_file()))


def example_questions(folders: Iterable[Path] = (SHIPPED,)) -> Iterator[str]:
    """Every example of a question about a subject: those of the clauses, those not covered, those by aspect."""
    for clause in load_library(folders).clauses:
        yield from clause.questions
    yield from read_yaml(_NOT_COVERED)
    for questions in read_yaml(_ASPECTS).values():
        yield from questions


def example_statements() -> Iterator[str]:
    """Every example of a statement that answers or could answer a question of ours."""
    for example in read_examples():
        if _states(example) and not _opens_a_registration(example):
            yield example.text


def example_registrations() -> Iterator[str]:
    """Every example of a statement with which somebody begins to be registered."""
    return (example.text for example in read_examples() if _states(example) and _opens_a_registration(example))


def _states(example: Example) -> bool:
    return bool(example.marked) and not is_question(example.text) and len(example.text) >= _SHORTEST_STATEMENT


def _opens_a_registration(example: Example) -> bool:
    """Whether it is said freely and states what only a registration takes."""
    stated = {slot for marked in example.marked for slot in marked.stated}
    return example.asked is None and any(slots()[slot].kind == "choice" and not slots()[slot].learnt for slot in stated)


def _with_questions(library: Library) -> list[Clause]:
    return [clause for clause in library.clauses if clause.questions]


def _clauses_file(clauses: Iterable[Clause]) -> str:
    texts = [path.read_text(encoding="utf-8") for path in (_NOT_COVERED, _PLACES)]
    for clause in clauses:
        texts += [clause.document, clause.id, clause.title, clause.plain, clause.quote, *clause.questions]
    return f"clauses-{digest(texts)}.joblib"


def _aspects_file() -> str:
    return f"aspects-{digest([_ASPECTS.read_text(encoding='utf-8')])}.joblib"


def _facts_file() -> str:
    files = [SLOTS, *sorted(EXAMPLES.glob("*.yml"))]
    return f"facts-{digest(path.read_text(encoding='utf-8') for path in files)}.joblib"
