"""Brings the tables of a database to the newest version."""

from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection, Engine

from registry.errors import RegistryError

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 4_210_022
"""Of PostgreSQL, which asks for a number; any will do as long as nothing else in the database takes it."""


def newest_version() -> str:
    """The number that the last file of migrations/versions begins with, e.g. "0002"."""
    return max(path.name[1:5] for path in (_MIGRATIONS / "versions").glob("v[0-9]*.py"))


def upgrade(engine: Engine) -> None:
    """Makes and changes tables up to the newest version; safe where several processes start at once.

    Raises RegistryError where a newer program made the tables.
    """
    newest = newest_version()
    with engine.connect() as connection:
        if _version(connection) == newest:
            return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        # Another process may have done it while this one waited.
        version = _version(connection)
        if version == newest:
            return
        if version > newest:
            raise RegistryError(
                f"the tables have version {version} and this program knows {newest}; use the newer program"
            )
        _run(connection)


def _version(connection: Connection) -> str:
    """The version of the tables; "" before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or ""


def _run(connection: Connection) -> None:
    # Takes longer to import than a database at its newest version takes to open.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
