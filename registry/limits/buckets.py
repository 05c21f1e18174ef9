"""Where token buckets are kept: in this process, or in the database that several share."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from registry.clock import utc_now
from registry.errors import RegistryError
from registry.limits.limits import Wanted, full_after, wait_for
from registry.store.database import Database
from registry.tables.all import BucketRow

_TAKES_BETWEEN_CLEARINGS = 500
"""A full bucket is as good as none; nobody has to look for them more often."""
_TRIES = 5


class BucketsInMemory:
    """Of one process, and gone with it."""

    waits = False

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now
        self._full_at: dict[str, datetime] = {}
        self._takes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._full_at)

    def take(self, wanted: Sequence[Wanted]) -> timedelta:
        with self._lock:
            now = self._now()
            self._takes += 1
            if self._takes % _TAKES_BETWEEN_CLEARINGS == 0:
                self._full_at = {subject: at for subject, at in self._full_at.items() if at > now}
            wait = max(wait_for(self._full_at.get(each.subject), each, now) for each in wanted)
            if not wait:
                for each in wanted:
                    self._full_at[each.subject] = full_after(self._full_at.get(each.subject), each, now)
            return wait


class BucketsInDatabase:
    """Shared by all processes that use the database."""

    waits = True

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now
        self._takes = 0

    def take(self, wanted: Sequence[Wanted]) -> timedelta:
        self._takes += 1
        for _ in range(_TRIES):
            try:
                return self._take(wanted, clear=self._takes % _TAKES_BETWEEN_CLEARINGS == 0)
            except IntegrityError:
                # Somebody else made the same bucket in between: now there is one to take from.
                continue
        raise RegistryError(f"buckets: {_TRIES} times somebody else made the same one; try again")

    def _take(self, wanted: Sequence[Wanted], clear: bool) -> timedelta:
        # Always in the same order: two that ask for the same buckets must not wait for each other.
        ordered = sorted(wanted, key=lambda each: each.subject)
        with self._database.writing() as session:
            there = (
                select(BucketRow)
                .where(BucketRow.subject.in_([each.subject for each in ordered]))
                .order_by(BucketRow.subject)
                .with_for_update()
            )
            rows = {row.subject: row for row in session.execute(there).scalars()}
            # Only now: whoever took before may have kept us waiting.
            now = self._now()
            full_at = {subject: row.full_at for subject, row in rows.items()}
            wait = max(wait_for(full_at.get(each.subject), each, now) for each in ordered)
            if not wait:
                for each in ordered:
                    row = rows.get(each.subject) or BucketRow(subject=each.subject)
                    row.full_at = full_after(full_at.get(each.subject), each, now)
                    session.add(row)
                session.flush()
            if clear:
                gone = delete(BucketRow).where(BucketRow.full_at <= now)
                session.execute(gone, execution_options={"synchronize_session": False})
            return wait
