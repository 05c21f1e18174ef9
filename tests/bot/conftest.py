"""A folder of the test's own for the commands, and what is recorded there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.cli.commands import CommandLine, Records


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHUYETONG_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("ZHUYETONG_DATABASE", raising=False)
    monkeypatch.delenv("ZHUYETONG_KEY_FILE", raising=False)
    return tmp_path / "var"


@pytest.fixture
def zhuyetong(var: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


@pytest.fixture
def records(var: Path) -> Iterator[Records]:
    records = Records(var)
    yield records
    records.database.engine.dispose()
