"""What stands in for the documents' learning and for the conversation."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.messages import Message, Reply, Turn
from dialogue.mark import Status
from knowledge.library.loading import load_library
from knowledge.search.knowledge_base import Knowledge
from knowledge.search.search import Search
from knowledge.search.taught import Taught, TaughtIndex
from registry.questions.taught import all_taught
from registry.store.database import Database


class FakeBase:
    """Reads the documents anew each time they are asked for, and finds clauses by their own words."""

    def __init__(self, folders: Sequence[Path], taught: Callable[[], Sequence[Taught]] = tuple) -> None:
        self._folders = folders
        self._taught = taught

    learning = False
    """Whether pages are told that something is being learnt."""

    def up_to_date(self) -> Knowledge:
        return self.current()

    def current(self) -> Knowledge:
        library = load_library(self._folders)
        return Knowledge(library, Search(library, None, TaughtIndex(self._taught())), None)  # type: ignore[arg-type]


class FakeConversation:
    """Answers every turn alike, and remembers the turns."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []

    async def handle(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        return Reply((Message("好", "好"),), Status.ANSWERED)


def copy_of_documents(source: Path, to: Path) -> Path:
    """The documents in `source` without their example questions."""
    shutil.copytree(source, to, ignore=shutil.ignore_patterns("questions", "questions.yml"), dirs_exist_ok=True)
    return to


def taught_in(database: Database) -> Sequence[Taught]:
    return [Taught(each.text, each.document, each.clause) for each in all_taught(database)]
