"""What the command line refuses, and what it leaves behind."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.main import main

ZHUYETONG = Path(sys.executable).with_name("zhuyetong")


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999", "80.0", "eighty", ""])
def test_a_port_that_is_none_is_refused_in_a_sentence(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["serve", f"--port={port}"])

    assert caught.value.code == 2
    assert f"argument --port: {port}: must be a port number from 1 to 65535" in capsys.readouterr().err


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
