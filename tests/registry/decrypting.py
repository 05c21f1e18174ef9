"""Everything that is encrypted in a database, read as whoever has the key reads it."""

from collections.abc import Iterator

from sqlalchemy import Column, Table, select

from registry.store.database import Database
from registry.store.encryption import Cipher, Place
from registry.store.token_places import place_of
from registry.tables.all import encrypted_columns


def tokens_in_place(database: Database) -> Iterator[tuple[Column, Place, str]]:
    """Every token with its column and the place it is bound to."""
    for table, columns in encrypted_columns().items():
        for row in rows_of(database, table):
            for column in columns:
                token = getattr(row, column.name)
                if token is not None:
                    yield column, place_of(column, row), token


def texts(database: Database, cipher: Cipher) -> list[str]:
    """What every token says; raises EncryptionError for one that is not where it was put."""
    return [cipher.decrypt(token, place) for _, place, token in tokens_in_place(database)]


def rows_of(database: Database, table: Table) -> list[object]:
    with database.session() as session:
        return list(session.execute(select(table).order_by(*table.primary_key.columns)).all())
