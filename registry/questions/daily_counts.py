"""How often each thing happened on each day: counts alone, nothing about anybody."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.store.database import Database
from registry.tables.all import DailyCountRow


@dataclass(frozen=True)
class DailyCount:
    """Something that happened."""

    day: date
    door: str
    what: str
    """A status of a turn, "begun" for a conversation, the time it took as "within 0.1", or "useful"."""
    count: int


class DailyCounts:
    """The counts of every day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, counts: Mapping[tuple[date, str, str], int]) -> None:
        """Adds to each of (day, door, what)."""
        try:
            self._add(counts)
        except IntegrityError:
            # Another process counted the first one of a day in between.
            self._add(counts)

    def between(self, first: date, last: date) -> Sequence[DailyCount]:
        """What happened on these days, both included."""
        wanted = (
            select(DailyCountRow)
            .where(DailyCountRow.day.between(first, last))
            .order_by(DailyCountRow.day, DailyCountRow.id)
        )
        with self._database.session() as session:
            return [
                DailyCount(row.day, row.door, row.what, row.count) for row in session.execute(wanted).scalars().all()
            ]

    def _add(self, counts: Mapping[tuple[date, str, str], int]) -> None:
        with self._database.writing() as session:
            for (day, door, what), count in sorted(counts.items()):
                there = select(DailyCountRow).where(
                    DailyCountRow.day == day, DailyCountRow.door == door, DailyCountRow.what == what
                )
                row = session.execute(there.with_for_update()).scalar_one_or_none()
                if row is None:
                    row = DailyCountRow(day=day, door=door, what=what, count=0)
                    session.add(row)
                row.count += count


def totals(counts: Sequence[DailyCount], by: str) -> Mapping[str, int]:
    """The sums by "what", "door" or "day"."""
    found: Counter[str] = Counter()
    for each in counts:
        found[str(getattr(each, by))] += each.count
    return dict(found)
