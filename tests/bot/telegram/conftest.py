"""A Bot API of the test's own, and the door that talks with it over HTTP."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.settings import TelegramSettings
from bot.telegram.service import TelegramDoor
from bot.telegram.sound import Sound
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.telegram.chats import TelegramChats
from registry.telegram.mail import TelegramMail
from tests.bot.telegram.emulator import TOKEN, BotApi
from tests.bot.telegram.talking import Echo, Silent

Open = Callable[..., AbstractAsyncContextManager[TelegramDoor]]
NOON = datetime(2025, 3, 1, 4, 0, tzinfo=timezone.utc)
"""In China."""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi().serving() as api:
        yield api


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/records.db")
    yield database
    database.engine.dispose()


@pytest.fixture
def cipher(tmp_path: Path) -> Cipher:
    return Cipher.load(tmp_path / "key")


@pytest.fixture
def chats(database: Database, cipher: Cipher) -> TelegramChats:
    return TelegramChats(database, cipher)


@pytest.fixture
def mail(database: Database, cipher: Cipher) -> TelegramMail:
    return TelegramMail(database, cipher)


@pytest.fixture
def talk() -> Echo:
    return Echo()


@pytest.fixture
def opened(api: BotApi, talk: Echo, database: Database, cipher: Cipher) -> Open:
    """Opens the door; once more, as if the process had ended in between."""

    @asynccontextmanager
    async def open_door(sound: Sound | None = None, webhook: str = "", **about: Any) -> AsyncIterator[TelegramDoor]:
        settings = TelegramSettings(TOKEN, api.url, webhook)
        door = TelegramDoor(settings, talk, database, cipher, sound or Silent(), **about)
        async with door.running():
            yield door

    return open_door


@pytest.fixture
def met(chats: TelegramChats) -> None:
    """Person 7 was told before where Telegram's servers are."""
    chats.meet("telegram-7", 7)
