"""What there is, what is missing, and the command that mends it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.doctor import examine, report
from bot.engine.training import model_path
from bot.findings import Finding
from bot.settings import Settings

_DOCUMENT = "id: xinghe\ntitle: 星河市办法\nissued: 2025-01-02\nin_force_from: 2025-02-01\n"
_SOURCE = "星河市办法\n一、培训\n残疾人参加培训的，每次补贴300元。\n"
_CLAUSES = """\
- id: '1'
  title: 培训
  plain: 每次补贴300元。
  easy: [每次补贴300元。]
  spoken: 每次补贴300元。
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A project with one invented document, its model and nothing missing."""
    project = tmp_path / "project"
    folder = project / "knowledge" / "policy" / "documents" / "xinghe"
    folder.mkdir(parents=True)
    for name, content in (("document.yml", _DOCUMENT), ("source.txt", _SOURCE), ("clauses.yml", _CLAUSES)):
        (folder / name).write_text(content, encoding="utf-8")
    (project / "config.yml").write_text("language: zh\n", encoding="utf-8")
    settings = Settings(project=project, var=tmp_path / "var", models=tmp_path / "models")
    settings.models.mkdir()
    model_path(project, settings.models).touch()
    return settings


def finding(settings: Settings, subject: str) -> Finding:
    return next(each for each in examine(settings) if each.subject == subject)


def test_where_nothing_is_missing_everything_is_good(settings: Settings) -> None:
    assert [each.subject for each in examine(settings) if not each.good] == []


def test_the_report_of_good_things_ends_well(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(settings) == 0
    assert {line[:2] for line in capsys.readouterr().out.splitlines()} == {"✓ "}


def test_the_report_of_a_missing_model_ends_badly_and_says_what_mends_it(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    model_path(settings.project, settings.models).unlink()

    assert report(settings) == 1
    assert f"✗ model: none in {settings.models} → make train" in capsys.readouterr().out.splitlines()


def test_a_model_is_named(settings: Settings) -> None:
    name = model_path(settings.project, settings.models).name

    assert finding(settings, "model") == Finding("model", True, f"{name}, as new as the training data")


def test_a_model_older_than_the_training_data_has_to_be_trained_again(settings: Settings) -> None:
    (settings.project / "config.yml").write_text("language: zh\npipeline: []\n", encoding="utf-8")

    assert finding(settings, "model") == Finding("model", False, "older than the training data", "make train")


def test_a_library_that_is_not_installed_is_named_with_the_command_that_installs_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.doctor._PACKAGES", ("rasa", "no-such-library"))

    assert finding(settings, "no-such-library") == Finding("no-such-library", False, "not installed", "make run")
    assert finding(settings, "rasa").good


def test_a_document_is_named_with_its_clauses_and_its_status(settings: Settings) -> None:
    assert finding(settings, "xinghe") == Finding("xinghe", True, "1 clauses, in_force")


def test_drafts_are_counted(settings: Settings) -> None:
    path = settings.documents[0] / "xinghe" / "clauses.yml"
    path.write_text(_CLAUSES + "  draft: true\n", encoding="utf-8")

    assert finding(settings, "xinghe") == Finding("xinghe", True, "1 clauses, in_force, 1 drafts")


def test_problems_of_a_document_are_counted_with_the_command_that_lists_them(settings: Settings) -> None:
    path = settings.documents[0] / "xinghe" / "clauses.yml"
    path.write_text(_CLAUSES.replace("easy: [每次补贴300元", "easy: [每次补贴500元"), encoding="utf-8")

    assert finding(settings, "xinghe") == Finding(
        "xinghe", False, "1 clauses, in_force, 1 problems", "zhuyetong documents check xinghe"
    )


def test_a_document_that_cannot_be_read_is_named_with_its_line(settings: Settings) -> None:
    path = settings.documents[0] / "xinghe" / "clauses.yml"
    path.write_text(_CLAUSES.replace("title: 培训", "title: 3"), encoding="utf-8")

    assert finding(settings, "documents") == Finding(
        "documents", False, f"{path}:2: `title` must be text; put quotes round it", "mend the line it names"
    )


def test_limits_that_are_turned_off_are_a_fault(settings: Settings) -> None:
    assert not finding(replace(settings, limits=False), "limits").good


def test_it_says_whose_word_for_an_address_is_believed(settings: Settings) -> None:
    assert "believed of 127.0.0.1 ::1" in finding(settings, "proxy").text
    assert not finding(replace(settings, proxies=("0.0.0.0/0",)), "proxy").good


def test_records_in_a_file_are_named(settings: Settings) -> None:
    assert finding(settings, "records") == Finding("records", True, f"sqlite:///{settings.var}/records.db")


@pytest.mark.parametrize(
    ("database", "named"),
    [
        pytest.param("sqlite:////proc/nowhere/records.db", "/proc/nowhere/records.db", id="a folder that cannot be"),
        pytest.param("postgresql://amy:secret@127.0.0.1:1/records", "127.0.0.1:1/records", id="a server that is not"),
        pytest.param("no database", "no database", id="no URL"),
        pytest.param("postgresql:/amy:secret@127.0.0.1/records", "127.0.0.1/records", id="half a URL"),
        pytest.param("postgresql://amy:secret@127.0.0.1:x/records", "127.0.0.1:x/records", id="a port that is none"),
        pytest.param("postgresql://amy:a@secret@127.0.0.1:1/r", "127.0.0.1:1/r", id="a password with an @"),
        pytest.param("postgresql://127.0.0.1:1/r?password=secret", "127.0.0.1:1/r", id="a password as an option"),
        pytest.param("mysql://amy:secret@127.0.0.1:1/records", "127.0.0.1:1/records", id="a driver that is not there"),
    ],
)
def test_records_that_cannot_be_reached_are_named_without_their_password(
    settings: Settings, database: str, named: str
) -> None:
    found = finding(replace(settings, database=database), "records")

    assert (found.good, found.mend) == (False, "set ZHUYETONG_DATABASE to a database that can be reached")
    assert named in found.text
    assert "secret" not in found.text
