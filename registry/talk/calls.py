"""Telephone calls that staff answer: what was opened, what was noted, and what came of each."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from registry.clock import utc_now
from registry.errors import CallError
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import LARGEST_NUMBER, CallRow

LONGEST_NOTES = 4_000
"""Characters."""


class CallOutcome(str, Enum):
    """What came of a call."""

    ANSWERED = "answered"
    REGISTERED = "registered"
    PASSED_ON = "passed_on"
    CALL_BACK = "call_back"
    NOT_COVERED = "not_covered"
    BROKEN_OFF = "broken_off"


@dataclass(frozen=True)
class Call:
    """One call."""

    id: int
    by: str
    """Who of staff answered it."""
    begun_at: datetime
    """In UTC."""
    ended_at: datetime | None
    """None while it goes on."""
    clauses: Sequence[str]
    """What was opened, as "document/clause", in order and each once."""
    outcome: CallOutcome | None
    number: str | None
    """Of the case that was registered."""
    notes: str = field(repr=False)
    """Empty where nothing was noted, or it is erased."""


class Calls:
    """The calls; each person of staff answers one at a time, which is still there when a browser closes."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._cipher = cipher
        self._now = now
        self._audit = Audit(database, cipher, now)

    def current(self, by: str) -> Call:
        """The call that `by` is answering, begun now where there is none."""
        with self._database.writing() as session:
            row = session.execute(_going_on(by)).scalars().first()
            if row is None:
                row = CallRow(by=by, begun_at=self._now(), clauses="")
                session.add(row)
                session.flush()
            return self._call(row)

    def going_on(self, by: str) -> Call | None:
        """The call that `by` is answering; None where there is none."""
        with self._database.session() as session:
            row = session.execute(_going_on(by)).scalars().first()
            return self._call(row) if row is not None else None

    def show(self, call: int, by: str) -> Call:
        """A call of `by`; raises CallError where there is none, or somebody else answered it."""
        with self._database.session() as session:
            return self._call(_row(session, call, by))

    def of(self, by: str, most: int = 10) -> Sequence[Call]:
        """The calls that `by` ended last, the latest first."""
        ended = select(CallRow).where(CallRow.by == by, CallRow.ended_at.is_not(None))
        with self._database.session() as session:
            rows = session.execute(ended.order_by(CallRow.id.desc()).limit(most)).scalars()
            return [self._call(row) for row in rows]

    def opened(self, call: int, clause: str, by: str) -> bool:
        """Adds "document/clause" to what was opened in the call; gives whether it was not there yet."""
        with self._changing(call, by) as (_, row):
            opened = row.clauses.splitlines()
            row.clauses = "\n".join([*opened, clause]) if clause not in opened else row.clauses
            return clause not in opened

    def note(self, call: int, notes: str, by: str) -> None:
        """Puts `notes` in the place of what was noted before; raises CallError where they are too long."""
        if len(notes) > LONGEST_NOTES:
            raise CallError(f"call {call}: its notes have {len(notes)} characters; at most {LONGEST_NOTES} are kept")
        with self._changing(call, by) as (_, row):
            row.notes = self._cipher.encrypt(notes, place_of(CallRow.notes, row)) if notes else None

    def registered(self, call: int, number: str, by: str) -> None:
        """Keeps the number of the case that was registered in the call."""
        with self._changing(call, by) as (session, row):
            row.number = number
            self._audit.note(session, by, "registered_in_call", number, {"call": call})

    def end(self, call: int, outcome: CallOutcome, by: str) -> None:
        """Ends the call with what came of it; again corrects that."""
        with self._changing(call, by) as (_, row):
            row.outcome, row.ended_at = outcome.value, row.ended_at or self._now()

    @contextmanager
    def _changing(self, call: int, by: str) -> Iterator[tuple[Session, CallRow]]:
        with self._database.writing() as session:
            yield session, _row(session, call, by)

    def _call(self, row: CallRow) -> Call:
        return Call(
            row.id,
            row.by,
            row.begun_at,
            row.ended_at,
            row.clauses.splitlines(),
            CallOutcome(row.outcome) if row.outcome else None,
            row.number,
            self._cipher.decrypt(row.notes, place_of(CallRow.notes, row)) if row.notes else "",
        )


def _going_on(by: str) -> Select:
    return select(CallRow).where(CallRow.by == by, CallRow.ended_at.is_(None)).order_by(CallRow.id).with_for_update()


def _row(session: Session, call: int, by: str) -> CallRow:
    row: CallRow | None = session.get(CallRow, call) if 0 < call <= LARGEST_NUMBER else None
    if row is None or row.by != by:
        raise CallError(f"call {call}: {by} has none of this number; open the page of calls anew")
    return row
