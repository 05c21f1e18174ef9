"""The accounts of staff: who may sign in at the console, as what."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.clock import utc_now
from registry.errors import StaffError
from registry.staff.account_rules import (
    Role,
    StaffMember,
    check_an_admin_stays,
    check_names,
    end_sessions,
    member,
    role_of,
    staff_row,
)
from registry.staff.one_time_codes import step_of
from registry.staff.passwords import PASSWORDS, Passwords
from registry.staff.recovery_codes import RecoveryCodes
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import StaffRow

__all__ = ["Role", "Staff", "StaffMember"]


class Staff:
    """Everybody of staff; that an account was made or changed is noted in the audit."""

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
        self._audit = Audit(database, cipher, now)

    def all(self) -> Sequence[StaffMember]:
        """Every account, by login name."""
        with self._database.session() as session:
            return [member(row) for row in session.execute(select(StaffRow).order_by(StaffRow.login)).scalars()]

    def add(self, login: str, name: str, role: str, password: str, actor: str, *, first: bool = False) -> None:
        """Makes an account, whose `first` password its owner has to change.

        Raises StaffError where there is one already, or for what it cannot have.
        """
        check_names(login, name)
        about = {"login": login, "name": name.strip(), "role": role_of(role).value, "first_password": first}
        about["password"] = self._passwords.hashed(password, login)
        try:
            with self._database.writing() as session:
                session.add(StaffRow(active=True, added_at=self._now(), **about))
                session.flush()
                self._audit.note(session, actor, "staff_add", None, {"staff": login, "role": role})
        except IntegrityError:
            raise StaffError(f"staff {login}: there is such an account already; choose another login name") from None

    def set_password(self, login: str, password: str, actor: str, *, first: bool = False) -> None:
        """Gives the account another password, and signs it out everywhere; a `first` one has to be changed."""
        kept = self._passwords.hashed(password, login)
        with self._database.writing() as session:
            row = staff_row(session, login)
            row.password, row.first_password = kept, first
            end_sessions(session, row)
            self._audit.note(session, actor, "staff_password", None, {"staff": login})

    def set_role(self, login: str, role: str, actor: str) -> None:
        """Gives the account another role, and signs it out everywhere; raises StaffError for the last admin."""
        to = role_of(role).value
        with self._database.writing() as session:
            row = staff_row(session, login)
            if to == row.role:
                return
            check_an_admin_stays(session, row)
            self._audit.note(session, actor, "staff_role", None, {"staff": login, "from": row.role, "to": to})
            row.role = to
            end_sessions(session, row)

    def set_active(self, login: str, active: bool, actor: str) -> None:
        """Lets the account sign in or not; raises StaffError for the last admin."""
        with self._database.writing() as session:
            row = staff_row(session, login)
            if not active:
                check_an_admin_stays(session, row)
                end_sessions(session, row)
            row.active = active
            self._audit.note(session, actor, "staff_enable" if active else "staff_disable", None, {"staff": login})

    def is_password(self, login: str, password: str) -> bool:
        """Whether it is the password of the account, which whoever changes something about it is asked for."""
        with self._database.session() as session:
            row = session.execute(select(StaffRow).where(StaffRow.login == login)).scalar_one_or_none()
            kept = row.password if row is not None else None
        return self._passwords.is_right(password, kept)

    def use_codes(self, login: str, secret: str, code: str, actor: str) -> Sequence[str]:
        """Asks for a one-time code at each sign-in from now on; gives ten recovery codes, which are shown once.

        Raises StaffError unless `code` is one of `secret`.
        """
        step = step_of(secret, code, self._now(), None)
        if step is None:
            raise StaffError("code: is not the one of now; look at the authenticator and at the clock of the computer")
        with self._database.writing() as session:
            row = staff_row(session, login)
            row.totp, row.totp_step = self._cipher.encrypt(secret, place_of(StaffRow.totp, row)), step
            self._audit.note(session, actor, "staff_codes", None, {"staff": login, "on": True})
            return self._recovery.replace(session, row)

    def new_recovery_codes(self, login: str, actor: str) -> Sequence[str]:
        """Ten other recovery codes, which are shown once; raises StaffError where no one-time codes are asked for."""
        with self._database.writing() as session:
            row = staff_row(session, login)
            if row.totp is None:
                raise StaffError(f"staff {login}: has no one-time codes yet; they are set up at /console/me")
            self._audit.note(session, actor, "staff_recovery_codes", None, {"staff": login})
            return self._recovery.replace(session, row)

    def recovery_codes_left(self, login: str) -> int:
        """How many recovery codes the account has not used."""
        with self._database.session() as session:
            return self._recovery.left(session, staff_row(session, login))

    def drop_codes(self, login: str, actor: str) -> None:
        """Asks for no one-time code any more, as after a lost telephone; whoever has to have them sets them up anew."""
        with self._database.writing() as session:
            row = staff_row(session, login)
            row.totp = row.totp_step = None
            self._recovery.drop(session, row)
            self._audit.note(session, actor, "staff_codes", None, {"staff": login, "on": False})
