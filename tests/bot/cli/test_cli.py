"""What the command line refuses, and what it leaves behind."""

import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli.main import main, zhuyetong

ZHUYETONG = Path(sys.executable).with_name("zhuyetong")


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999", "80.0", "eighty", ""])
def test_a_port_that_is_none_is_refused_in_a_sentence(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["serve", f"--port={port}"])

    assert caught.value.code == 2
    assert f"'--port': {port}: must be a port number from 1 to 65535" in capsys.readouterr().err


HEAVY = ("rasa", "tensorflow", "sqlalchemy", "cryptography", "numpy", "jieba", "rich", "asyncio")


def test_help_has_every_command_under_a_heading_and_loads_nothing_that_only_a_command_needs() -> None:
    program = (
        "import sys; from bot.cli.main import main; status = main(['--help']); "
        f"print(status, [each for each in {HEAVY} if each in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    *told, loaded = ran.stdout.splitlines()
    assert loaded == "0 []"
    assert [line for line in told if line.endswith(":") and not line.startswith(" ")] == [
        "Options:",
        "Service:",
        "Talk in the terminal:",
        "Documents:",
        "People:",
        "Staff and records:",
    ]
    assert [line.split()[0] for line in told if re.match("  [a-z]", line)] == [*zhuyetong.commands]


def test_every_command_says_what_it_is_for() -> None:
    def commands(group: click.Group) -> Iterator[click.Command]:
        for command in group.commands.values():
            yield command
            if isinstance(command, click.Group):
                yield from commands(command)

    assert [command.name for command in commands(zhuyetong) if not command.help] == []


def test_a_setting_that_cannot_be_used_keeps_nobody_from_reading_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHUYETONG_PORT", "eighty")

    assert (main(["serve", "--help"]), main(["documents", "list"])) == (0, 1)
    assert capsys.readouterr().err == "zhuyetong: ZHUYETONG_PORT=eighty: must be a port number from 1 to 65535\n"


@pytest.mark.parametrize(
    ("words", "completed"), [("zhuyetong ca", ["plain,cases"]), ("zhuyetong cases ta", ["plain,take"])]
)
def test_a_shell_completes_commands(words: str, completed: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "from bot.cli.main import main; main()"],
        capture_output=True,
        text=True,
        env={
            "_ZHUYETONG_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        },
    )

    assert ran.stdout.splitlines() == completed


def test_an_interrupted_command_is_status_130_and_an_end_of_a_file_is_no_interruption(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stop(error: type[BaseException]) -> None:
        def report(settings: object) -> int:
            raise error

        monkeypatch.setattr("bot.cli.doctor.report", report)

    stop(KeyboardInterrupt)
    assert main(["doctor"]) == 130
    stop(EOFError)
    with pytest.raises(EOFError):
        main(["doctor"])


def test_what_a_command_writes_is_for_its_user_alone(tmp_path: Path) -> None:
    var = tmp_path / "var"
    subprocess.run(
        [ZHUYETONG, "documents", "unanswered"],
        check=True,
        capture_output=True,
        env={"ZHUYETONG_VAR": str(var)},
        umask=0o022,
    )

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (var, *var.iterdir())}
    assert modes == {"var": 0o700, "records.db": 0o600}
