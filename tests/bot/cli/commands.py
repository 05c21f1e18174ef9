"""Commands run in a test's own folder, and the records they find there."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.cli.main import main
from registry.cases.cases import Cases
from registry.questions.unanswered import UnansweredQuestions
from registry.registrations.registrations import Registrations
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.transcripts import Transcripts
from tests.registry.people import register


class Ran(NamedTuple):
    """What a command came to."""

    status: int
    out: list[str]
    error: str


class CommandLine:
    """Runs `zhuyetong …`."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Ran:
        status = main(arguments)
        printed = self._capsys.readouterr()
        return Ran(status, printed.out.splitlines(), printed.err)


class Records:
    """What the service records, a minute after the other."""

    def __init__(self, var: Path, url: str = "") -> None:
        self._now = datetime(2025, 3, 1, 8, 0, tzinfo=timezone.utc)
        self.var = var
        self.database = Database(url or f"sqlite:///{var}/records.db")
        self.cipher = Cipher.load(var / "key")
        self.registrations = Registrations(self.database, self.cipher, self._later)
        self.cases = Cases(self.database, self.cipher, self._later)
        self.transcripts = Transcripts(self.database, self.cipher, self._later)
        self.unanswered = UnansweredQuestions(self.database)
        self.audit = Audit(self.database, self.cipher)

    def register(self, number: int = 1, **fields: Any) -> str:
        return register(self.registrations, number, **fields)

    def noted(self) -> list[tuple[str, str, str | None, Mapping[str, object]]]:
        """Every entry of the audit."""
        return [(each.actor, each.action, each.subject, each.detail) for each in self.audit.entries()]

    def _later(self) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now
