"""What a case holds: its milestones and notes, and what is to be done next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.cases.states import CaseState, milestones
from registry.errors import CaseChanged, RegistrationNotFound
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import CaseRow, MilestoneRow, NoteRow
from registry.values.case_numbers import is_number


@dataclass(frozen=True)
class Milestone:
    """One thing that the plan orders to be done for a person."""

    name: str
    due: date | None
    """None while nobody planned it."""
    done: datetime | None
    """In UTC; None until it is."""
    by: str | None
    """Who did it."""
    result: str = field(repr=False)
    """"" until it is done."""


@dataclass(frozen=True)
class Note:
    """What somebody of staff wrote down."""

    at: datetime
    """In UTC."""
    by: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Case:
    """A registration's way to work. Its repr holds nothing that was written about the person."""

    number: str
    state: CaseState
    owner: str | None
    """Who of staff has it; None while nobody does."""
    changed_at: datetime
    """In UTC."""
    next_on: date | None
    """None where nothing is planned."""
    next_what: str = field(repr=False)
    merged_into: str | None
    """The number of the case it goes on as."""
    version: int
    """Goes up with each change."""
    milestones: Sequence[Milestone]
    notes: Sequence[Note] = field(repr=False)
    """Oldest first."""


@dataclass(frozen=True)
class CaseInBrief:
    """What a list may show of a case: nothing of the person."""

    number: str
    state: CaseState
    owner: str | None
    """Who of staff has it; None while nobody does."""
    next_on: date | None
    """None where nothing is planned."""


def open_case(session: Session, number: str, at: datetime, rural: bool, done: str, by: str) -> None:
    """Adds the case of a new registration, of which the milestone `done` is done."""
    session.add(CaseRow(number=number, state=CaseState.REGISTERED.value, changed_at=at))
    session.flush()
    for name in milestones(rural):
        is_done = name == done
        session.add(MilestoneRow(number=number, name=name, done=at if is_done else None, by=by if is_done else None))


def case_row(session: Session, number: str) -> CaseRow:
    """The row of a case, locked until the session ends; raises RegistrationNotFound where there is none."""
    row: CaseRow | None = session.get(CaseRow, number, with_for_update=True) if is_number(number) else None
    if row is None:
        raise RegistrationNotFound(f"case {number}: there is none; check the number")
    return row


def check_version(row: CaseRow, version: int | None) -> None:
    """Raises CaseChanged where `row` is no longer of the `version` that somebody read; None checks nothing."""
    if version is not None and row.version != version:
        raise CaseChanged(f"case {row.number}: was changed since it was read; read it again")


def milestone_rows(session: Session, number: str) -> Iterable[MilestoneRow]:
    """In the order of the plan."""
    query = select(MilestoneRow).where(MilestoneRow.number == number).order_by(MilestoneRow.id)
    rows: Iterable[MilestoneRow] = session.execute(query).scalars()
    return rows


def case_of(session: Session, cipher: Cipher, row: CaseRow) -> Case:
    """The case of `row` with everything in it; raises EncryptionError where it cannot be decrypted."""

    def text(column: InstrumentedAttribute, row: Any) -> str:
        token = getattr(row, column.key)
        return "" if token is None else cipher.decrypt(token, place_of(column, row))

    notes = session.execute(select(NoteRow).where(NoteRow.number == row.number).order_by(NoteRow.at, NoteRow.id))
    return Case(
        row.number,
        CaseState(row.state),
        row.owner,
        row.changed_at,
        row.next_on,
        text(CaseRow.next_what, row),
        row.merged_into,
        row.version,
        [
            Milestone(each.name, each.due, each.done, each.by, text(MilestoneRow.result, each))
            for each in milestone_rows(session, row.number)
        ],
        [Note(each.at, each.by, text(NoteRow.text, each)) for each in notes.scalars()],
    )
