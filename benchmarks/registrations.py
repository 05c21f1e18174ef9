"""How many people register in a second, how long looking one up takes, and who is lost, doubled or readable."""

import logging
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from benchmarks.clear_text import found_in_clear
from benchmarks.figures import Figure, Report, milliseconds
from benchmarks.made_up_people import AGREED, fill, person
from benchmarks.options import Options
from registry.registrations.registrations import Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from tests.registry.killing import acknowledged_though_killed

_PEOPLE = 1_000
_AT_ONCE = 8
_SEED = 4_210_022


def measure(options: Options) -> Report:
    """Each in a folder of its own, on SQLite."""
    killed = 200 if options.quick else 1_000
    many = 5_000 if options.quick else 100_000
    with _folder() as folder:
        alone = _registered_in_a_second(folder / "alone", 1)
        together = _registered_in_a_second(folder / "together", _AT_ONCE)
        found, shown = _look_ups(folder / "many", many)
        lost, doubled, lives = _lost_and_doubled(folder / "killed", killed)
        secrets, clear = _in_clear(folder / "scanned")
    return Report(
        (
            Figure("registrations a second, one by one", alone, at_least=50),
            Figure(f"registrations a second, {_AT_ONCE} people at once", together, at_least=50),
            Figure(f"find p50 among {many:,}", milliseconds(found, 50), "ms", at_most=5),
            Figure(f"find p95 among {many:,}", milliseconds(found, 95), "ms", at_most=5),
            Figure(f"show p95 among {many:,}", milliseconds(shown, 95), "ms", at_most=5),
            Figure(f"lost of {killed:,} acknowledged, kill -9", lost, at_most=0),
            Figure(f"doubled of {killed:,} acknowledged, kill -9", doubled, at_most=0),
            Figure("processes killed", lives),
            Figure(f"of {secrets:,} names, phones and ID numbers in clear", clear, at_most=0),
        ),
        notes=(
            "SQLite with synchronous = FULL: each registration, and each look at one, which the audit keeps, is on the "
            "disk before it is acknowledged",
            "the scan reads database, write-ahead log, key and a log at level DEBUG with SQLAlchemy's statements",
        ),
    )


def _registered_in_a_second(folder: Path, at_once: int) -> float:
    registrations = _opened(folder)[2]
    with ThreadPoolExecutor(at_once) as pool:
        started = time.perf_counter()
        for _ in pool.map(lambda number: _register(registrations, number), range(_PEOPLE)):
            pass
        return _PEOPLE / (time.perf_counter() - started)


def _look_ups(folder: Path, many: int) -> tuple[Sequence[float], Sequence[float]]:
    """Seconds that each of a thousand people waits who look up what they told, and staff who do."""
    database, cipher, registrations = _opened(folder)
    people = random.Random(_SEED).sample(fill(database, cipher, many), _PEOPLE)
    found, shown = [], []
    for number, phone in people:
        started = time.perf_counter()
        registrations.find(number, phone)
        found.append(time.perf_counter() - started)
        started = time.perf_counter()
        registrations.show(number, "bench")
        shown.append(time.perf_counter() - started)
    return found, shown


def _lost_and_doubled(folder: Path, people: int) -> tuple[int, int, int]:
    """Of those acknowledged by processes that were killed, and how many processes that were."""
    _, _, registrations = _opened(folder)
    acknowledged, lives = acknowledged_though_killed(_url(folder), folder / "key", people, _SEED)
    there = [(each.fields["name"], each.number) for each in registrations.all("bench")]
    lost = {(f"第{number}人", case) for number, case in acknowledged} - {*there}
    doubled = [name for name, count in Counter(name for name, _ in there).items() if count > 1]
    return len(lost), len(doubled), lives


def _in_clear(folder: Path) -> tuple[int, int]:
    """How many texts were looked for in all that is written while people register, and how many were found."""
    database, _, registrations = _opened(folder)
    people = [person(number) for number in range(_PEOPLE)]
    secrets = [text for each in people for text in (each.name, each.phone, each.identity)]
    # While it is open, the newest pages are in the write-ahead log beside the database.
    with _logged(folder / "log"), database.engine.connect():
        for number in range(_PEOPLE):
            _register(registrations, number)
        return len(secrets), len(found_in_clear(folder, secrets))


def _register(registrations: Registrations, number: int) -> str:
    return registrations.register(f"web-{number}", "web", person(number).fields, AGREED, f"request-{number}")


def _opened(folder: Path) -> tuple[Database, Cipher, Registrations]:
    database, cipher = Database(_url(folder)), Cipher.load(folder / "key")
    return database, cipher, Registrations(database, cipher)


def _url(folder: Path) -> str:
    return f"sqlite:///{folder}/records.db"


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="zhuyetong-bench-") as folder:
        yield Path(folder)


@contextmanager
def _logged(file: Path) -> Iterator[None]:
    """Everything that is logged goes to `file` alone, the statements of the database too."""
    handler, root, statements = logging.FileHandler(file), logging.getLogger(), logging.getLogger("sqlalchemy.engine")
    others, level, quiet = root.handlers, root.level, statements.level
    root.handlers = [handler]
    root.setLevel(logging.DEBUG)
    statements.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.handlers = others
        root.setLevel(level)
        statements.setLevel(quiet)
        handler.close()
