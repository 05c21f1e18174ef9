"""The cases: how far each has come, what was done, and what is to be done next."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.cases.case import Case, CaseInBrief, Milestone, Note, case_of, case_row, check_version, milestone_rows
from registry.cases.merging import look_alikes, merge_cases
from registry.cases.states import LIVE, MAY_BECOME, CaseState, check_move
from registry.clock import utc_now
from registry.errors import CaseError
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import CaseRow, MilestoneRow, NoteRow, RegistrationRow

__all__ = ["LIVE", "MAY_BECOME", "Case", "CaseInBrief", "CaseState", "Cases", "Due", "Milestone", "Note"]

_LIVE = [state.value for state in LIVE]


@dataclass(frozen=True)
class Due:
    """Something that is to be done for a case."""

    number: str
    on: date
    owner: str | None
    milestone: str | None
    """None where it is the planned next action."""
    what: str = field(repr=False)
    """What was planned; "" for a milestone."""


class Cases:
    """The cases of all registrations; that one was read or changed is noted in the audit.

    What changes a case takes the `version` that whoever changes it has read, and raises CaseChanged where somebody
    else was quicker; without one it changes whatever is there.
    """

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._cipher = cipher
        self._now = now
        self._audit = Audit(database, cipher, now)

    def show(self, number: str, actor: str = "staff") -> Case:
        """The case with everything in it.

        Raises RegistrationNotFound where there is none, EncryptionError where it cannot be decrypted.
        """
        with self._database.writing() as session:
            case = case_of(session, self._cipher, case_row(session, number))
            self._audit.note(session, actor, "read_case", number)
            return case

    def move(self, number: str, to: str, actor: str, *, version: int | None = None) -> None:
        """Brings the case to the CaseState `to`; raises CaseError where MAY_BECOME does not have it."""
        if to not in [state.value for state in CaseState]:
            raise CaseError(f"case {number}: there is no such state; there are {', '.join(MAY_BECOME)}")
        state = CaseState(to)
        # More is done then: Registrations.withdraw_consent and `merge` do it.
        if state in {CaseState.WITHDRAWN, CaseState.MERGED}:
            raise CaseError(f"case {number}: becomes {state.value} by withdrawing the consent or by merging alone")
        with self._changing(number, version) as (session, row):
            check_move(number, CaseState(row.state), state)
            self._audit.note(session, actor, "move", number, {"from": row.state, "to": state.value})
            row.state = state.value

    def milestone_done(self, number: str, name: str, result: str, actor: str, *, version: int | None = None) -> None:
        """Dates the milestone `name`, with what came of it; again corrects it. Raises CaseError for an unknown one."""
        with self._changing(number, version) as (session, row):
            milestone = _milestone(session, number, name)
            milestone.done, milestone.by = row.changed_at, actor
            milestone.result = self._cipher.encrypt(result, place_of(MilestoneRow.result, milestone))
            self._audit.note(session, actor, "milestone_done", number, {"milestone": name})

    def note(self, number: str, text: str, actor: str) -> None:
        """Adds a note; of two at once both stay."""
        with self._changing(number) as (session, row):
            written = NoteRow(number=number, at=row.changed_at, by=actor)
            written.text = self._cipher.encrypt(text, place_of(NoteRow.text, written))
            session.add(written)
            self._audit.note(session, actor, "note", number)

    def plan(
        self,
        number: str,
        on: date | None,
        what: str,
        actor: str,
        *,
        milestone: str | None = None,
        version: int | None = None,
    ) -> None:
        """Sets the next action and its day, which takes the place of an earlier one; None as the day takes it away.

        With `milestone`, the day by which that one is due is set instead.
        """
        with self._changing(number, version) as (session, row):
            if milestone is not None:
                _milestone(session, number, milestone).due = on
            else:
                row.next_on = on
                row.next_what = self._cipher.encrypt(what, place_of(CaseRow.next_what, row)) if on else None
            detail = {"on": on.isoformat() if on else None, "milestone": milestone}
            self._audit.note(session, actor, "plan", number, detail)

    def assign(self, number: str, owner: str | None, actor: str, *, version: int | None = None) -> None:
        """Gives the case to `owner` of staff, or with None to nobody."""
        if owner is not None and not owner.strip():
            raise CaseError(f"case {number}: an owner needs a name; give one")
        with self._changing(number, version) as (session, row):
            self._audit.note(session, actor, "assign", number, {"from": row.owner, "to": owner})
            row.owner = owner

    def take(self, number: str, actor: str) -> None:
        """Gives the case to `actor`; raises CaseError where somebody else has it."""
        with self._changing(number) as (session, row):
            if row.owner not in {None, actor}:
                raise CaseError(f"case {number}: {row.owner} has it; ask {row.owner} to give it to you")
            self._audit.note(session, actor, "assign", number, {"from": row.owner, "to": actor})
            row.owner = actor

    def all(self) -> Sequence[CaseInBrief]:
        """Every case, oldest first."""
        cases = (
            select(CaseRow.number, CaseRow.state, CaseRow.owner, CaseRow.next_on)
            .join(RegistrationRow, RegistrationRow.number == CaseRow.number)
            .order_by(RegistrationRow.id)
        )
        with self._database.session() as session:
            return [
                CaseInBrief(number, CaseState(state), owner, on) for number, state, owner, on in session.execute(cases)
            ]

    def due(self, on: date) -> Sequence[Due]:
        """What is to be done up to and with the day `on`, the longest overdue first."""
        actions = select(CaseRow).where(CaseRow.next_on <= on, CaseRow.state.in_(_LIVE))
        milestones = (
            select(MilestoneRow, CaseRow.owner)
            .join(CaseRow, CaseRow.number == MilestoneRow.number)
            .where(MilestoneRow.due <= on, MilestoneRow.done.is_(None), CaseRow.state.in_(_LIVE))
        )
        with self._database.session() as session:
            due = [
                Due(
                    row.number,
                    row.next_on,
                    row.owner,
                    None,
                    self._cipher.decrypt(row.next_what, place_of(CaseRow.next_what, row)),
                )
                for row in session.execute(actions).scalars()
            ]
            due += [Due(row.number, row.due, owner, row.name, "") for row, owner in session.execute(milestones)]
        return sorted(due, key=lambda each: (each.on, each.number, each.milestone or ""))

    def duplicates(self, number: str) -> Sequence[str]:
        """The numbers of the other cases with the same phone or name, oldest first: they may be the same person."""
        with self._database.writing() as session:
            return look_alikes(session, number)

    def merge(self, keep: str, other: str, actor: str) -> None:
        """Lets the case `other` go on as `keep`, because they are the same person.

        Raises CaseError where `keep` is over, or `other` is merged or withdrawn already.
        """
        with self._database.writing() as session:
            at = self._now()
            kept = merge_cases(session, self._cipher, keep, other)
            kept.changed_at = case_row(session, other).changed_at = at
            kept.version += 1
            self._audit.note(session, actor, "merge", other, {"into": keep})

    @contextmanager
    def _changing(self, number: str, version: int | None = None) -> Iterator[tuple[Session, CaseRow]]:
        """The row of a case to change; raises CaseError where it is withdrawn or merged, CaseChanged where `version`
        is an earlier one."""
        with self._database.writing() as session:
            row = case_row(session, number)
            check_version(row, version)
            if not MAY_BECOME[CaseState(row.state)]:
                into = f" into {row.merged_into}; change that one" if row.merged_into else "; nothing is kept of it"
                raise CaseError(f"case {number}: is {row.state}{into}")
            row.changed_at = self._now()
            row.version += 1
            yield session, row


def _milestone(session: Session, number: str, name: str) -> MilestoneRow:
    rows = {row.name: row for row in milestone_rows(session, number)}
    if name not in rows:
        raise CaseError(f"case {number}: has no such milestone; it has {', '.join(rows)}")
    return rows[name]
