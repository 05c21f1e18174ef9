"""Records in a folder of the test's own, and a clock that the test turns."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from registry.database import Database
from registry.encryption import Cipher


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


@pytest.fixture
def url(folder: Path) -> str:
    return f"sqlite:///{folder}/records.db"


@pytest.fixture
def database(url: str) -> Database:
    return Database(url)


@pytest.fixture
def cipher(folder: Path) -> Cipher:
    return Cipher.load(folder / "key")
