"""Numbers by which somebody goes on with their conversation on another device: eight digits, once, for minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import randbelow

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from registry.clock import utc_now
from registry.errors import ResumeRefused
from registry.limits.throttling import Subject, locked_until, note_failure
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import ResumeCodeRow

LASTS = timedelta(minutes=10)
_DIGITS = 8
_MOST = 5_000
"""Codes at once; more of them would be easier to guess."""
_TRIES_BY_ADDRESS = 10
"""Several people may sit behind one. Ten in a hundred million find one of 5,000 codes once in two thousand."""
_UNTRACKED = {"synchronize_session": False}


class ResumeCodes:
    """Gives codes out and takes them back."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._cipher = cipher
        self._now = now
        self._audit = Audit(database, cipher, now)

    def issue(self, sender: str) -> str:
        """A new code for `sender`, whose earlier one ends; raises ResumeRefused where too many are out."""
        index, now = self._cipher.index(sender), self._now()
        with self._database.writing() as session:
            self._audit.wait(session)
            gone = or_(ResumeCodeRow.ends_at <= now, ResumeCodeRow.sender_index == index)
            session.execute(delete(ResumeCodeRow).where(gone), execution_options=_UNTRACKED)
            if session.execute(select(func.count()).select_from(ResumeCodeRow)).scalar_one() >= _MOST:
                raise ResumeRefused(now + LASTS)
            code = self._unused(session)
            row = ResumeCodeRow(code=self._index(code), sender_index=index, ends_at=now + LASTS)
            row.sender = self._cipher.encrypt(sender, place_of(ResumeCodeRow.sender, row))
            session.add(row)
        return code

    def redeem(self, code: str, address: str) -> str:
        """The sender who asked for `code`, which is then used up.

        Raises ResumeRefused, the same for a wrong, a used and an old one; from one `address` only so many may be wrong.
        """
        subjects = (Subject(self._cipher.index(f"resume {address}"), _TRIES_BY_ADDRESS),)
        sender = None
        with self._database.writing() as session:
            # One after the other, or many tries at once would all count as the first.
            self._audit.wait(session)
            now = self._now()
            until = locked_until(session, subjects, now)
            if until is None:
                sender = self._taken(session, code, now)
                # A right one does not wipe out the wrong ones: anybody can ask for a code of their own.
                until = note_failure(session, subjects, now) if sender is None else None
        if sender is None:
            raise ResumeRefused(until)
        return sender

    def _taken(self, session: Session, code: str, now: datetime) -> str | None:
        wanted = (ResumeCodeRow.code == self._index(code), ResumeCodeRow.ends_at > now)
        row = session.execute(select(ResumeCodeRow).where(*wanted)).scalar_one_or_none()
        if row is None:
            return None
        sender = self._cipher.decrypt(row.sender, place_of(ResumeCodeRow.sender, row))
        session.delete(row)
        return sender

    def _unused(self, session: Session) -> str:
        while True:
            code = f"{randbelow(10**_DIGITS):0{_DIGITS}}"
            taken = select(ResumeCodeRow.id).where(ResumeCodeRow.code == self._index(code))
            if session.execute(taken).first() is None:
                return code

    def _index(self, code: str) -> str:
        return self._cipher.index(f"resume code {code}")
