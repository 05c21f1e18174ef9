"""The real engine for every test that talks to it: loaded once, its records in a folder of its own."""

import os
from typing import TYPE_CHECKING

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import pytest

from bot.senders import LONGEST_NAME
from bot.settings import PROJECT, Settings
from tests.evening import EveningDatetime
from tests.person import Person

if TYPE_CHECKING:  # It imports Rasa, which most tests do without.
    from bot.app.service import Service
    from bot.conversation import Conversation


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """This checkout's model, and a folder for records that no one else uses."""
    var = tmp_path_factory.mktemp("var")
    shared_cache = PROJECT / "var" / "cache"
    shared_cache.mkdir(parents=True, exist_ok=True)
    (var / "cache").symlink_to(shared_cache)
    return Settings(var=var)


@pytest.fixture(scope="session")
def service(settings: Settings) -> "Service":
    """What `zhuyetong serve` builds. `make test` trains the model first."""
    from bot.app.service import build_service

    return build_service(settings)


@pytest.fixture(scope="session")
def conversation(service: "Service") -> "Conversation":
    return service.conversation


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the one clock stand at tests.evening.EVENING."""
    monkeypatch.setattr("registry.clock.datetime", EveningDatetime)


@pytest.fixture
def person(conversation: "Conversation", request: pytest.FixtureRequest) -> Person:
    """A sender nobody has talked with before."""
    name = f"{request.node.name}-{os.urandom(4).hex()}"
    return Person(conversation, name[-LONGEST_NAME // 2 :])
