"""Which clauses staff open: recent and frequent topics, counted by day and by nobody."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from registry.clock import day_of, utc_now
from registry.store.database import Database
from registry.tables.all import ClauseUseRow

_DAYS = 30
"""What was asked a month ago is no topic any more."""
_UNTRACKED = {"synchronize_session": False}

ClauseKey = tuple[str, str]
"""Document id and clause id."""


class ClauseUses:
    """Counts of clauses, without people."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    def note(self, document: str, clause: str) -> None:
        """Counts that the clause was opened now."""
        try:
            self._note(document, clause)
        except IntegrityError:
            # Somebody else opened it for the first time today: now there is a row to count in.
            self._note(document, clause)

    def recent(self, most: int) -> Sequence[ClauseKey]:
        """The clauses opened last, the latest first."""
        return self._ordered(func.max(ClauseUseRow.last_at).desc(), most)

    def frequent(self, most: int) -> Sequence[ClauseKey]:
        """The clauses opened most often within a month, the most frequent first."""
        return self._ordered(func.sum(ClauseUseRow.times).desc(), most)

    def _ordered(self, order: object, most: int) -> Sequence[ClauseKey]:
        since = day_of(self._now()) - timedelta(days=_DAYS)
        used = (
            select(ClauseUseRow.document, ClauseUseRow.clause)
            .where(ClauseUseRow.day > since)
            .group_by(ClauseUseRow.document, ClauseUseRow.clause)
            .order_by(order, ClauseUseRow.document, ClauseUseRow.clause)
            .limit(most)
        )
        with self._database.session() as session:
            return [(document, clause) for document, clause in session.execute(used)]

    def _note(self, document: str, clause: str) -> None:
        now = self._now()
        which = {"document": document, "clause": clause, "day": day_of(now)}
        with self._database.writing() as session:
            counted = session.execute(
                update(ClauseUseRow).filter_by(**which).values(times=ClauseUseRow.times + 1, last_at=now),
                execution_options=_UNTRACKED,
            )
            if counted.rowcount == 0:
                session.add(ClauseUseRow(**which, times=1, last_at=now))
