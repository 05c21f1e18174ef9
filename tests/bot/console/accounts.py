"""What the accounts of the tests sign in with."""

from argon2 import PasswordHasher
from pyotp import TOTP
from sqlalchemy import select

from bot.console.context import ConsoleContext
from registry.limits.waiting_line import WaitingLine
from registry.staff.accounts import Staff
from registry.staff.passwords import Passwords
from registry.tables.all import StaffRow

SECRET = "JBSWY3DPEHPK3PXP" * 2
"""Of the one-time codes of every account that has them."""
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1), WaitingLine(3, 12))
"""As the real ones, in no time."""
_SECONDS = 30


def set_codes_up(staff: Staff, login: str, at: float) -> None:
    """Gives an account one-time codes; `at` is the second in which its owner does so."""
    staff.use_codes(login, SECRET, TOTP(SECRET).at(int(at)), login)


def code_of(desk: ConsoleContext, login: str) -> str:
    """A one-time code that `login` may use now, one after the other as their clock stands still; "" without codes."""
    with desk.records.database.session() as session:
        row = session.execute(select(StaffRow).where(StaffRow.login == login)).scalar_one_or_none()
        if row is None or row.totp is None:
            return ""
        step = max(int(desk.records.now().timestamp()) // _SECONDS - 1, row.totp_step + 1)
    return TOTP(SECRET).at(step * _SECONDS)
