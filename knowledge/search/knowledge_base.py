"""The documents with everything learnt from them, kept up to date while the service runs."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.library.documents import Library
from knowledge.library.loading import load_library
from knowledge.policy_files import DOCUMENTS
from knowledge.search.answers import Answerer
from knowledge.search.learn_search import Lesson, learn_aspects, lesson_so_far
from knowledge.search.search import ExampleClassifier, Search
from knowledge.search.taught import Taught, TaughtIndex

logger = logging.getLogger(__name__)

_SECONDS_BETWEEN_LOOKS = 2.0


@dataclass(frozen=True)
class Knowledge:
    """One consistent state of what is known."""

    library: Library
    search: Search
    answerer: Answerer


@dataclass(frozen=True)
class _Read:
    """What was read last."""

    library: Library
    taught: tuple[Taught, ...]
    lesson: Lesson


class KnowledgeBase:
    """Gives the current knowledge, and notices documents that were added or edited.

    What is said of a clause is there once it is read. How to find it is learnt afterwards, which takes half a minute:
    until then clauses are found as they were, and new ones by their own words.
    """

    def __init__(
        self,
        folders: Iterable[Path] = (DOCUMENTS,),
        cache: Path | None = None,
        taught: Callable[[], Sequence[Taught]] = tuple,
    ) -> None:
        """Reads every document and learns from it; with `cache`, what was learnt is kept in that folder.

        `taught` gives the questions that staff joined to clauses so far, oldest first; it is asked again and again.
        Learning takes some seconds, reading it back less than one. Raises KnowledgeError where a document is broken.
        """
        self._folders = tuple(folders)
        self._cache = cache
        self._taught = taught
        self._reading = threading.Lock()
        self._learner: threading.Thread | None = None
        self._looked = time.monotonic()
        self._seen = self._fingerprint()
        self._aspects = learn_aspects(cache)
        self._read = self._read_all()
        self._learnt = self._read.lesson
        self._classifier = self._learnt.learn(cache)
        self._current = self._known(None)

    def current(self) -> Knowledge:
        """What is known now. A changed document is read in the background and is there a moment later."""
        now = time.monotonic()
        if now - self._looked > _SECONDS_BETWEEN_LOOKS:
            self._looked = now
            if self._fingerprint() != self._seen and not self._reading.locked():
                threading.Thread(target=self.up_to_date, name="documents", daemon=True).start()
        return self._current

    def up_to_date(self) -> Knowledge:
        """What is known, with every change that was made until now: for whoever made one, or is about to."""
        with self._reading:
            try:
                seen = self._fingerprint()
                if seen != self._seen:
                    self._seen = seen
                    self._read = self._read_all()
                    self._current = self._known(self._current.search)
                    logger.info("documents read again: %d clauses", len(list(self._read.library.clauses)))
                    self._learner = self._learner or self._next_learner()
            except KnowledgeError as error:
                logger.error("documents changed but cannot be used, the earlier ones stay: %s", error)
            except OSError as error:  # A folder that is being written or taken away; the next look tries again.
                self._seen = frozenset()
                logger.error("documents changed but cannot be read now, the earlier ones stay: %s", error)
            return self._current

    @property
    def learning(self) -> bool:
        """Whether it is still being learnt how to find what was changed."""
        return self._learner is not None

    def _next_learner(self) -> threading.Thread | None:
        """Somebody who learns what was read last; None where that is learnt."""
        if self._learnt.file == self._read.lesson.file:
            return None
        learner = threading.Thread(target=self._learn, name="learning", daemon=True)
        learner.start()
        return learner

    def _learn(self) -> None:
        """Learns what was read last, and once more where that was changed meanwhile."""
        lesson = self._read.lesson
        learnt: tuple[ExampleClassifier | None] | None = None
        try:
            learnt = (lesson.learn(self._cache),)
        except (KnowledgeError, OSError) as error:
            logger.error("what changed in the documents cannot be learnt, clauses are found as before: %s", error)
        with self._reading:
            if learnt is None:
                self._learner = None
                return
            (self._classifier,), self._learnt = learnt, lesson
            self._current = self._known(self._current.search)
            self._learner = self._next_learner()

    def _known(self, earlier: Search | None) -> Knowledge:
        search = Search(self._read.library, self._classifier, TaughtIndex(self._read.taught), earlier)
        return Knowledge(self._read.library, search, Answerer(search, self._aspects))

    def _read_all(self) -> _Read:
        library, taught = load_library(self._folders), tuple(self._taught())
        return _Read(library, taught, lesson_so_far(library, taught, self._cache))

    def _fingerprint(self) -> frozenset[object]:
        files = (
            path
            for folder in self._folders
            for pattern in ("*/*", "*/questions/*")
            for path in folder.glob(pattern)
            if path.is_file()
        )
        return frozenset(
            [*((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files), *self._taught()]
        )
