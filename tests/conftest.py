"""The real engine for every test that talks to it: loaded once, its records in a folder of its own."""

import os
from typing import Any

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import pytest

from bot.messages import Reply, Turn
from bot.senders import LONGEST_NAME, TERMINAL, Sender
from bot.settings import PROJECT, Settings
from tests.evening import EveningDatetime


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """This checkout's model, and a folder for records that no one else uses."""
    var = tmp_path_factory.mktemp("var")
    shared_cache = PROJECT / "var" / "cache"
    shared_cache.mkdir(parents=True, exist_ok=True)
    (var / "cache").symlink_to(shared_cache)
    return Settings(var=var)


@pytest.fixture(scope="session")
def service(settings: Settings):
    """What `zhuyetong serve` builds. `make test` trains the model first."""
    from bot.app.service import build_service

    return build_service(settings)


@pytest.fixture(scope="session")
def conversation(service):
    return service.conversation


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the one clock stand at tests.evening.EVENING."""
    monkeypatch.setattr("registry.clock.datetime", EveningDatetime)


class Person:
    """Someone who talks with the assistant."""

    def __init__(self, conversation, name: str) -> None:
        self._conversation = conversation
        self.who = Sender(TERMINAL, name)
        self.sender = self.who.key
        """As the records have it."""

    async def says(self, text: str, **about: object) -> Reply:
        return await self._conversation.handle(Turn(self.who, text, **about))  # type: ignore[arg-type]

    async def form(self) -> dict[str, Any]:
        """What the form that is open, or was finished last, remembers."""
        return await self.slot("form")

    async def slot(self, name: str) -> Any:
        """What the talk remembers under `name`."""
        return await self._conversation._engine.slot(self.sender, name)

    def at(self, conversation) -> "Person":
        """The same sender, served by another process."""
        return Person(conversation, self.who.name)


@pytest.fixture
def person(conversation, request: pytest.FixtureRequest) -> Person:
    """A sender nobody has talked with before."""
    name = f"{request.node.name}-{os.urandom(4).hex()}"
    return Person(conversation, name[-LONGEST_NAME // 2 :])
