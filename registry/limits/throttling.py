"""How often signing in may fail: after a few times everybody waits, ever longer, whoever they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from registry.tables.all import SignInTryRow

_FORGOTTEN_AFTER = timedelta(days=1)
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(minutes=15)
"""No longer, or a stranger could keep somebody of staff out all day."""


@dataclass(frozen=True)
class Subject:
    """What tries are counted by."""

    index: str
    """Blind, e.g. of a login name or an address."""
    allowed: int
    """How many may fail before the first wait."""
    forgiven: bool = True
    """Whether a success wipes the failures out; not where others may have failed as well."""


def wait_after(failed: int, allowed: int) -> timedelta:
    """How long nobody may try after the `failed`th failure."""
    if failed < allowed:
        return timedelta(0)
    # Doubling any further is too large for a timedelta, and for anybody's patience.
    doublings = min(failed - allowed, 10)
    return min(_LONGEST_WAIT, _FIRST_WAIT * (1 << doublings))


def locked_until(session: Session, subjects: Sequence[Subject], now: datetime) -> datetime | None:
    """Until when none of `subjects` may try; None where they may."""
    rows = (session.get(SignInTryRow, each.index) for each in subjects)
    waits = [row.locked_until for row in rows if row is not None and row.locked_until and row.locked_until > now]
    return max(waits, default=None)


def note_failure(session: Session, subjects: Sequence[Subject], now: datetime) -> datetime | None:
    """Counts a failure for each of `subjects`; until when they wait now. One session at a time may call it."""
    session.execute(
        delete(SignInTryRow).where(SignInTryRow.last_at < now - _FORGOTTEN_AFTER),
        execution_options={"synchronize_session": False},
    )
    session.expire_all()
    for subject in subjects:
        row = session.get(SignInTryRow, subject.index)
        if row is None:
            row = SignInTryRow(subject=subject.index, failed=0)
            session.add(row)
        row.failed += 1
        row.last_at = now
        wait = wait_after(row.failed, subject.allowed)
        row.locked_until = now + wait if wait else None
    session.flush()
    return locked_until(session, subjects, now)


def forget_failures(session: Session, subjects: Sequence[Subject]) -> None:
    """Nothing failed any more: whoever has the right password is let in."""
    for subject in subjects:
        row = session.get(SignInTryRow, subject.index) if subject.forgiven else None
        if row is not None:
            session.delete(row)
