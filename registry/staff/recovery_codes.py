"""Recovery codes: ten words of an account's own, each of which takes the place of a one-time code once."""

from collections.abc import Sequence
from secrets import choice

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.store.encryption import Cipher
from registry.tables.all import StaffRecoveryCodeRow, StaffRow

HOW_MANY = 10
# Without 0/o, 1/l/i: they are written on paper and typed when something went wrong.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _IN_A_GROUP = 2, 5
_UNTRACKED = {"synchronize_session": False}


class RecoveryCodes:
    """Those of all accounts; only a hash under our key is kept, which suffices for some 50 random bits."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher

    def replace(self, session: Session, row: StaffRow) -> Sequence[str]:
        """Ten new codes of the account; those it had end."""
        self.drop(session, row)
        codes = [_new() for _ in range(HOW_MANY)]
        session.add_all(StaffRecoveryCodeRow(staff=row.id, code=self._index(row, code)) for code in codes)
        return codes

    def take(self, session: Session, row: StaffRow, code: str) -> bool:
        """Whether `code` is one of the account's, which is then used up."""
        taken = session.execute(
            delete(StaffRecoveryCodeRow).where(
                StaffRecoveryCodeRow.staff == row.id, StaffRecoveryCodeRow.code == self._index(row, code)
            ),
            execution_options=_UNTRACKED,
        )
        return bool(taken.rowcount)

    def left(self, session: Session, row: StaffRow) -> int:
        """How many the account has not used."""
        codes = select(StaffRecoveryCodeRow.id).where(StaffRecoveryCodeRow.staff == row.id)
        return len(session.execute(codes).all())

    def drop(self, session: Session, row: StaffRow) -> None:
        session.execute(
            delete(StaffRecoveryCodeRow).where(StaffRecoveryCodeRow.staff == row.id), execution_options=_UNTRACKED
        )

    def _index(self, row: StaffRow, code: str) -> str:
        plain = "".join(each for each in code.casefold() if each.isalnum())
        return self._cipher.index(f"recovery code {row.id} {plain}")


def _new() -> str:
    return "-".join("".join(choice(_LETTERS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))
