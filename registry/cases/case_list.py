"""The list of cases: filtered, searched, and with nothing in it that identifies anybody."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement, Select

from registry.cases.states import LIVE, CaseState
from registry.clock import utc_now
from registry.errors import RegistrationError
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.personal_data import fields_of
from registry.tables.all import CaseRow, MilestoneRow, RegistrationRow
from registry.values.fields import comparable
from registry.values.phones import e164

MASK = "＊"
DUE = ("overdue", "today", "week", "unplanned")

_LIVE = [state.value for state in LIVE]
_BATCH = 500


@dataclass(frozen=True)
class CaseFilter:
    """Which cases are wanted; "" and False want all."""

    search: str = field(default="", repr=False)
    """A number, or the whole phone or name: both are found by their blind index."""
    state: str = ""
    """A CaseState, or "live" for those that are not over."""
    owner: str = ""
    """A login, or "-" for nobody."""
    city: str = ""
    due: str = ""
    """One of DUE."""
    milestone: str = ""
    """One that is not done yet."""


@dataclass(frozen=True)
class CaseLine:
    """A case as the list shows it."""

    number: str
    state: CaseState
    owner: str | None
    name: str
    """Masked."""
    phone: str
    """Masked."""
    city: str
    county: str
    registered_at: datetime
    """In UTC."""
    next_on: date | None
    """The earliest of the next action and the milestones that are due."""
    done: int
    """How many milestones are."""
    milestones: int


@dataclass(frozen=True)
class CasePage:
    """A part of the list."""

    lines: Sequence[CaseLine]
    total: int
    """How many the filter found in all."""


class CaseList:
    """Finds cases; that somebody looked at the list is noted in the audit."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._cipher = cipher
        self._audit = Audit(database, cipher, now)

    def find(self, wanted: CaseFilter, today: date, actor: str, *, first: int = 0, most: int = 50) -> CasePage:
        """At most `most` cases from the `first` on, the newest registration first."""
        numbers = self._numbers(wanted, today)
        with self._database.writing() as session:
            lines = [self._line(session, each) for each in self._rows(session, numbers[first : first + most])]
            self._audit.note(session, actor, "list", None, {"shown": len(lines), "searched": bool(wanted.search)})
        return CasePage(lines, len(numbers))

    def line(self, number: str, actor: str) -> CaseLine | None:
        """One case as the list has it, None where there is none."""
        with self._database.writing() as session:
            row = next(iter(self._rows(session, [number])), None)
            if row is None:
                return None
            self._audit.note(session, actor, "read_masked", number)
            return self._line(session, row)

    def owners(self) -> Sequence[str]:
        """Whoever has a case."""
        with self._database.session() as session:
            owners = select(CaseRow.owner).where(CaseRow.owner.is_not(None)).distinct().order_by(CaseRow.owner)
            return list(session.execute(owners).scalars())

    def _numbers(self, wanted: CaseFilter, today: date) -> Sequence[str]:
        found: Select = (
            select(RegistrationRow)
            .join(CaseRow, CaseRow.number == RegistrationRow.number)
            .where(*self._conditions(wanted, today))
            .order_by(RegistrationRow.id.desc())
        )
        with self._database.session() as session:
            if not wanted.city:
                return list(session.execute(found.with_only_columns(RegistrationRow.number)).scalars())
            told = found.with_only_columns(RegistrationRow.number, RegistrationRow.personal)
            rows = session.execute(told.execution_options(yield_per=_BATCH))
            # A city is encrypted with the rest: it narrows down who somebody is.
            return [row.number for row in rows if fields_of(self._cipher, row).get("city") == wanted.city]

    def _conditions(self, wanted: CaseFilter, today: date) -> list[ColumnElement]:
        conditions: list[ColumnElement] = []
        if wanted.state == "live":
            conditions.append(CaseRow.state.in_(_LIVE))
        elif wanted.state:
            conditions.append(CaseRow.state == wanted.state)
        if wanted.owner:
            conditions.append(CaseRow.owner.is_(None) if wanted.owner == "-" else CaseRow.owner == wanted.owner)
        if wanted.search.strip():
            conditions.append(self._searched(wanted.search.strip()))
        if wanted.milestone:
            conditions.append(_open_milestone(MilestoneRow.name == wanted.milestone))
        if wanted.due:
            conditions += [CaseRow.state.in_(_LIVE), _due(wanted.due, today)]
        return conditions

    def _searched(self, text: str) -> ColumnElement:
        same = [RegistrationRow.number == text, RegistrationRow.name_index == self._cipher.index(comparable(text))]
        # Where it is no phone, it is a name or a number.
        with suppress(RegistrationError):
            same.append(RegistrationRow.phone_index == self._cipher.index(e164(text)))
        return or_(*same)

    def _rows(self, session: Session, numbers: Sequence[str]) -> Sequence[RegistrationRow]:
        rows = select(RegistrationRow).where(RegistrationRow.number.in_(numbers)).order_by(RegistrationRow.id.desc())
        found: Sequence[RegistrationRow] = session.execute(rows).scalars().all()
        return found

    def _line(self, session: Session, row: RegistrationRow) -> CaseLine:
        case = session.get(CaseRow, row.number)
        milestones = session.execute(select(MilestoneRow).where(MilestoneRow.number == row.number)).scalars().all()
        fields = fields_of(self._cipher, row)
        open_days = [each.due for each in milestones if each.due and each.done is None]
        days = [*open_days, *([case.next_on] if case.next_on else [])]
        return CaseLine(
            row.number,
            CaseState(case.state),
            case.owner,
            masked_name(fields.get("name", "")),
            masked_phone(fields.get("phone", "")),
            fields.get("city", ""),
            fields.get("county", ""),
            row.registered_at,
            min(days, default=None) if case.state in _LIVE else None,
            sum(each.done is not None for each in milestones),
            len(milestones),
        )


def masked_name(name: str) -> str:
    """The first character of a name, e.g. 王＊＊."""
    return name[:1] + MASK * max(1, min(len(name) - 1, 3)) if name else ""


def masked_phone(phone: str) -> str:
    """The last two digits of a phone, e.g. ＊＊＊01: enough to tell a caller's two numbers apart."""
    digits = [each for each in phone if each.isdigit()]
    return MASK * 3 + "".join(digits[-2:]) if len(digits) > 4 else MASK * 3 if phone else ""


def _open_milestone(*conditions: ColumnElement) -> ColumnElement:
    return exists().where(MilestoneRow.number == CaseRow.number, MilestoneRow.done.is_(None), *conditions)


def _due(due: str, today: date) -> ColumnElement:
    if due == "unplanned":
        return and_(CaseRow.next_on.is_(None), ~_open_milestone(MilestoneRow.due.is_not(None)))
    begins, ends = {
        "overdue": (date.min, today - timedelta(days=1)),
        "today": (today, today),
        "week": (today, today + timedelta(days=6)),
    }[due]
    return or_(CaseRow.next_on.between(begins, ends), _open_milestone(MilestoneRow.due.between(begins, ends)))
