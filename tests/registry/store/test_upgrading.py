"""Whatever a database was like, opening it makes it the newest, once, and with what was in it."""

import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Timer

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

import registry.store.upgrading
from registry.errors import RegistryError
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.upgrading import newest_version
from registry.tables.all import Base
from registry.talk.person_requests import PersonRequests
from registry.talk.transcripts import Transcripts
from tests.registry.postgresql import Server

MIGRATIONS = Path(registry.store.upgrading.__file__).parent / "migrations"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, folder: Path) -> str:
    """Of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{folder}/records.db"
    server: Server = request.getfixturevalue("postgresql")
    return server.new_schema()


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def test_the_migrations_make_the_tables_that_the_code_has(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_version_is_the_head_and_there_is_one() -> None:
    assert script().get_heads() == [newest_version()]


def test_a_database_from_before_there_were_versions_keeps_what_it_holds(url: str, cipher: Cipher) -> None:
    # As Base.metadata.create_all left it.
    before = Database(url)
    transcripts = Transcripts(before, cipher)
    transcripts.note("web-1", "我视力二级", "")
    number = PersonRequests(before, cipher, transcripts).ask("web-1", "web", "asked", {})
    with before.writing() as session:
        if before.engine.dialect.name == "sqlite":
            session.execute(text("pragma defer_foreign_keys = on"))
        for table in ("daily_counts", "pauses", "taught_questions", "sign_in_tries", "staff_sessions"):
            session.execute(text(f"drop table {table}"))
        for table in ("staff_recovery_codes", "staff"):
            session.execute(text(f"drop table {table}"))
        for table in ("buckets", "resume_codes", "staff_messages", "calls", "clause_uses"):
            session.execute(text(f"drop table {table}"))
        for table in ("telegram_notices", "telegram_messages", "telegram_updates", "telegram_chats"):
            session.execute(text(f"drop table {table}"))
        for table in ("audit_head", "audit_entries", "case_notes", "milestones", "cases", "consents", "registrations"):
            session.execute(text(f"drop table {table}"))
        if before.engine.dialect.name == "postgresql":
            session.execute(text("drop function audit_entries_refuse"))
        session.execute(text("drop table alembic_version"))
        for table, column in (
            ("person_requests", "handed_back_at"),
            ("unanswered_questions", "state"),
            ("unanswered_questions", "owner"),
        ):
            session.execute(text(f"alter table {table} drop column {column}"))
        session.execute(
            text(
                "insert into unanswered_questions (text, nearest, times, last_asked) values ('甲', '', 3, '2025-03-01')"
            )
        )
    before.engine.dispose()

    after = Database(url)

    assert [turn.said for turn in Transcripts(after, cipher).of("web-1")] == ["我视力二级"]
    assert PersonRequests(after, cipher, Transcripts(after, cipher)).show(number).sender == "web-1"
    with after.session() as session:
        assert session.execute(text("select text, times, state from unanswered_questions")).all() == [("甲", 3, "open")]
    assert set(inspect(after.engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_several_that_start_at_once_upgrade_once(url: str) -> None:
    starting = Barrier(6)

    def start(_: int) -> set[str]:
        starting.wait()
        return set(inspect(Database(url).engine).get_table_names())

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(start, range(6))) == [{*Base.metadata.tables, "alembic_version"}] * 6


def test_processes_that_start_at_once_upgrade_once(url: str) -> None:
    code = "import sys; from registry.store.database import Database; Database(sys.argv[1])"
    started = [subprocess.Popen([sys.executable, "-c", code, url], stderr=subprocess.PIPE) for _ in range(3)]

    assert [(each.communicate()[1], each.returncode) for each in started] == [(b"", 0)] * 3


def test_whoever_opens_a_file_that_another_is_just_making_waits_for_them(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / "being-made.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("create table half (made)")
    # Not yet in the write-ahead log's mode, and SQLite itself would refuse to set it at once.
    other.execute("begin immediate")
    finished = Timer(0.3, other.close)
    finished.start()

    database = Database(f"sqlite:///{path}")

    finished.join()
    assert "registrations" in inspect(database.engine).get_table_names()
    database.engine.dispose()


def test_an_upgrade_that_breaks_off_leaves_the_database_as_it_was(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = registry.store.upgrading._run

    def break_off(connection: object) -> None:
        run(connection)
        raise RegistryError("the power is gone")

    with monkeypatch.context() as broken:
        broken.setattr("registry.store.upgrading._run", break_off)
        with pytest.raises(RegistryError, match="the power is gone$"):
            Database(url)
    assert inspect(create_engine(url)).get_table_names() == []

    assert len(inspect(Database(url).engine).get_table_names()) > 5


def test_tables_of_a_newer_program_are_left_alone(url: str) -> None:
    with Database(url).writing() as session:
        session.execute(text("update alembic_version set version_num = '9999'"))

    with pytest.raises(RegistryError) as caught:
        Database(url)
    assert str(caught.value).endswith(
        f"the tables have version 9999 and this program knows {newest_version()}; use the newer program"
    )


def test_a_database_at_the_newest_version_opens_at_once_and_without_alembic(url: str) -> None:
    Database(url)
    opened = "from registry.store.database import Database; Database(sys.argv[1])"
    code = f"import sys; {opened}; print('alembic' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code, url], capture_output=True, text=True, check=True).stdout

    took = []
    for _ in range(5):
        started = time.perf_counter()
        Database(url)
        took.append(time.perf_counter() - started)
    assert (told.strip(), min(took) < 0.05) == ("False", True)


def test_numbers_of_ten_digits_fit_where_those_of_eight_did(database: Database) -> None:
    columns = [
        column
        for table in ("registrations", "consents", "cases", "audit_entries", "calls")
        for column in inspect(database.engine).get_columns(table)
        if column["name"] in {"number", "merged_into", "subject"}
    ]
    assert {column["type"].length for column in columns} == {10}
    if database.kind == "sqlite":
        with database.session() as session:
            assert session.execute(text("pragma integrity_check")).scalar_one() == "ok"
