"""The same person registered twice: who that may be, and how two cases become one."""

from collections.abc import Sequence

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from registry.cases.case import case_row, milestone_rows
from registry.cases.states import LIVE, CaseState, check_move
from registry.errors import CaseError
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import CaseRow, MilestoneRow, NoteRow, RegistrationRow


def look_alikes(session: Session, number: str) -> Sequence[str]:
    """The numbers of other cases with the same phone or name that are not merged yet, oldest first.

    Raises RegistrationNotFound where there is no case `number`.
    """
    case_row(session, number)
    row = session.execute(select(RegistrationRow).where(RegistrationRow.number == number)).scalar_one()
    same = [
        column == value
        for column, value in (
            (RegistrationRow.phone_index, row.phone_index),
            (RegistrationRow.name_index, row.name_index),
        )
        if value is not None
    ]
    if not same:
        return []
    others = (
        select(RegistrationRow.number)
        .join(CaseRow, CaseRow.number == RegistrationRow.number)
        .where(or_(*same), RegistrationRow.number != number, CaseRow.state != CaseState.MERGED.value)
        .order_by(RegistrationRow.id)
    )
    numbers: Sequence[str] = session.execute(others).scalars().all()
    return numbers


def merge_cases(session: Session, cipher: Cipher, keep: str, other: str) -> CaseRow:
    """Lets `other` go on as `keep`, whose row it gives: notes move, and milestones that `keep` has not done.

    Raises CaseError where it cannot, RegistrationNotFound where one is not there.
    """
    if keep == other:
        raise CaseError(f"case {keep}: is the same case twice; give two numbers")
    # In one order, or two merges at once could wait for each other.
    rows = {number: case_row(session, number) for number in sorted((keep, other))}
    if CaseState(rows[keep].state) not in LIVE:
        raise CaseError(f"case {keep}: is {rows[keep].state}, so no other can go on as it; keep the other one")
    check_move(other, CaseState(rows[other].state), CaseState.MERGED)
    rows[other].state = CaseState.MERGED.value
    rows[other].merged_into = keep
    session.execute(
        update(CaseRow).where(CaseRow.merged_into == other).values(merged_into=keep),
        execution_options={"synchronize_session": False},
    )
    _move_notes(session, cipher, keep, other)
    _move_milestones(session, cipher, keep, other)
    return rows[keep]


def with_merged(session: Session, number: str) -> Sequence[str]:
    """`number` and the numbers of the cases that go on as it."""
    merged = select(CaseRow.number).where(CaseRow.merged_into == number).order_by(CaseRow.number)
    return [number, *session.execute(merged).scalars()]


def _move_notes(session: Session, cipher: Cipher, keep: str, other: str) -> None:
    for row in session.execute(select(NoteRow).where(NoteRow.number == other)).scalars():
        # What is written is bound to the case: there it is encrypted anew.
        text = cipher.decrypt(row.text, place_of(NoteRow.text, row))
        row.number = keep
        row.text = cipher.encrypt(text, place_of(NoteRow.text, row))


def _move_milestones(session: Session, cipher: Cipher, keep: str, other: str) -> None:
    there = {row.name: row for row in milestone_rows(session, keep)}
    for row in milestone_rows(session, other):
        mine = there.get(row.name)
        if mine is None:
            result = _result(cipher, row)
            row.number = keep
            _put_result(cipher, row, result)
        elif mine.done is None and row.done is not None:
            # Both are kept, each where the other was: a case has a milestone once.
            earlier, later = _result(cipher, mine), _result(cipher, row)
            for name in ("due", "done", "by"):
                before, after = getattr(mine, name), getattr(row, name)
                setattr(mine, name, after)
                setattr(row, name, before)
            _put_result(cipher, mine, later)
            _put_result(cipher, row, earlier)


def _result(cipher: Cipher, row: MilestoneRow) -> str | None:
    return None if row.result is None else cipher.decrypt(row.result, place_of(MilestoneRow.result, row))


def _put_result(cipher: Cipher, row: MilestoneRow, result: str | None) -> None:
    row.result = None if result is None else cipher.encrypt(result, place_of(MilestoneRow.result, row))
