"""The records' database: SQLite in one file, or PostgreSQL by URL."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, declarative_base, sessionmaker
from sqlalchemy.pool import QueuePool

from registry.errors import RegistryError

Base = declarative_base()

_CREDENTIALS = re.compile(r"^(\w[\w+]*://)?.*@", re.DOTALL)


class Database:
    """Opens sessions on one database."""

    def __init__(self, url: str) -> None:
        """`url` is SQLAlchemy's, e.g. sqlite:////var/lib/zhuyetong/records.db; missing tables are made.

        Raises RegistryError where it cannot be read, its driver is not installed or nothing answers there.
        """
        try:
            self._engine = _opened(url)
        # SQLAlchemy leaves a wrong port as ValueError and an unknown option of a driver as TypeError.
        except (SQLAlchemyError, ImportError, OSError, ValueError, TypeError) as error:
            raise RegistryError(f"{_name(url)}: cannot be used ({type(error).__name__})") from error
        self._sessions = sessionmaker(self._engine, future=True)
        self._name = _name(url)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that commits at the end, and rolls back where an error leaves it.

        Raises RegistryError where the database is locked, full or gone.
        """
        try:
            with self._sessions.begin() as session:
                yield session
        except (OperationalError, InterfaceError) as error:
            raise RegistryError(f"{self._name}: cannot be used ({type(error.orig).__name__}: {error.orig})") from error

    @property
    def engine(self) -> Engine:
        return self._engine


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
    Base.metadata.create_all(engine)
    return engine


def _name(url: str) -> str:
    """`url` without what may hold a password: all before an @ and behind a question mark.

    SQLAlchemy hides less: nothing where it cannot read the URL, and half a password that has an @ in it.
    """
    return _CREDENTIALS.sub(r"\1***@", url).partition("?")[0]


def _prepare_sqlite(connection: object, record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.close()
