"""Records in SQLite and in PostgreSQL, a folder of the test's own, and a clock that the test turns."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from registry.store.database import Database
from registry.store.encryption import Cipher
from tests.registry.postgresql import Server


class Clock:
    """Every look at it is a second later than the one before."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2025, 3, 1, 8, 0, 0, tzinfo=timezone.utc))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL of the tests' own."""
    with Server() as server:
        yield server


@pytest.fixture(scope="session")
def newest_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without records at the newest version, to copy: making one takes longer than most tests."""
    file = tmp_path_factory.mktemp("newest") / "records.db"
    Database(f"sqlite:///{file}").engine.dispose()
    return file


@pytest.fixture
def sqlite_url(folder: Path, newest_sqlite: Path) -> str:
    folder.mkdir()
    shutil.copy(newest_sqlite, folder / "records.db")
    return f"sqlite:///{folder}/records.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, sqlite_url: str) -> str:
    """A database of either kind, without records: every test that asks for one runs on both."""
    if request.param == "sqlite":
        return sqlite_url
    server: Server = request.getfixturevalue("postgresql")
    return server.newest_schema()


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.engine.dispose()


@pytest.fixture
def cipher(folder: Path) -> Cipher:
    return Cipher.load(folder / "key")
