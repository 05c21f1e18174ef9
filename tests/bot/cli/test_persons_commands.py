"""`zhuyetong persons …` as a person of staff sees it."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import text

from bot.cli.main import main
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.person_requests import PersonRequests
from registry.talk.transcripts import Transcripts

ZHUYETONG = Path(sys.executable).with_name("zhuyetong")


class Ran(NamedTuple):
    """What a command came to."""

    status: int
    out: list[str]
    error: str


class Service:
    """What the service records, a minute after the other."""

    def __init__(self, url: str, key: Path) -> None:
        self._now = datetime(2025, 3, 1, 8, 0, tzinfo=timezone.utc)
        self.database = Database(url)
        cipher = Cipher.load(key)
        self.transcripts = Transcripts(self.database, cipher, self._later)
        self.requests = PersonRequests(self.database, cipher, self.transcripts, self._later)

    def _later(self) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHUYETONG_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("ZHUYETONG_DATABASE", raising=False)
    monkeypatch.delenv("ZHUYETONG_KEY_FILE", raising=False)
    return tmp_path / "var"


@pytest.fixture
def service(var: Path) -> Service:
    return Service(f"sqlite:///{var}/records.db", var / "key")


@pytest.fixture
def persons(var: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs `zhuyetong persons …`."""

    def run(*arguments: str) -> Ran:
        status = main(["persons", *arguments])
        printed = capsys.readouterr()
        return Ran(status, printed.out.splitlines(), printed.err)

    return run


# list ----------------------------------------------------------------------------------------------------------------


def test_nobody_waiting_prints_nothing(persons: Callable[..., Ran]) -> None:
    assert persons("list") == Ran(0, [], "")


def test_those_who_wait_are_listed_oldest_first_without_what_they_said(
    persons: Callable[..., Ran], service: Service
) -> None:
    service.transcripts.note("web-1", "我视力二级", "您好")
    service.requests.ask("web-1", "web", "asked", {"残疾类别": "视力"})
    service.requests.ask("tg-2", "telegram", "failed", {})
    service.requests.take(2, "李敏")

    assert persons("list") == Ran(
        0,
        [
            "    1  2025-03-01 16:02  web         asked   open   -",
            "    2  2025-03-01 16:03  telegram    failed  taken  李敏",
        ],
        "",
    )


# show ----------------------------------------------------------------------------------------------------------------


def test_a_request_is_shown_with_all_that_its_owner_needs(persons: Callable[..., Ran], service: Service) -> None:
    service.transcripts.note("web-1", "我视力二级", "您好。\n您想问什么？")
    service.requests.ask("web-1", "web", "asked", {"残疾类别": "视力", "城市": "南昌"})
    service.requests.take(1, "李敏")
    service.transcripts.note("web-1", "有人吗", "")

    assert persons("show", "1") == Ran(
        0,
        [
            "1  2025-03-01 16:02  asked, taken by 李敏",
            "sender: web-1 (web)",
            "known:",
            "    残疾类别: 视力",
            "    城市: 南昌",
            "said until they asked:",
            "    2025-03-01 16:01  > 我视力二级",
            "                      < 您好。",
            "                      < 您想问什么？",
            "said since:",
            "    2025-03-01 16:04  > 有人吗",
        ],
        "",
    )


def test_a_request_of_someone_who_said_nothing_else_is_shown_so(persons: Callable[..., Ran], service: Service) -> None:
    service.requests.ask("web-1", "web", "failed", {})

    assert persons("show", "1").out == [
        "1  2025-03-01 16:01  failed, open",
        "sender: web-1 (web)",
        "known: nothing",
        "said until they asked: nothing",
        "said since: nothing",
    ]


def test_what_is_said_to_the_assistant_after_the_handing_back_is_not_shown(
    persons: Callable[..., Ran], service: Service
) -> None:
    service.requests.ask("web-1", "web", "asked", {})
    persons("take", "1", "--owner", "李敏")
    persons("hand-back", "1", "--owner", "李敏")
    service.transcripts.note("web-1", "有补贴吗", "有")

    shown = persons("show", "1")

    assert shown.out[0] == "1  2025-03-01 16:01  asked, handed_back by 李敏"
    assert shown.out[-1] == "said until they asked: nothing"


def test_what_somebody_wrote_does_not_steer_the_terminal(persons: Callable[..., Ran], service: Service) -> None:
    service.transcripts.note("web-1", "\x1b[2J我\r\n是", "")
    service.requests.ask("web-1", "web", "asked", {"姓名": "王\x9b大锤"})

    shown = persons("show", "1").out

    assert shown[3] == "    姓名: 王 大锤"
    assert shown[5] == "    2025-03-01 16:01  >  [2J我  是"


def test_a_request_that_somebody_changed_is_named_and_not_taken_for_a_database_out_of_reach(
    persons: Callable[..., Ran], service: Service
) -> None:
    service.requests.ask("web-1", "web", "asked", {})
    with service.database.session() as session:
        session.execute(text("update person_requests set known = 'gAAAAAB'"))

    assert persons("show", "1") == Ran(
        1,
        [],
        "zhuyetong: person_requests 1: cannot be decrypted; put the key it was written with back into the key file, "
        "or take the record from a copy where somebody changed or moved it\n",
    )


# take and hand back --------------------------------------------------------------------------------------------------


def test_a_request_is_taken_and_handed_back_and_what_comes_next_is_said(
    persons: Callable[..., Ran], service: Service
) -> None:
    service.requests.ask("web-1", "web", "asked", {})

    assert persons("take", "1", "--owner", "李敏") == Ran(
        0,
        [
            "request 1 is yours; the assistant is silent for its sender",
            "Next: `zhuyetong persons show 1`, and at the end `zhuyetong persons hand-back 1 …`.",
        ],
        "",
    )
    assert service.requests.in_hand("web-1")
    assert persons("hand-back", "1", "--owner", "李敏") == Ran(
        0, ["request 1 is handed back; the assistant answers its sender again"], ""
    )
    assert not service.requests.in_hand("web-1")
    assert persons("list").out == []


@pytest.mark.parametrize("command", ["take", "hand-back"])
def test_what_somebody_else_has_is_left_with_them(persons: Callable[..., Ran], service: Service, command: str) -> None:
    service.requests.ask("web-1", "web", "asked", {})
    persons("take", "1", "--owner", "李敏")

    assert persons(command, "1", "--owner", "王芳") == Ran(
        1, [], "zhuyetong: request 1: 李敏 has it; ask 李敏 to hand it back\n"
    )
    assert service.requests.in_hand("web-1")


@pytest.mark.parametrize(
    "arguments",
    [["show", "7"], ["take", "7", "--owner", "李敏"], ["hand-back", "7", "--owner", "李敏"]],
)
def test_a_number_without_a_request_is_named(persons: Callable[..., Ran], arguments: list[str]) -> None:
    assert persons(*arguments) == Ran(
        1, [], "zhuyetong: request 7: there is none; the list has the numbers of those that wait\n"
    )


# settings and usage --------------------------------------------------------------------------------------------------


def test_another_key_file_is_used_where_one_is_named(
    persons: Callable[..., Ran], var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "keys" / "records"
    monkeypatch.setenv("ZHUYETONG_KEY_FILE", str(key))
    Service(f"sqlite:///{var}/records.db", key).requests.ask("web-1", "web", "asked", {})

    assert persons("show", "1").out[1] == "sender: web-1 (web)"
    assert not (var / "key").exists()


def test_a_key_file_without_a_key_is_named_and_nothing_else_is_asked_for(
    persons: Callable[..., Ran], var: Path
) -> None:
    var.mkdir()
    (var / "key").write_text("secret")

    assert persons("list") == Ran(
        1,
        [],
        f"zhuyetong: {var / 'key'}: key 1 of 1 is none; a key is 32 bytes in URL-safe base64; "
        "put the file back from its copy\n",
    )


def test_records_that_cannot_be_reached_are_named(persons: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUYETONG_DATABASE", "postgresql://amy:secret@127.0.0.1:1/r")

    ran = persons("list")

    assert (ran.status, ran.out, "secret" in ran.error) == (1, [], False)
    assert ran.error.endswith("; set ZHUYETONG_DATABASE to a database that can be reached\n")


@pytest.mark.parametrize(
    "arguments", [[], ["remove"], ["show"], ["show", "one"], ["take", "1"], ["hand-back", "--owner", "李敏"]]
)
def test_wrong_usage_is_status_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["persons", *arguments])

    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("Usage: zhuyetong persons")


def test_a_key_that_a_command_makes_is_for_its_user_alone(tmp_path: Path) -> None:
    var = tmp_path / "var"
    subprocess.run(
        [ZHUYETONG, "persons", "list"], check=True, capture_output=True, env={"ZHUYETONG_VAR": str(var)}, umask=0o022
    )

    assert {path.name: path.stat().st_mode & 0o777 for path in (var, *var.iterdir())} == {
        "var": 0o700,
        "records.db": 0o600,
        "key": 0o600,
    }
