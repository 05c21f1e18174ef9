"""The records' database: SQLite in one file, or PostgreSQL by URL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, declarative_base, sessionmaker

Base = declarative_base()


class Database:
    """Opens sessions on one database."""

    def __init__(self, url: str) -> None:
        """`url` is SQLAlchemy's, e.g. sqlite:////var/lib/zhuyetong/records.db; missing tables are made."""
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(url, future=True, pool_pre_ping=True)
        if parsed.get_backend_name() == "sqlite":
            event.listen(self._engine, "connect", _prepare_sqlite)
        Base.metadata.create_all(self._engine)
        self._sessions = sessionmaker(self._engine, future=True)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that commits at the end, and rolls back where an error leaves it."""
        with self._sessions.begin() as session:
            yield session

    @property
    def engine(self) -> Engine:
        return self._engine


def reachable(url: str) -> tuple[bool, str]:
    """Whether the database at `url` can be used, and which it is, without its password."""
    name = make_url(url).render_as_string(hide_password=True)
    try:
        with Database(url).session():
            return True, name
    except (SQLAlchemyError, OSError) as error:
        return False, f"{name}: {type(error).__name__}"


def _prepare_sqlite(connection: object, record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.close()
