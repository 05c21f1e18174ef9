"""Deletes what was told: the words alone, or everything of a person in every table."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from registry.tables import (
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
    # Cases refer to each other and to registrations: what refers goes before what is referred to.
    session.execute(
        update(CaseRow).where(CaseRow.number.in_(numbers)).values(merged_into=None), execution_options=_UNTRACKED
    )
    gone = {}
    for table, condition in (
        (TelegramNoticeRow, TelegramNoticeRow.number.in_(numbers)),
        (NoteRow, NoteRow.number.in_(numbers)),
        (MilestoneRow, MilestoneRow.number.in_(numbers)),
        (CaseRow, CaseRow.number.in_(numbers)),
        (ConsentRow, ConsentRow.number.in_(numbers)),
        (RegistrationRow, RegistrationRow.number.in_(numbers)),
        (CallRow, CallRow.number.in_(numbers)),
        (StaffMessageRow, StaffMessageRow.sender_index.in_(known)),
        (TranscriptTurnRow, TranscriptTurnRow.sender.in_(known)),
        (PersonRequestRow, PersonRequestRow.sender_index.in_(known)),
        (ResumeCodeRow, ResumeCodeRow.sender_index.in_(known)),
        (TelegramMessageRow, TelegramMessageRow.sender_index.in_(known)),
        (TelegramChatRow, TelegramChatRow.sender_index.in_(known)),
    ):
        deleted = session.execute(delete(table).where(condition), execution_options=_UNTRACKED)
        gone[table.__tablename__] = deleted.rowcount
    session.expunge_all()
    return gone
