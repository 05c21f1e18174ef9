"""Deletes what people told us: the words alone, or everything about a person in every table."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql import ColumnElement

from registry.store.encryption import Cipher
from registry.tables.all import (
    CallRow,
    CaseRow,
    ConsentRow,
    MilestoneRow,
    NoteRow,
    PersonRequestRow,
    RegistrationRow,
    ResumeCodeRow,
    StaffMessageRow,
    TelegramChatRow,
    TelegramMessageRow,
    TelegramNoticeRow,
    TranscriptTurnRow,
)
from registry.talk.request_states import CAN_WAIT

BY_NUMBER = (
    TelegramNoticeRow.number,
    NoteRow.number,
    MilestoneRow.number,
    CaseRow.number,
    ConsentRow.number,
    RegistrationRow.number,
    CallRow.number,
)
"""Where something of a case is kept, by its number: what refers goes before what is referred to."""
BY_SENDER = (
    StaffMessageRow.sender_index,
    TranscriptTurnRow.sender,
    PersonRequestRow.sender_index,
    ResumeCodeRow.sender_index,
    TelegramMessageRow.sender_index,
    TelegramChatRow.sender_index,
)
"""Where something of a talk is kept, by the blind index of who wrote, in the same order."""
_MARK = 16
"""Digits of a mark: enough to tell everybody apart who was ever forgotten."""
_UNTRACKED = {"synchronize_session": False}


def erase_words(session: Session, numbers: Sequence[str]) -> None:
    """Deletes all that is written about the people of `numbers`; what was done on which day stays."""
    session.flush()
    for statement in (
        update(RegistrationRow)
        .where(RegistrationRow.number.in_(numbers))
        .values(personal=None, phone_index=None, name_index=None),
        update(CaseRow).where(CaseRow.number.in_(numbers)).values(next_on=None, next_what=None),
        update(MilestoneRow).where(MilestoneRow.number.in_(numbers)).values(result=None),
        delete(NoteRow).where(NoteRow.number.in_(numbers)),
        update(CallRow).where(CallRow.number.in_(numbers)).values(notes=None),
    ):
        session.execute(statement, execution_options=_UNTRACKED)
    session.expire_all()


def senders_of(session: Session, numbers: Sequence[str]) -> Sequence[str]:
    """The blind indexes of those who registered `numbers`, as far as they are still kept."""
    senders = select(RegistrationRow.sender_index).where(
        RegistrationRow.number.in_(numbers), RegistrationRow.sender_index.is_not(None)
    )
    return sorted(set(session.execute(senders).scalars()))


def erase_everything(session: Session, numbers: Sequence[str]) -> Mapping[str, int]:
    """Deletes the registrations `numbers` with all that belongs to them, and what their senders said.

    Gives how many rows of each table went.
    """
    session.flush()
    known = senders_of(session, numbers)
    # Cases refer to each other and to registrations.
    session.execute(
        update(CaseRow).where(CaseRow.number.in_(numbers)).values(merged_into=None), execution_options=_UNTRACKED
    )
    gone = {column.class_.__tablename__: _delete(session, column, numbers) for column in BY_NUMBER}
    return {**gone, **erase_talk(session, known)}


def erase_talk(session: Session, senders: Sequence[str], sparing_urgent: bool = False) -> Mapping[str, int]:
    """Deletes what was said with those of these blind indexes, and what is kept to answer them.

    `sparing_urgent` leaves the requests for a person that cannot wait and that nobody has handed back. Gives how many
    rows of each table went.
    """
    session.flush()
    goes = {PersonRequestRow: or_(PersonRequestRow.live_sender.is_(None), PersonRequestRow.reason.in_(CAN_WAIT))}
    gone = {
        column.class_.__tablename__: _delete(
            session, column, senders, goes.get(column.class_) if sparing_urgent else None
        )
        for column in BY_SENDER
    }
    session.expunge_all()
    return gone


def talking(session: Session) -> Collection[str]:
    """The blind indexes of everybody whose talk is kept."""
    return {index for column in BY_SENDER for index in session.execute(select(column).distinct()).scalars()}


def mark_of(cipher: Cipher, sender: str) -> str:
    """What the audit keeps of a sender who was forgotten: a restore finds by it what has to go again.

    It is no blind index: nobody who has the database alone finds by it what else the sender did.
    """
    return cipher.index(f"forgotten {sender}")[:_MARK]


def _delete(
    session: Session, column: InstrumentedAttribute, values: Sequence[str], goes: ColumnElement[bool] | None = None
) -> int:
    rows = delete(column.class_).where(column.in_(values))
    deleted = session.execute(rows if goes is None else rows.where(goes), execution_options=_UNTRACKED)
    return int(deleted.rowcount)
