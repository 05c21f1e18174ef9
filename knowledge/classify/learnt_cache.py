"""Keeps what was learnt, under a name that changes with the texts and the code it was learnt by."""

import hashlib
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import joblib

from knowledge.classify.source_files import source_files

Learnt = TypeVar("Learnt")


def load_or_learn(cache: Path | None, name: str, learn: Callable[[], Learnt]) -> Learnt:
    """What is kept as `name` in `cache`, else what `learn` gives, which is kept there; without a folder nothing is."""
    if cache is None:
        return learn()
    path = cache / name
    if path.exists():
        kept: Learnt = joblib.load(path)
        return kept
    learnt = learn()
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{time.time_ns()}")
    joblib.dump(learnt, unfinished)
    unfinished.replace(path)
    for old in cache.glob(f"{name.partition('-')[0]}-*.joblib"):
        if old != path:
            old.unlink(missing_ok=True)
    return learnt


def digest(learner: str, texts: Iterable[str] = ()) -> str:
    """A name for `texts` and for all that the module in the file `learner` learns by, whose change makes what was
    learnt worthless: code and data files.
    """
    digest = hashlib.sha256()
    for text in (*_sources(Path(learner)), *texts):
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:16]


@lru_cache(maxsize=16)
def _sources(learner: Path) -> tuple[str, ...]:
    # As it was when this process began with it: that is the code that runs.
    return tuple(path.read_text(encoding="utf-8") for path in source_files([learner]))
