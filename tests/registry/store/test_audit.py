"""Every read and change leaves an entry, and whoever changes or removes one is noticed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from threading import Barrier

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.cases.cases import Cases
from registry.errors import RegistrationNotFound, RegistryError
from registry.registrations.registrations import Consent, Registrations
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from tests.registry.people import DACHUI, register


@pytest.fixture
def audit(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Audit:
    return Audit(database, cipher, clock)


@pytest.fixture
def registrations(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Registrations:
    return Registrations(database, cipher, clock)


def add(audit: Audit, database: Database, count: int = 3) -> None:
    for number in range(count):
        with database.writing() as session:
            audit.note(session, "李敏", "read", None, {"at": number})


def without_triggers(database: Database, statement: str) -> None:
    """What somebody does who owns the database."""
    with database.writing() as session:
        if database.engine.dialect.name == "sqlite":
            session.execute(text("drop trigger audit_entries_refuse_update"))
            session.execute(text("drop trigger audit_entries_refuse_delete"))
        else:
            session.execute(text("alter table audit_entries disable trigger all"))
        session.execute(text(statement))


# what is noted -------------------------------------------------------------------------------------------------------


def test_every_read_and_change_of_a_registration_is_noted_and_nothing_of_the_person(
    registrations: Registrations, audit: Audit, database: Database
) -> None:
    number = register(registrations)
    registrations.show(number, "李敏")
    registrations.find(number, "13800000001")
    with pytest.raises(RegistrationNotFound):
        registrations.find(number, "13900000001")
    registrations.of_sender("web-1")
    list(registrations.all("王芳"))
    registrations.change(number, "skills", "按摩", "self")
    registrations.withdraw_consent(number, "disability", "self")
    registrations.give_consent(number, Consent("disability", "2025-04", True), "self")
    registrations.delete(number, "self")

    entries = [*audit.entries()]
    assert [(each.actor, each.action, each.subject) for each in entries] == [
        ("self", "register", number),
        ("李敏", "read", number),
        ("self", "find", number),
        ("self", "find_refused", None),
        ("self", "read", number),
        ("王芳", "read_all", None),
        ("self", "change", number),
        ("self", "withdraw_consent", number),
        ("self", "give_consent", number),
        ("self", "delete", number),
    ]
    assert entries[6].detail == {"field": "skills"}
    kept = str(entries)
    told = [value for value in (*DACHUI.values(), "按摩", "13800000001") if value in kept]
    assert told == []


def test_every_read_and_change_of_a_case_is_noted_and_nothing_that_was_written(
    registrations: Registrations, database: Database, cipher: Cipher, audit: Audit
) -> None:
    number, other = register(registrations, 1), register(registrations, 2)
    cases = Cases(database, cipher)
    cases.show(number, "李敏")
    cases.move(number, "in_progress", "李敏")
    cases.milestone_done(number, "service", "秘密", "李敏")
    cases.note(number, "秘密", "李敏")
    cases.plan(number, date(2025, 3, 10), "秘密", "李敏")
    cases.assign(number, "王芳", "李敏")
    cases.merge(number, other, "李敏")

    entries = [*audit.entries()][2:]
    assert [(each.action, each.detail) for each in entries] == [
        ("read_case", {}),
        ("move", {"from": "registered", "to": "in_progress"}),
        ("milestone_done", {"milestone": "service"}),
        ("note", {}),
        ("plan", {"on": "2025-03-10", "milestone": None}),
        ("assign", {"from": None, "to": "王芳"}),
        ("merge", {"into": number}),
    ]
    assert {each.actor for each in entries} == {"李敏"}
    assert [each.action for each in audit.entries(other)] == ["register", "merge"]


def test_an_entry_is_kept_only_with_what_it_is_about(audit: Audit, database: Database) -> None:
    class Gone(Exception):
        pass

    def break_off() -> None:
        with database.writing() as session:
            audit.note(session, "李敏", "read")
            raise Gone

    with pytest.raises(Gone):
        break_off()

    assert ([*audit.entries()], audit.head(), audit.verify()) == ([], (0, ""), [])


def test_nobody_does_anything_without_a_name(audit: Audit, database: Database) -> None:
    with (
        pytest.raises(RegistryError, match="^read: whoever does it needs a name; give one$"),
        database.writing() as session,
    ):
        audit.note(session, " ", "read")


# the chain -----------------------------------------------------------------------------------------------------------


def test_a_chain_that_nobody_touched_is_whole(
    audit: Audit, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.store.audit._BATCH", 2)
    add(audit, database, 5)

    assert (audit.verify(), audit.head()[0]) == ([], 5)


def test_writers_at_once_never_fork_the_chain(url: str, cipher: Cipher, audit: Audit) -> None:
    starting = Barrier(8)

    def write(_: int) -> None:
        database = Database(url)
        starting.wait()
        add(Audit(database, cipher), database, 10)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))

    assert (audit.verify(), audit.head()[0]) == ([], 80)


@pytest.mark.parametrize("statement", ["update audit_entries set actor = '王芳'", "delete from audit_entries"])
def test_the_database_refuses_to_change_and_to_delete_entries(audit: Audit, database: Database, statement: str) -> None:
    add(audit, database)
    with (
        pytest.raises((DBAPIError, RegistryError), match="entries are added, never changed or deleted"),
        database.writing() as session,
    ):
        session.execute(text(statement))

    assert (audit.verify(), audit.head()[0]) == ([], 3)


@pytest.mark.parametrize(
    "change",
    [
        "at = '2025-03-02 00:00:00'",
        "actor = '王芳'",
        "action = 'change'",
        "subject = '57240000'",
        "detail = '{}'",
        "detail = 'x'",
        "hash = 'x'",
    ],
)
def test_a_changed_entry_is_named(audit: Audit, database: Database, change: str) -> None:
    add(audit, database)
    without_triggers(database, f"update audit_entries set {change} where id = 2")

    assert audit.verify() == ["audit_entries 2: was changed after it was written"]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("delete from audit_entries where id = 1", "audit_entries 1: is missing; the next one there is 2"),
        ("delete from audit_entries where id = 2", "audit_entries 2: is missing; the next one there is 3"),
        ("delete from audit_entries where id = 3", "audit_entries 3: is missing, with all up to 3"),
        ("delete from audit_entries", "audit_entries 1: is missing, with all up to 3"),
        (
            "update audit_entries set previous = 'x' where id = 2",
            "audit_entries 2: does not follow the entry before it",
        ),
        ("update audit_head set count = 2", "audit_head: was changed after it was written"),
        ("update audit_head set count = 0", "audit_head: was changed after it was written"),
        ("delete from audit_head", "audit_head: its row is gone"),
    ],
)
def test_what_was_cut_out_or_off_is_named(audit: Audit, database: Database, statement: str, problem: str) -> None:
    add(audit, database)
    without_triggers(database, statement)

    assert audit.verify() == [problem]


def test_an_old_head_put_back_is_noticed(audit: Audit, database: Database) -> None:
    add(audit, database)
    with database.session() as session:
        count, last, seal = session.execute(text("select count, hash, seal from audit_head")).one()
    add(audit, database)
    without_triggers(database, f"update audit_head set count = {count}, hash = '{last}', seal = '{seal}'")

    assert audit.verify() == ["audit_head: is of an earlier entry"]


def test_an_emptied_audit_is_noticed_where_there_are_registrations(
    audit: Audit, database: Database, registrations: Registrations
) -> None:
    register(registrations)
    without_triggers(database, "delete from audit_entries")
    with database.writing() as session:
        session.execute(text("update audit_head set count = 0, hash = '', seal = ''"))

    assert audit.verify() == ["audit_entries: there are none, but 1 registrations"]


def test_without_the_key_nobody_makes_an_entry_that_fits(audit: Audit, database: Database) -> None:
    add(audit, database)
    forger = Audit(database, Cipher([Fernet.generate_key().decode()]))
    add(forger, database, 1)

    assert audit.verify() == ["audit_entries 4: was changed after it was written"]


def test_a_newer_key_does_not_break_the_chain(audit: Audit, database: Database, folder: Path) -> None:
    add(audit, database)
    key = folder / "key"
    key.write_text(f"{Fernet.generate_key().decode()}\n{key.read_text()}")

    assert Audit(database, Cipher.load(key)).verify() == []
