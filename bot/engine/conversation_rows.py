"""The rows that conversations are kept in, one per sender, encrypted. Imports nothing of Rasa, which takes seconds."""

import json
import logging
import sqlite3
from collections.abc import Collection, Sequence
from datetime import date, timezone
from pathlib import Path

from registry.clock import beginning_of
from registry.errors import EncryptionError
from registry.store.encryption import Cipher, Place

logger = logging.getLogger(__name__)

TABLE = "encrypted_conversations"
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS {TABLE} (
    sender_index TEXT PRIMARY KEY,
    sender TEXT NOT NULL,
    events TEXT NOT NULL,
    updated TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
)
"""
_IN_CLEAR = "conversations"
"""The table of version 0.1.0, which was not encrypted."""


class ConversationRows:
    """What is kept of each conversation, as a text that means something to the tracker store alone."""

    def __init__(self, path: Path, cipher: Cipher) -> None:
        """Opens or makes the database at `path`; ":memory:" keeps nothing after the process."""
        self._cipher = cipher
        if str(path) != ":memory:":
            path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5.0)
        # A killed process loses nothing in WAL mode; NORMAL leaves only the last turns at risk in a power cut.
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        # What was deleted or encrypted anew must not be left behind in the file.
        self._database.execute("PRAGMA secure_delete = ON")
        self._database.execute(_SCHEMA)
        self._encrypt_what_is_in_clear()

    def read(self, sender: str) -> str | None:
        """What is kept of `sender`; None where there is nothing. Raises EncryptionError where no key decrypts it."""
        row = self._database.execute(
            f"SELECT rowid, sender_index, events FROM {TABLE} WHERE sender_index = ?", (self._cipher.index(sender),)
        ).fetchone()
        return None if row is None else self._cipher.decrypt(row[2], _place("events", row[1], row[0]))

    def has(self, sender: str) -> bool:
        found = self._database.execute(f"SELECT 1 FROM {TABLE} WHERE sender_index = ?", (self._cipher.index(sender),))
        return found.fetchone() is not None

    def write(self, sender: str, events: str) -> None:
        """Puts `events` in the place of what was kept of `sender`."""
        index = self._cipher.index(sender)
        self._database.execute(
            f"INSERT INTO {TABLE} (sender_index, sender, events) VALUES (?, ?, ?) "
            "ON CONFLICT (sender_index) DO UPDATE "
            "SET sender = excluded.sender, events = excluded.events, updated = CURRENT_TIMESTAMP",
            (
                index,
                self._cipher.encrypt(sender, _place("sender", index)),
                self._cipher.encrypt(events, _place("events", index)),
            ),
        )

    def delete(self, sender: str) -> None:
        self.delete_indexes([self._cipher.index(sender)])

    def delete_indexes(self, indexes: Collection[str]) -> int:
        """Forgets the senders with these blind indexes, in the write-ahead log too; gives how many there were."""
        gone = sum(
            self._database.execute(f"DELETE FROM {TABLE} WHERE sender_index = ?", (index,)).rowcount
            for index in indexes
        )
        if gone:
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return gone

    def indexes(self) -> Collection[str]:
        """The blind index of every sender there is a row of."""
        return {index for (index,) in self._database.execute(f"SELECT sender_index FROM {TABLE}")}

    def forget_before(self, day: date, dry_run: bool = False) -> int:
        """Forgets the conversations whose last turn was on a day before `day` in China, and gives how many there were.

        With `dry_run` nothing is deleted.
        """
        # As SQLite writes a moment, in UTC.
        begun = f"{beginning_of(day).astimezone(timezone.utc):%Y-%m-%d %H:%M:%S}"
        rows = self._database.execute(f"SELECT sender_index FROM {TABLE} WHERE updated < ?", (begun,)).fetchall()
        return len(rows) if dry_run else self.delete_indexes([index for (index,) in rows])

    def senders(self) -> Sequence[str]:
        """Every sender there is a row of; raises EncryptionError where no key decrypts one."""
        rows = self._database.execute(f"SELECT rowid, sender_index, sender FROM {TABLE}")
        return [self._cipher.decrypt(sender, _place("sender", index, number)) for number, index, sender in rows]

    def count(self) -> int:
        count: int = self._database.execute(f"SELECT count(*) FROM {TABLE}").fetchone()[0]
        return count

    def renew(self) -> tuple[int, Sequence[str]]:
        """Encrypts with the newest key what an older one encrypted; the service may go on writing meanwhile.

        Gives how many rows were written anew, and those that no key decrypts, which are left as they are.
        """
        renewed, unreadable = 0, []
        numbers = [number for (number,) in self._database.execute(f"SELECT rowid FROM {TABLE}").fetchall()]
        for number in numbers:
            found = self._database.execute(
                f"SELECT sender_index, sender, events FROM {TABLE} WHERE rowid = ?", (number,)
            ).fetchone()
            if found is None:
                continue
            index, *row = found
            try:
                anew = [
                    self._cipher.renewed(token, _place(column, index, number))
                    for column, token in zip(("sender", "events"), row, strict=True)
                ]
            except EncryptionError as error:
                logger.error("the rotation leaves a conversation as it is: %s", error)
                unreadable.append(f"{TABLE} {number}")
                continue
            if anew != row:
                # Not where the service has written a later turn since: that one stays.
                changed = self._database.execute(
                    f"UPDATE {TABLE} SET sender = ?, events = ? WHERE rowid = ? AND events = ?",
                    (*anew, number, row[1]),
                )
                renewed += changed.rowcount
        return renewed, unreadable

    def close(self) -> None:
        """Closes the database; the rows cannot be used after it."""
        self._database.close()

    def _encrypt_what_is_in_clear(self) -> None:
        known = self._database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_IN_CLEAR,)).fetchone()
        if known is None:
            return
        for sender, events in self._database.execute(f"SELECT sender, events FROM {_IN_CLEAR}").fetchall():
            self.write(sender, events)
        self._database.execute(f"DROP TABLE {_IN_CLEAR}")
        self._database.execute("VACUUM")
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _place(column: str, index: str, number: int | None = None) -> Place:
    """Where a token is kept; `number` is of the row, for errors, None where it is not read."""
    return Place(f"{TABLE} {number}", json.dumps([TABLE, column, index]))
