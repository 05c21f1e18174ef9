"""Who is signed in at the console: by a token that only the browser has."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.clock import utc_now
from registry.errors import SignInRefused
from registry.limits.throttling import Subject, forget_failures, locked_until, note_failure
from registry.staff.account_rules import StaffMember, member, staff_row
from registry.staff.one_time_codes import step_of
from registry.staff.passwords import PASSWORDS, Passwords
from registry.staff.recovery_codes import RecoveryCodes
from registry.staff.sign_in_tries import SignInTries
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import StaffRow, StaffSessionRow

LONGEST = timedelta(hours=12)
"""A session ends, whatever is done with it."""
IDLE = timedelta(minutes=15)
"""After this without a request the password is asked for again."""

_BETWEEN_NOTES = timedelta(seconds=20)
"""That somebody is there is not written down more often."""


@dataclass(frozen=True)
class StaffSession:
    """Somebody signed in."""

    member: StaffMember
    csrf: str = field(repr=False)
    """What every form of this session has to send along."""
    locked: bool
    """Whether nothing was done for so long that the password has to be given again."""


class StaffSessions:
    """Signs staff in and out; only a hash of a token is kept."""

    def __init__(
        self,
        database: Database,
        cipher: Cipher,
        now: Callable[[], datetime] = utc_now,
        passwords: Passwords = PASSWORDS,
    ) -> None:
        self._database = database
        self._cipher = cipher
        self._now = now
        self._passwords = passwords
        self._recovery = RecoveryCodes(cipher)
        self._tries = SignInTries(cipher)
        self._audit = Audit(database, cipher, now)

    def sign_in(
        self, login: str, password: str, code: str, address: str, *, earlier: str = "", device: str = ""
    ) -> str:
        """A new token for whoever has password and one-time code; the `earlier` one of this browser ends.

        `device` is the cookie of registry.staff.devices that the browser has for `login`. Raises SignInRefused, which
        is the same whether there is no such account, or which of them is wrong, and TooManyAtOnce.
        """
        subjects = self._tries.at_the_door(login, address, device)
        self._check_allowed(subjects)
        with self._database.session() as session:
            row = _row(session, login)
            kept = row.password if row is not None and row.active else None
        # Outside of a session that writes: it takes long on purpose.
        right = self._passwords.is_right(password, kept)
        renewed = self._passwords.renewed(password, kept) if right and kept else ""
        token = token_urlsafe(32)
        with self._database.writing() as session:
            now = self._now()
            self._audit.wait(session)
            row = _row(session, login)
            # Of many tries at once, those that fail first make the others wait.
            right = right and locked_until(session, subjects, now) is None
            right = (
                right
                and row is not None
                and row.active
                and row.password == kept
                and self._takes(session, row, code, now)
            )
            if row is None or not right:
                until = note_failure(session, subjects, now)
                self._audit.note(session, "unknown" if row is None else login, "sign_in_refused", None)
            else:
                row.password = renewed
                forget_failures(session, subjects)
                self._end(session, earlier, now)
                session.add(_new(token, row, now))
                self._audit.note(session, login, "sign_in", None)
        if not right:
            raise SignInRefused(until)
        return token

    def begin(self, login: str) -> str:
        """A new token for whoever just proved who they are in another way; raises StaffError for nobody's login."""
        token = token_urlsafe(32)
        with self._database.writing() as session:
            session.add(_new(token, staff_row(session, login), self._now()))
        return token

    def of(self, token: str, *, background: bool = False) -> StaffSession | None:
        """The session of `token`, None where there is none or it is over.

        A request in the `background`, which a page makes by itself, is no sign that somebody is there.
        """
        if not token:
            return None
        now = self._now()
        with self._database.session() as session:
            found = session.execute(
                select(StaffSessionRow, StaffRow)
                .join(StaffRow, StaffRow.id == StaffSessionRow.staff)
                .where(StaffSessionRow.token == _hash(token), StaffSessionRow.ends_at > now, StaffRow.active)
            ).first()
            if found is None:
                return None
            row, account = found
            seen = row.seen_at
            there = StaffSession(member(account), row.csrf, now - seen > IDLE)
        if not there.locked and not background and now - seen > _BETWEEN_NOTES:
            self._note_seen(token, now)
        return there

    def unlock(self, token: str, password: str, code: str = "") -> None:
        """Goes on with the same session after the password, and the one-time code of whoever has codes.

        Raises SignInRefused where one is wrong.
        """
        self._prove(token, password, code, "unlock")
        self._note_seen(token, self._now())

    def confirm(self, token: str, password: str) -> None:
        """Raises SignInRefused unless whoever changes something about their account has its password."""
        self._prove(token, password, None, "confirm")

    def _prove(self, token: str, password: str, code: str | None, what: str) -> None:
        """Notes `what` was proved in the audit, and counts by session what was not; None asks for no code."""
        there = self.of(token, background=True)
        if there is None:
            raise SignInRefused()
        login, subjects = there.member.login, self._tries.within(_hash(token))
        self._check_allowed(subjects)
        with self._database.session() as session:
            row = _row(session, login)
            kept = row.password if row is not None else None
        right = self._passwords.is_right(password, kept)
        with self._database.writing() as session:
            self._audit.wait(session)
            now = self._now()
            right = right and locked_until(session, subjects, now) is None
            right = right and (code is None or self._takes(session, staff_row(session, login), code, now))
            if right:
                forget_failures(session, subjects)
            else:
                until = note_failure(session, subjects, now)
            self._audit.note(session, login, what if right else f"{what}_refused", None)
        if not right:
            raise SignInRefused(until)

    def lock(self, token: str) -> None:
        """Asks for the password at the next request, as whoever leaves the desk wants."""
        self._note_seen(token, self._now() - IDLE - timedelta(seconds=1))

    def sign_out(self, token: str) -> None:
        """Ends the session."""
        there = self.of(token, background=True)
        with self._database.writing() as session:
            self._end(session, token, self._now())
            if there is not None:
                self._audit.note(session, there.member.login, "sign_out", None)

    def _check_allowed(self, subjects: Sequence[Subject]) -> None:
        with self._database.session() as session:
            until = locked_until(session, subjects, self._now())
        if until:
            raise SignInRefused(until)

    def _takes(self, session: Session, row: StaffRow, code: str, now: datetime) -> bool:
        if row.totp is None:
            return True
        step = step_of(self._cipher.decrypt(row.totp, place_of(StaffRow.totp, row)), code, now, row.totp_step)
        if step is None:
            return self._recovery.take(session, row, code)
        row.totp_step = step
        return True

    def _end(self, session: Session, token: str, now: datetime) -> None:
        """Ends this session, and takes away those that are over."""
        session.execute(
            delete(StaffSessionRow).where((StaffSessionRow.token == _hash(token)) | (StaffSessionRow.ends_at <= now)),
            execution_options={"synchronize_session": False},
        )

    def _note_seen(self, token: str, at: datetime) -> None:
        with self._database.writing() as session:
            row = session.execute(
                select(StaffSessionRow).where(StaffSessionRow.token == _hash(token))
            ).scalar_one_or_none()
            if row is not None:
                row.seen_at = at


def _new(token: str, row: StaffRow, now: datetime) -> StaffSessionRow:
    return StaffSessionRow(
        token=_hash(token), staff=row.id, csrf=token_urlsafe(32), began_at=now, seen_at=now, ends_at=now + LONGEST
    )


def _row(session: Session, login: str) -> StaffRow | None:
    row: StaffRow | None = session.execute(select(StaffRow).where(StaffRow.login == login)).scalar_one_or_none()
    return row


def _hash(token: str) -> str:
    # Of 256 random bits: nothing is gained by a slow hash.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
