"""What the actions work with: the documents, and where unanswered questions go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.base import Knowledge, KnowledgeBase


@dataclass(frozen=True)
class Resources:
    """Everything an action may call."""

    base: KnowledgeBase
    note_unanswered: Callable[[str, str], None]
    """Takes the question and the nearest clause as "document/clause", "" where there is none."""
    today: Callable[[], date] = date.today

    @property
    def knowledge(self) -> Knowledge:
        return self.base.current()


_given: list[Resources] = []


def give(resources: Resources) -> None:
    """Sets what the actions of this process work with."""
    _given[:] = [resources]


def resources() -> Resources:
    """What was given, else the shipped documents, as `rasa run actions` and `rasa shell` need."""
    return _given[0] if _given else _shipped()


@lru_cache(maxsize=1)
def _shipped() -> Resources:
    return Resources(KnowledgeBase(), _note_nothing)


def _note_nothing(question: str, nearest: str) -> None:
    """Rasa's own commands are for trying things out; what is asked there is nobody's unanswered question."""
