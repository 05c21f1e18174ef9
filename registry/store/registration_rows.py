"""Finds the row of a registration by its number, and keeps it as it is while it is looked at."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.errors import RegistrationNotFound
from registry.tables.all import RegistrationRow
from registry.values.case_numbers import is_number


def find_row(session: Session, number: str) -> RegistrationRow | None:
    """The row of `number`; None where there is none, or it is no number."""
    if not is_number(number):
        return None
    # Locked, so that nobody deletes it between its parts being read.
    query = select(RegistrationRow).where(RegistrationRow.number == number).with_for_update()
    row: RegistrationRow | None = session.execute(query).scalar_one_or_none()
    return row


def row_of(session: Session, number: str) -> RegistrationRow:
    """The same; raises RegistrationNotFound where there is none."""
    row = find_row(session, number)
    if row is None:
        raise RegistrationNotFound(f"registration {number}: there is none; check the number")
    return row
