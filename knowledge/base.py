"""The documents with everything learnt from them, kept up to date while the service runs."""

import hashlib
import logging
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import joblib

from knowledge.answers import Answerer
from knowledge.aspects import AspectClassifier
from knowledge.documents import Library
from knowledge.errors import KnowledgeError
from knowledge.loading import SHIPPED, load_library
from knowledge.search import ExampleClassifier, Search
from knowledge.yaml_files import read_yaml

logger = logging.getLogger(__name__)

_HERE = Path(__file__).parent
_NOT_COVERED = _HERE / "not_covered.yml"
_ASPECTS = _HERE / "aspects.yml"
_PLACES = _HERE / "places.yml"
_SECONDS_BETWEEN_LOOKS = 2.0
_LEARNING_CODE = (
    *("writing", "phonetics", "places", "segmenting", "vocabulary", "features", "linear"),
    *("elsewhere", "search", "aspects"),
)
Learnt = TypeVar("Learnt", ExampleClassifier, AspectClassifier)


@dataclass(frozen=True)
class Knowledge:
    """One consistent state of what is known."""

    library: Library
    search: Search
    answerer: Answerer


class KnowledgeBase:
    """Gives the current knowledge, and notices documents that were added or edited."""

    def __init__(self, folders: Iterable[Path] = (SHIPPED,), cache: Path | None = None) -> None:
        """Reads every document and learns from it; with `cache`, what was learnt is kept in that folder.

        Learning takes some seconds, reading it back less than one. Raises KnowledgeError where a document is broken.
        """
        self._folders = tuple(folders)
        self._cache = cache
        self._seen = self._fingerprint()
        self._looked = time.monotonic()
        self._refreshing = threading.Lock()
        self._current = self._read()

    def current(self) -> Knowledge:
        """What is known now. A changed document is read in the background and is there a few seconds later."""
        now = time.monotonic()
        if now - self._looked > _SECONDS_BETWEEN_LOOKS:
            self._looked = now
            if self._fingerprint() != self._seen and self._refreshing.acquire(blocking=False):
                threading.Thread(target=self._refresh, name="documents", daemon=True).start()
        return self._current

    def _refresh(self) -> None:
        try:
            self._seen = self._fingerprint()
            self._current = self._read()
            logger.info("documents read again: %d clauses", len(list(self._current.library.clauses)))
        except KnowledgeError as error:
            logger.error("documents changed but cannot be used, the earlier ones stay: %s", error)
        except OSError as error:  # A folder that is being written or taken away; the next look tries again.
            self._seen = frozenset()
            logger.error("documents changed but cannot be read now, the earlier ones stay: %s", error)
        finally:
            self._refreshing.release()

    def _read(self) -> Knowledge:
        library = load_library(self._folders)
        search = Search(library, self._classifier(library))
        return Knowledge(library, search, Answerer(search, self._aspects()))

    def _classifier(self, library: Library) -> ExampleClassifier | None:
        clauses = [clause for clause in library.clauses if clause.questions]
        if not clauses:
            return None
        not_covered = read_yaml(_NOT_COVERED)
        texts = [*not_covered, _PLACES.read_text(encoding="utf-8")]
        for clause in clauses:
            texts += [clause.document, clause.id, clause.title, clause.plain, clause.quote, *clause.questions]
        return self._cached("clauses", texts, lambda: ExampleClassifier(clauses, not_covered))

    def _aspects(self) -> AspectClassifier:
        examples = read_yaml(_ASPECTS)
        texts = [text for aspect, questions in examples.items() for text in (aspect, *questions)]
        return self._cached("aspects", texts, lambda: AspectClassifier(examples))

    def _cached(self, name, texts, learn):  # type: ignore[no-untyped-def]
        if self._cache is None:
            return learn()
        path = self._cache / f"{name}-{_digest([*_code(), *texts])}.joblib"
        if path.exists():
            return joblib.load(path)
        learnt = learn()
        self._cache.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{time.time_ns()}")
        joblib.dump(learnt, unfinished)
        unfinished.replace(path)
        for old in self._cache.glob(f"{name}-*.joblib"):
            if old != path:
                old.unlink(missing_ok=True)
        return learnt

    def _fingerprint(self) -> frozenset[tuple[str, int, int]]:
        files = (path for folder in self._folders for path in folder.glob("*/*") if path.is_file())
        return frozenset((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)


def _code() -> Iterator[str]:
    """The code whose change makes what was learnt worthless."""
    for name in _LEARNING_CODE:
        yield (_HERE / f"{name}.py").read_text(encoding="utf-8")


def _digest(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:16]


def example_questions(folders: Iterable[Path] = (SHIPPED,)) -> Iterator[str]:
    """Every example of a question about a subject: those of the clauses, those not covered, those by aspect."""
    for clause in load_library(folders).clauses:
        yield from clause.questions
    yield from read_yaml(_NOT_COVERED)
    for questions in read_yaml(_ASPECTS).values():
        yield from questions
