"""Where the database fails, whoever asked is told so, nothing is half saved, and the next call works."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, text

from registry.cases.cases import Cases
from registry.errors import RegistryError
from registry.questions.unanswered import UnansweredQuestions
from registry.registrations.registrations import Registrations
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.transcripts import Transcripts
from tests.registry.people import DACHUI, register
from tests.registry.postgresql import Server

TABLES = ("registrations", "consents", "cases", "milestones", "case_notes", "audit_entries")


@pytest.fixture
def registrations(database: Database, cipher: Cipher) -> Registrations:
    return Registrations(database, cipher)


def counts(database: Database) -> dict[str, int]:
    with database.session() as session:
        return {table: session.execute(text(f"select count(*) from {table}")).scalar_one() for table in TABLES}


@contextmanager
def failing(database: Database, server: Server | None, folder: Path, kind: str) -> Iterator[None]:
    """The database as it is when it fails in the way of `kind`."""
    if kind == "locked":
        with sqlite3.connect(folder / "records.db", isolation_level=None) as other:
            other.execute("begin immediate")
            yield
            other.execute("rollback")
    elif kind == "gone":
        assert server is not None
        server.stop()
        yield
        server.start()
    else:
        pragma = {"full": "max_page_count = 1", "read only": "query_only = on"}[kind]

        def prepare(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute(f"pragma {pragma}")

        # Every connection the pool opens from now on; those it has are let go.
        event.listen(database.engine, "connect", prepare)
        database.engine.dispose()
        yield
        event.remove(database.engine, "connect", prepare)
        database.engine.dispose()


FAILURES = [("sqlite", "locked"), ("sqlite", "read only"), ("sqlite", "full"), ("postgresql", "gone")]


@pytest.fixture
def server(request: pytest.FixtureRequest, database_url: str) -> Server | None:
    return request.getfixturevalue("postgresql") if database_url.startswith("postgresql") else None


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits five seconds for a lock here."""
    prepare = "registry.store.database._prepare_sqlite"
    from registry.store.database import _prepare_sqlite

    def impatient(connection: sqlite3.Connection, record: object) -> None:
        _prepare_sqlite(connection, record)
        connection.execute("pragma busy_timeout = 100")

    monkeypatch.setattr(prepare, impatient)


@pytest.mark.parametrize(("database_url", "kind"), FAILURES, indirect=["database_url"])
def test_nothing_is_half_saved_and_the_same_request_registers_afterwards(
    registrations: Registrations, database: Database, cipher: Cipher, folder: Path, server: Server | None, kind: str
) -> None:
    register(registrations, 0)
    each = counts(database)
    saved, refused = 1, ""
    with failing(database, server, folder, kind):
        # A full disk still takes what fits into the room that is left in its pages.
        while not refused:
            try:
                register(registrations, saved, skills="长" * 200)
                saved += 1
            except RegistryError as error:
                refused = str(error)

    assert saved == 1 or kind == "full"
    assert [value for value in DACHUI.values() if value in refused] == []
    assert counts(database) == {table: count * saved for table, count in each.items()}
    number = register(registrations, saved)
    assert registrations.find(number, "13800000001").fields == DACHUI
    assert Audit(database, cipher).verify() == []


@pytest.mark.parametrize(("database_url", "kind"), FAILURES, indirect=["database_url"])
def test_every_call_is_told_so_and_works_afterwards(
    registrations: Registrations, database: Database, cipher: Cipher, folder: Path, server: Server | None, kind: str
) -> None:
    number = register(registrations, 1)
    cases, transcripts = Cases(database, cipher), Transcripts(database, cipher)
    calls: list[Callable[[], object]] = [
        lambda: cases.note(number, "长" * 100_000, "李敏"),
        lambda: transcripts.note("web-1", "长" * 100_000, ""),
    ]
    # A page that has room left takes a little even where the disk is full.
    if kind != "full":
        calls += [
            lambda: registrations.find(number, "13800000001"),
            lambda: registrations.change(number, "skills", "按摩", "self"),
            lambda: registrations.show(number, "李敏"),
            lambda: cases.show(number),
            lambda: cases.move(number, "in_progress", "李敏"),
            lambda: registrations.withdraw_consent(number, "disability", "self"),
            lambda: UnansweredQuestions(database).note("有住房补贴吗", ""),
        ]
    told = []
    with failing(database, server, folder, kind):
        for call in calls:
            try:
                call()
            except RegistryError as error:
                told.append(str(error))

    assert len(told) == len(calls)
    for call in calls:
        call()
    assert Audit(database, cipher).verify() == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_was_connected_when_the_server_went_goes_on_when_it_is_back(
    registrations: Registrations, database: Database, server: Server
) -> None:
    number = register(registrations, 1)
    with database.session() as held:
        held.execute(text("select 1"))
        server.stop()
        server.start()
        assert registrations.find(number, "13800000001").number == number
        held.invalidate()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_goes_in_the_middle_of_a_registration_leaves_nothing_of_it(
    registrations: Registrations, database: Database, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = Audit.note

    def note_without_a_server(*about: object) -> None:
        server.stop()
        note(*about)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr("registry.store.audit.Audit.note", note_without_a_server)
        with pytest.raises(RegistryError, match="cannot be used"):
            register(registrations, 1)
    server.start()

    assert sum(counts(database).values()) == 0
    assert register(registrations, 1) == register(registrations, 1)


def test_what_the_driver_quotes_is_not_told(database: Database) -> None:
    quoting = "select * from nowhere where name = '王大锤'"
    with pytest.raises(RegistryError, match="cannot be used") as caught, database.session() as session:
        session.execute(text(quoting))

    assert "王大锤" not in str(caught.value)


# what is kept in clear -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_of_a_thousand_people_nothing_is_in_clear_in_files_and_log(
    registrations: Registrations, database: Database, cipher: Cipher, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)
    surnames, given = "欧阳上官司马诸葛尉迟", "檀栩翊珩璟昀霁砚"
    cases, secrets = Cases(database, cipher), []
    # While it is open, the newest pages are in a file beside the database.
    with database.engine.connect():
        for each in range(1000):
            name = f"{surnames[each % 5 * 2 : each % 5 * 2 + 2]}{given[each // 125]}{given[each // 16 % 8]}{each}"
            phone, identity = f"1397{each:07d}", f"36012119{each:06d}{each:03d}X"
            number = register(
                registrations, each, name=name, phone=phone, skills=f"身份证{identity}", desired_job=f"{phone}找我"
            )
            if each % 50 == 0:
                cases.note(number, f"{name}的身份证是{identity}", "李敏")
            secrets += [name, phone, f"+86{phone}", identity]
        kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)

    assert "records.db-wal" in kept
    everything = b"".join(kept.values()) + caplog.text.encode()
    assert b"registrations" in everything
    assert "INSERT INTO registrations" in caplog.text
    forms = {form for secret in secrets for form in (secret.encode(), secret.encode("unicode_escape"))}
    # Eight bytes of each are looked up at once, and only those that are there are searched for in full.
    there = {everything[at : at + 8] for at in range(len(everything))}
    assert [form for form in forms if form[:8] in there and form in everything] == []
    kinds = ("视力", "二级", "读屏")
    assert [kind for kind in kinds if kind.encode() in everything or kind.encode("unicode_escape") in everything] == []
