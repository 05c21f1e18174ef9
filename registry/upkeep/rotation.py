"""Encrypts everything again with the newest key."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select, update

from registry.clock import utc_now
from registry.errors import EncryptionError
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import encrypted_columns

logger = logging.getLogger(__name__)

_BATCH = 500


@dataclass(frozen=True)
class Rotation:
    """What a rotation did."""

    renewed: Mapping[str, int]
    """How many rows were written anew, by table."""
    unreadable: Sequence[str]
    """The records that no key can decrypt, as "table key"; they are left as they are."""


def rotate(database: Database, cipher: Cipher, actor: str = "staff", now: Callable[[], datetime] = utc_now) -> Rotation:
    """Encrypts with the newest key what an older one encrypted, and binds to its place what is not bound to it yet.

    Others may read and write meanwhile. Broken off, it goes on where it was when it is called again. Before it, start
    again whatever writes the records, which knows no new key until then; and keep the last key: it makes the indexes.
    """
    renewed: dict[str, int] = {}
    unreadable: list[str] = []
    for table in encrypted_columns():
        renewed[table.name] = 0
        last = None
        while True:
            last, count = _renew_batch(database, cipher, table, last, unreadable)
            renewed[table.name] += count
            if last is None:
                break
    with database.writing() as session:
        Audit(database, cipher, now).note(session, actor, "rotate", None, {**renewed, "unreadable": len(unreadable)})
    return Rotation(renewed, unreadable)


def _renew_batch(
    database: Database, cipher: Cipher, table: Table, after: Any, unreadable: list[str]
) -> tuple[Any, int]:
    """The key of the last row that was looked at, None where there was none, and how many rows were written."""
    (key,) = table.primary_key.columns
    columns = encrypted_columns()[table]
    rows = select(table).order_by(key).limit(_BATCH).with_for_update()
    last, count = None, 0
    with database.writing() as session:
        for row in session.execute(rows if after is None else rows.where(key > after)).all():
            last = getattr(row, key.name)
            tokens = {column.name: getattr(row, column.name) for column in columns}
            try:
                anew = {
                    column.name: cipher.renewed(tokens[column.name], place_of(column, row))
                    for column in columns
                    if tokens[column.name] is not None
                }
            except EncryptionError as error:
                # One that is broken must not keep all the others with an old key.
                logger.error("the rotation leaves a record as it is: %s", error)
                unreadable.append(f"{table.name} {last}")
                continue
            if any(token != tokens[name] for name, token in anew.items()):
                session.execute(update(table).where(key == last).values(anew))
                count += 1
    return last, count
