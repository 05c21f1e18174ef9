"""What a staff account is, and which changes to it are allowed."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry.errors import StaffError
from registry.tables.all import StaffRow, StaffSessionRow

_LOGIN = re.compile(r"\w[\w.@-]{1,39}")
_LONGEST_NAME = 40


class Role(str, Enum):
    """What somebody of staff is there for; each may do all that the one before may."""

    AGENT = "agent"
    """Answers people and follows up cases."""
    SUPERVISOR = "supervisor"
    """Also exports, merges, and answers for what the documents say."""
    ADMIN = "admin"
    """Also decides who may sign in and turns answers off."""


_WITH_CODES = frozenset({Role.SUPERVISOR, Role.ADMIN})
"""Whoever takes everybody's data away or lets others in: a password alone is not enough (OWASP ASVS 2.8)."""


@dataclass(frozen=True)
class StaffMember:
    """Somebody of staff."""

    login: str
    """What they sign in with, and what the audit has."""
    name: str
    """What colleagues see."""
    role: Role
    active: bool
    has_codes: bool
    """Whether signing in asks for a one-time code besides."""
    first_password: bool
    """Whether the password was made for them, so that they have to change it."""
    added_at: datetime
    """In UTC."""

    @property
    def lacks_codes(self) -> bool:
        """Whether they have to set one-time codes up."""
        return self.role in _WITH_CODES and not self.has_codes

    @property
    def is_set_up(self) -> bool:
        """Whether they may do what their role allows: before, there is only their own account."""
        return not self.first_password and not self.lacks_codes


def member(row: StaffRow) -> StaffMember:
    return StaffMember(
        row.login, row.name, Role(row.role), row.active, row.totp is not None, row.first_password, row.added_at
    )


def staff_row(session: Session, login: str) -> StaffRow:
    """The row of an account, locked until the session ends; raises StaffError where there is none."""
    accounts = select(StaffRow).where(StaffRow.login == login).with_for_update()
    row: StaffRow | None = session.execute(accounts).scalar_one_or_none()
    if row is None:
        raise StaffError(f"staff {login}: there is no such account; `zhuyetong staff list` has them")
    return row


def role_of(text: str) -> Role:
    """The Role `text` names; raises StaffError where it names none."""
    try:
        return Role(text)
    except ValueError:
        raise StaffError(f"role {text}: is none; use one of {', '.join(each.value for each in Role)}") from None


def check_names(login: str, name: str) -> None:
    """Raises StaffError where an account cannot have these."""
    if not _LOGIN.fullmatch(login):
        raise StaffError("login: must be 2 to 40 letters, digits, dots, hyphens, @ or _; choose another")
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise StaffError(f"name: must have 1 to {_LONGEST_NAME} characters; shorten it")


def check_an_admin_stays(session: Session, row: StaffRow) -> None:
    """Raises StaffError where `row` is the last admin: nobody could make another."""
    admins = select(func.count()).where(StaffRow.role == Role.ADMIN.value, StaffRow.active, StaffRow.id != row.id)
    if row.role == Role.ADMIN.value and row.active and session.execute(admins).scalar_one() == 0:
        raise StaffError(f"staff {row.login}: is the last admin; make another one first")


def end_sessions(session: Session, row: StaffRow, but: str | None = None) -> None:
    """Signs the account out everywhere, except where its hashed token is `but`."""
    others = () if but is None else (StaffSessionRow.token != but,)
    session.execute(
        delete(StaffSessionRow).where(StaffSessionRow.staff == row.id, *others),
        execution_options={"synchronize_session": False},
    )
