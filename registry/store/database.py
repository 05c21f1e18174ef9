"""The records' database: SQLite in one file, or PostgreSQL by URL."""

import logging
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from registry.errors import RegistryError
from registry.store.upgrading import upgrade

logger = logging.getLogger(__name__)

_PATIENCE, _PAUSE = 5.0, 0.01
"""Seconds for which somebody waits for an SQLite file that is locked, and between two tries."""
_CREDENTIALS = re.compile(r"^(\w[\w+]*://)?.*@", re.DOTALL)


class Database:
    """Opens sessions on one database."""

    def __init__(self, url: str) -> None:
        """`url` is SQLAlchemy's, e.g. sqlite:////var/lib/zhuyetong/records.db; tables are made or brought up to date.

        Raises RegistryError where it cannot be read, its driver is not installed or nothing answers there.
        """
        self._name = _name(url)
        try:
            self._engine = _opened(url)
            writing = self._engine.execution_options(writing=True)
            upgrade(writing)
        except RegistryError as error:
            raise RegistryError(f"{self._name}: {error}") from error
        # SQLAlchemy leaves a wrong port as ValueError and an unknown option of a driver as TypeError.
        except (SQLAlchemyError, ImportError, OSError, ValueError, TypeError) as error:
            raise RegistryError(f"{self._name}: cannot be used ({type(error).__name__})") from error
        is_sqlite = self._engine.dialect.name == "sqlite"
        # What a session reads fits together, as it does in SQLite of itself.
        reading = self._engine if is_sqlite else self._engine.execution_options(isolation_level="REPEATABLE READ")
        self._reading_sessions = sessionmaker(reading, future=True)
        self._writing_sessions = sessionmaker(writing, future=True)

    def session(self) -> AbstractContextManager[Session]:
        """A session that reads, sees nothing of what others commit meanwhile, and commits at the end.

        Raises RegistryError where the database is locked, full or gone.
        """
        return self._session(self._reading_sessions)

    def writing(self) -> AbstractContextManager[Session]:
        """A session that reads and then writes: in SQLite no other one gets in between.

        It commits at the end, and rolls back where an error leaves it. Raises RegistryError where the database is
        locked, read only, full or gone.
        """
        return self._session(self._writing_sessions)

    def forget_deleted(self) -> None:
        """Takes deleted rows out of SQLite's write-ahead log too, as far as nobody reads from it now."""
        if self._engine.dialect.name != "sqlite":
            return
        connection = self._engine.raw_connection()
        try:
            busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        # They are deleted already; what is left in the log goes with the next one.
        except sqlite3.Error as error:
            logger.warning("%s: the write-ahead log was not emptied (%s)", self._name, error)
        else:
            if busy:
                logger.warning("%s: the write-ahead log was not emptied (others read from it)", self._name)
        finally:
            connection.close()

    @property
    def engine(self) -> Engine:
        return self._engine

    @property
    def kind(self) -> str:
        """ "sqlite" or "postgresql"."""
        name: str = self._engine.dialect.name
        return name

    @contextmanager
    def _session(self, sessions: sessionmaker) -> Iterator[Session]:
        try:
            with sessions.begin() as session:
                yield session
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise RegistryError(f"{self._name}: cannot be used ({_reason(error)})") from error
        except PoolTimeoutError as error:
            raise RegistryError(f"{self._name}: cannot be used (too many at once); try again") from error


def reachable(url: str) -> tuple[bool, str]:
    """Whether the database at `url` can be used, and which it is, without its password."""
    try:
        with Database(url).session():
            return True, _name(url)
    except RegistryError as error:
        return False, str(error)


def _opened(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    # SQLAlchemy 1.4 opens an SQLite file anew for each session, which takes longer than most of what is done in one.
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}
    pool = {"poolclass": QueuePool, "connect_args": {"check_same_thread": False}} if is_file else {}
    # A traceback would quote what was being written.
    engine = create_engine(url, future=True, pool_pre_ping=True, hide_parameters=True, **pool)
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _name(url: str) -> str:
    """`url` without what may hold a password: all before an @ and behind a question mark.

    SQLAlchemy hides less: nothing where it cannot read the URL, and half a password that has an @ in it.
    """
    return _CREDENTIALS.sub(r"\1***@", url).partition("?")[0]


def _reason(error: DBAPIError) -> str:
    """What the driver says, without what it may quote: a value, or in the lines after the first the statement."""
    kind = type(error.orig).__name__
    said = str(error.orig).strip().splitlines()
    return kind if isinstance(error, DataError) or not said else f"{kind}: {said[0]}"


def _prepare_sqlite(connection: object, record: object) -> None:
    # Python's driver begins transactions by itself, but only before the first change: too late to read and then write.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000:.0f}")
    _log_ahead(cursor)
    # What was acknowledged is there after a power cut.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # Deleted rows are written over, not just let go of.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _log_ahead(cursor: sqlite3.Cursor) -> None:
    """Sets the write-ahead log. SQLite does not wait where others do so too, whatever its busy_timeout."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
