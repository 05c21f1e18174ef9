"""A console of the test's own, with an account of each role and a clock that the test turns."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from shutil import copy

import pytest

from bot.console.context import ConsoleContext
from bot.settings import PROJECT
from dialogue.caller.forms import CallerForms
from knowledge.facts.fact_reader import FactReader
from knowledge.facts.learn_facts import learn_facts
from knowledge.library.documents import Library
from knowledge.policy_files import DOCUMENTS
from registry.records import Records
from registry.staff.accounts import Staff
from registry.store.database import Database
from registry.store.encryption import Cipher
from tests.actions.wording import Wording
from tests.bot.console.accounts import QUICK, set_codes_up
from tests.bot.console.fakes import FakeBase, FakeConversation, copy_of_documents, taught_in
from tests.bot.console.visitors import PASSWORD, Visitor

ROLES = {"agent": "limin", "supervisor": "wangfang", "admin": "zhaolei"}


class Clock:
    """Stands still until the test turns it."""

    def __init__(self) -> None:
        self.now = datetime(2025, 3, 10, 1, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: int) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with an account of each role, to copy: hashing their passwords takes longer than most tests."""
    folder = tmp_path_factory.mktemp("accounts")
    database = Database(f"sqlite:///{folder}/records.db")
    began = datetime(2025, 1, 1, tzinfo=timezone.utc)
    staff = Staff(database, Cipher.load(folder / "key"), lambda: began, QUICK)
    for role, login in ROLES.items():
        staff.add(login, {"limin": "李敏", "wangfang": "王芳", "zhaolei": "赵雷"}[login], role, PASSWORD, "root")
        if role != "agent":
            set_codes_up(staff, login, began.timestamp())
    database.engine.dispose()
    return folder


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shipped documents without their example questions, from which nothing has to be learnt."""
    return FakeBase([copy_of_documents(DOCUMENTS, tmp_path_factory.mktemp("documents"))]).current().library


@cache
def facts_read() -> FactReader:
    return learn_facts(PROJECT / "var" / "cache")


@pytest.fixture
def desk(tmp_path: Path, accounts: Path, clock: Clock) -> Iterator[ConsoleContext]:
    for file in accounts.iterdir():
        # With its mode: a key that others may read is refused.
        copy(file, tmp_path)
    shipped, added = copy_of_documents(DOCUMENTS, tmp_path / "shipped"), tmp_path / "documents"
    added.mkdir()
    database = Database(f"sqlite:///{tmp_path}/records.db")
    yield ConsoleContext(
        Records(database, Cipher.load(tmp_path / "key"), clock, QUICK),
        FakeBase([shipped, added], lambda: taught_in(database)),  # type: ignore[arg-type]
        FakeConversation(),  # type: ignore[arg-type]
        (shipped, added),
        tmp_path / "versions",
        CallerForms(facts_read, Wording()),
    )
    database.engine.dispose()


@pytest.fixture
def visitor(desk: ConsoleContext) -> Iterator[Callable[[str], Visitor]]:
    """A browser; signed in as somebody of the role, or with "" as nobody."""
    opened: list[Visitor] = []

    def open_as(role: str = "") -> Visitor:
        opened.append(Visitor(desk))
        if role:
            opened[-1].sign_in(ROLES[role])
        return opened[-1]

    yield open_as
    for each in opened:
        each.close()


@pytest.fixture
def agent(visitor: Callable[[str], Visitor]) -> Visitor:
    return visitor("agent")


@pytest.fixture
def supervisor(visitor: Callable[[str], Visitor]) -> Visitor:
    return visitor("supervisor")


@pytest.fixture
def admin(visitor: Callable[[str], Visitor]) -> Visitor:
    return visitor("admin")
