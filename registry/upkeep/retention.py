"""Deletes what has been kept long enough."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import and_, delete, func, not_, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from registry.cases.states import CaseState
from registry.clock import beginning_of, utc_now
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.tables.all import (
    BucketRow,
    CallRow,
    CaseRow,
    PersonRequestRow,
    RegistrationRow,
    StaffMessageRow,
    TelegramChatRow,
    TelegramUpdateRow,
    TranscriptTurnRow,
    UnansweredQuestionRow,
)
from registry.talk.request_states import RequestState
from registry.upkeep.erasing import erase_words

_FILE = Path(__file__).parent / "retention.yml"
_OVER = [state.value for state in (CaseState.PLACED, CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.MERGED)]
_BATCH = 500
_UNTRACKED = {"synchronize_session": False}


@dataclass(frozen=True)
class Period:
    """How long one kind of record is kept."""

    days: int
    reason: str


def periods() -> Mapping[str, Period]:
    """What retention.yml says, by kind of record."""
    return {kind: Period(**about) for kind, about in YAML(typ="safe").load(_FILE).items()}


def expire(
    database: Database,
    cipher: Cipher,
    on: date,
    dry_run: bool = False,
    actor: str = "retention",
    now: Callable[[], datetime] = utc_now,
) -> Mapping[str, int]:
    """Deletes what on the day `on`, in China, was kept longer than its period, and gives how much by kind.

    With `dry_run` nothing is deleted.
    """
    ends = {kind: on - timedelta(days=period.days) for kind, period in periods().items()}
    began = {kind: beginning_of(day) for kind, day in ends.items()}
    handed_back = func.coalesce(PersonRequestRow.handed_back_at, PersonRequestRow.since)
    conditions: dict[Any, list[Any]] = {
        TranscriptTurnRow: [TranscriptTurnRow.at < began["transcript_turns"]],
        # Before the requests, to which they belong.
        StaffMessageRow: [StaffMessageRow.at < began["staff_messages"]],
        CallRow: [CallRow.begun_at < began["calls"]],
        PersonRequestRow: [
            PersonRequestRow.state == RequestState.HANDED_BACK.value,
            handed_back < began["person_requests"],
        ],
        UnansweredQuestionRow: [UnansweredQuestionRow.last_asked < ends["unanswered_questions"]],
        TelegramChatRow: [TelegramChatRow.seen_at < began["telegram_chats"], not_(_waits_for_notices())],
        BucketRow: [BucketRow.full_at < began["buckets"]],
        TelegramUpdateRow: [TelegramUpdateRow.taken_at < began["telegram_updates"], TelegramUpdateRow.body.is_(None)],
    }
    counts = {}
    with database.writing() as session:
        for table, condition in conditions.items():
            there = session.execute(select(func.count()).select_from(table).where(*condition)).scalar_one()
            counts[table.__tablename__] = there
            if there and not dry_run:
                session.execute(delete(table).where(*condition), execution_options=_UNTRACKED)
        numbers = session.execute(_expired_cases(began["cases"])).scalars().all()
        counts["cases"] = len(numbers)
        if not dry_run:
            _erase(session, numbers)
            Audit(database, cipher, now).note(session, actor, "expire", None, {"on": on.isoformat(), **counts})
    if not dry_run:
        database.forget_deleted()
    return counts


def _waits_for_notices() -> Any:
    """Whether somebody wants to hear of a registration that is still kept."""
    registered = select(RegistrationRow.id).where(RegistrationRow.sender_index == TelegramChatRow.sender_index)
    return and_(TelegramChatRow.notices_since.is_not(None), registered.exists())


def _expired_cases(before: datetime) -> Select:
    """The numbers of the cases that are over, last changed before, and not emptied yet."""
    return (
        select(CaseRow.number)
        .join(RegistrationRow, RegistrationRow.number == CaseRow.number)
        .where(
            CaseRow.state.in_(_OVER),
            CaseRow.changed_at < before,
            or_(RegistrationRow.personal.is_not(None), RegistrationRow.sender_index.is_not(None)),
        )
        .order_by(CaseRow.number)
        .with_for_update()
    )


def _erase(session: Session, numbers: Sequence[str]) -> None:
    # In parts, because a statement takes only so many values.
    for start in range(0, len(numbers), _BATCH):
        part = numbers[start : start + _BATCH]
        erase_words(session, part)
        session.execute(
            update(RegistrationRow).where(RegistrationRow.number.in_(part)).values(sender_index=None),
            execution_options=_UNTRACKED,
        )
