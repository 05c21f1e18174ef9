"""The documents with everything learnt from them, kept up to date while the service runs."""

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.answers import Answerer
from knowledge.documents import Library
from knowledge.errors import KnowledgeError
from knowledge.learning import learn_aspects, learn_clauses
from knowledge.loading import SHIPPED, load_library
from knowledge.search import Search

logger = logging.getLogger(__name__)

_SECONDS_BETWEEN_LOOKS = 2.0


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
        search = Search(library, learn_clauses(library, self._cache))
        return Knowledge(library, search, Answerer(search, learn_aspects(self._cache)))

    def _fingerprint(self) -> frozenset[tuple[str, int, int]]:
        files = (path for folder in self._folders for path in folder.glob("*/*") if path.is_file())
        return frozenset((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)
