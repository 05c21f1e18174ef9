"""Copies a whole database as it is at one moment, while others go on writing, and puts a copy back."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select
from sqlalchemy.engine import URL

from registry.errors import BackupError
from registry.store.database import Database
from registry.tables.all import AuditHeadRow, Base


def save(database: Database, to: Path) -> None:
    """Writes the whole of `database` to the file `to`. Raises BackupError where it cannot."""
    if database.kind == "sqlite":
        copy_sqlite(_file(database), to)
    else:
        _run(database, "pg_dump", "--format=custom", "--no-owner", f"--file={to}")


def check(kind: str, copy: Path) -> None:
    """Raises BackupError where the file `copy` is no whole copy of a database of that kind."""
    if kind == "sqlite":
        try:
            with closing(sqlite3.connect(copy)) as connection:
                ((said,), *_) = connection.execute("PRAGMA integrity_check").fetchall()
        except sqlite3.DatabaseError as error:
            raise BackupError(f"the copy of the records is broken ({error}); take another backup") from error
        if said != "ok":
            raise BackupError(f"the copy of the records is broken ({said}); take another backup")
    else:
        _output(_program("pg_restore"), "--list", str(copy))


def put_back(database: Database, copy: Path) -> None:
    """Puts what `save` wrote in the place of everything in `database`: all of it, or where it fails nothing.

    What is open on it has to be opened anew. Raises BackupError where it cannot.
    """
    database.engine.dispose()
    if database.kind == "sqlite":
        copy_sqlite(copy, _file(database))
        database.forget_deleted()
    else:
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
        _run(database, "pg_restore", *options, str(copy))
    database.engine.dispose()


def holds_records(database: Database) -> bool:
    """Whether anything was ever recorded in it."""
    with database.session() as session:
        return any(
            session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
            if table is not AuditHeadRow.__table__
        )


def copy_sqlite(source: Path, to: Path) -> None:
    """Puts the whole database `source` in the place of what `to` holds, in one transaction."""
    try:
        with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(to, timeout=30)) as writing:
            reading.backup(writing)
    except sqlite3.Error as error:
        raise BackupError(
            f"{source}: cannot be copied to {to} ({error}); try again while nothing writes to it"
        ) from error


def _file(database: Database) -> Path:
    return Path(database.engine.url.database or "")


def _run(database: Database, program: str, *options: str) -> None:
    url = database.engine.url
    with TemporaryDirectory(prefix="zhuyetong-") as folder:
        # On the command line or in the environment others on the machine could read the password.
        passwords = Path(folder) / "passwords"
        passwords.touch(0o600)
        escaped = str(url.password or "").replace("\\", r"\\").replace(":", r"\:")
        passwords.write_text(f"*:*:*:*:{escaped}\n" if escaped else "", encoding="utf-8")
        query = {**url.query, "passfile": str(passwords)}
        plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
        _output(_program(program), "--no-password", f"--dbname={plain}", *options)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(
            f"{name}: is not installed; install PostgreSQL's client programs, at least as new as the server"
        )
    return found


def _output(program: str, *options: str) -> None:
    done = subprocess.run([program, *options], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        # The first line alone: those after it may quote a record.
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise BackupError(f"{Path(program).name}: ended with {done.returncode} ({said}); mend that and try again")
