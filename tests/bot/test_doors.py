"""The doors as people open them: real processes."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app.server import serve
from bot.errors import ServiceError
from bot.settings import PROJECT, Settings

ZHUYETONG = Path(sys.executable).parent / "zhuyetong"


def test_json_lines_come_out_in_order_and_nothing_else(settings: Settings, tmp_path: Path) -> None:
    lines = [
        '{"sender": "a", "text": "我吃低保,想自己摆个摊,低保会不会停"}',
        "not json",
        '{"sender": "b", "text": "那找谁"}',
        '{"sender": "a", "text": "那找谁", "mode": "text", "script": "hans"}',
    ]
    # Its own: where this process has read a database's file, SQLite's locks on it are gone (POSIX drops them with any
    # descriptor that is closed), and a second process takes the log away from under the first one.
    own_var = tmp_path / "var"
    own_var.mkdir(0o700)
    (own_var / "cache").symlink_to(settings.cache)
    run = subprocess.run(
        [ZHUYETONG, "chat", "--jsonl"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "ZHUYETONG_VAR": str(own_var)},
    )
    answers = [json.loads(line) for line in run.stdout.splitlines()]

    assert [answer["sender"] for answer in answers] == ["a", None, "b", "a"]
    assert [answer["status"] for answer in answers] == ["answered", "error", "clarify", "answered"]
    assert answers[0]["messages"][0]["citations"][0]["clause"] == "2.5.5"
    assert "3年" in answers[0]["messages"][0]["text"]
    assert answers[1]["error"].startswith("line 2: body: not JSON")
    assert answers[3]["messages"][0]["citations"][0]["clause"] == "2.5.5"


def test_a_missing_model_says_how_to_train_one(tmp_path: Path) -> None:
    run = subprocess.run(
        [ZHUYETONG, "chat", "--jsonl"],
        input="",
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "ZHUYETONG_VAR": str(PROJECT / "var"), "ZHUYETONG_MODELS": str(tmp_path)},
    )

    assert run.returncode == 1
    assert "make train" in run.stderr
    assert run.stdout == ""


def test_a_port_in_use_says_so(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(ServiceError, match=f"cannot listen on 127.0.0.1:{port}.*ZHUYETONG_PORT"):
            serve(Settings(var=tmp_path), "127.0.0.1", port)
