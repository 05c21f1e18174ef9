"""The tables, all in one place: what migrations, rotation, retention and deletion go through."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from registry.tables.base import INDEX, LARGEST_NUMBER, LONGEST_QUESTION, NUMBER, Base, encrypted
from registry.tables.calls import CallRow, ClauseUseRow, StaffMessageRow
from registry.tables.resume import BucketRow, ResumeCodeRow
from registry.tables.staff import (
    DailyCountRow,
    PauseRow,
    SignInTryRow,
    StaffRecoveryCodeRow,
    StaffRow,
    StaffSessionRow,
    TaughtQuestionRow,
)
from registry.tables.utc_datetime import UtcDateTime

__all__ = [
    "LARGEST_NUMBER",
    "LONGEST_QUESTION",
    "Base",
    "BucketRow",
    "CallRow",
    "ClauseUseRow",
    "DailyCountRow",
    "PauseRow",
    "ResumeCodeRow",
    "SignInTryRow",
    "StaffMessageRow",
    "StaffRecoveryCodeRow",
    "StaffRow",
    "StaffSessionRow",
    "TaughtQuestionRow",
]


def encrypted_columns() -> dict[Table, list[Column]]:
    """Every table with the columns of it that hold what the cipher made."""
    found = {
        table: [each for each in table.columns if each.info.get("encrypted")] for table in Base.metadata.sorted_tables
    }
    return {table: columns for table, columns in found.items() if columns}


class PersonRequestRow(Base):
    __tablename__ = "person_requests"

    id = Column(Integer, primary_key=True)
    live_sender = Column(INDEX, unique=True)
    """The sender's blind index until the request is handed back, so that nobody has two at a time."""
    sender_index = Column(INDEX, nullable=False, index=True)
    sender = Column(Text, nullable=False, info=encrypted("sender_index", "since"))
    door = Column(String, nullable=False)
    reason = Column(String(20), nullable=False)
    state = Column(String(20), nullable=False)
    owner = Column(String)
    since = Column(UtcDateTime, nullable=False)
    handed_back_at = Column(UtcDateTime)
    """None for those handed back before this was recorded."""
    known = Column(Text, nullable=False, info=encrypted("sender_index", "since"))
    transcript = Column(Text, nullable=False, info=encrypted("sender_index", "since"))


class TranscriptTurnRow(Base):
    __tablename__ = "transcript_turns"
    __table_args__ = (Index("ix_transcript_turns_sender_id", "sender", "id"),)

    id = Column(Integer, primary_key=True)
    sender = Column(INDEX, nullable=False)
    """Its blind index."""
    said = Column(Text, nullable=False, info=encrypted("sender", "at"))
    heard = Column(Text, nullable=False, info=encrypted("sender", "at"))
    at = Column(UtcDateTime, nullable=False)


class UnansweredQuestionRow(Base):
    __tablename__ = "unanswered_questions"

    id = Column(Integer, primary_key=True)
    text = Column(String(LONGEST_QUESTION), nullable=False, unique=True)
    nearest = Column(String(120), nullable=False)
    times = Column(Integer, nullable=False)
    last_asked = Column(Date, nullable=False)
    state = Column(String(20), nullable=False, server_default="open")
    owner = Column(String)


class RegistrationRow(Base):
    __tablename__ = "registrations"

    id = Column(Integer, primary_key=True)
    number = Column(NUMBER, nullable=False, unique=True)
    request_index = Column(INDEX, nullable=False, unique=True)
    """Of the key of the request, so that a message delivered twice registers once."""
    sender_index = Column(INDEX, index=True)
    phone_index = Column(INDEX, index=True)
    name_index = Column(INDEX, index=True)
    door = Column(String, nullable=False)
    registered_by = Column(String(10), nullable=False)
    registered_at = Column(UtcDateTime, nullable=False)
    personal = Column(Text, info=encrypted("number"))
    """The fields as JSON; None once the person withdrew or the time to keep them is over."""


class ConsentRow(Base):
    """What somebody agreed to, refused or withdrew; the latest of a purpose counts."""

    __tablename__ = "consents"

    id = Column(Integer, primary_key=True)
    number = Column(NUMBER, ForeignKey("registrations.number"), nullable=False, index=True)
    purpose = Column(String(20), nullable=False)
    version = Column(String(40), nullable=False)
    given = Column(Boolean, nullable=False)
    at = Column(UtcDateTime, nullable=False)
    channel = Column(String)
    """Where it was given, e.g. "staff"; None where it was at the door of the registration."""
    by = Column(String)
    """Who of staff read it out; None where nobody did."""


class CaseRow(Base):
    __tablename__ = "cases"

    number = Column(NUMBER, ForeignKey("registrations.number"), primary_key=True)
    state = Column(String(20), nullable=False)
    owner = Column(String)
    next_on = Column(Date, index=True)
    next_what = Column(Text, info=encrypted("number"))
    changed_at = Column(UtcDateTime, nullable=False)
    version = Column(Integer, nullable=False, server_default="1")
    """Goes up with each change, so that of two people who change the same case the later one is told."""
    merged_into = Column(NUMBER, ForeignKey("cases.number"), index=True)


class MilestoneRow(Base):
    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("number", "name", name="uq_milestones_number_name"),)

    id = Column(Integer, primary_key=True)
    number = Column(NUMBER, ForeignKey("cases.number"), nullable=False)
    name = Column(String(40), nullable=False)
    due = Column(Date, index=True)
    done = Column(UtcDateTime)
    by = Column(String)
    result = Column(Text, info=encrypted("number", "name"))


class NoteRow(Base):
    __tablename__ = "case_notes"

    id = Column(Integer, primary_key=True)
    number = Column(NUMBER, ForeignKey("cases.number"), nullable=False, index=True)
    at = Column(UtcDateTime, nullable=False)
    by = Column(String, nullable=False)
    text = Column(Text, nullable=False, info=encrypted("number", "at", "by"))


class AuditRow(Base):
    """One thing done; triggers of the database refuse to change or delete it."""

    __tablename__ = "audit_entries"

    id = Column(Integer, primary_key=True, autoincrement=False)
    at = Column(UtcDateTime, nullable=False, index=True)
    actor = Column(String, nullable=False)
    action = Column(String(40), nullable=False)
    subject = Column(NUMBER, index=True)
    """The number of the case; no key to it, because entries outlive what they are about."""
    detail = Column(Text, nullable=False)
    previous = Column(INDEX, nullable=False)
    hash = Column(INDEX, nullable=False)


class AuditHeadRow(Base):
    """How many entries there are and the last one's hash, sealed: entries cut off at the end are missed by this."""

    __tablename__ = "audit_head"

    id = Column(Integer, primary_key=True, autoincrement=False)
    count = Column(Integer, nullable=False)
    hash = Column(INDEX, nullable=False)
    seal = Column(INDEX, nullable=False)


class TelegramChatRow(Base):
    """How somebody wants to be answered in Telegram, and whether they want to hear of their case there."""

    __tablename__ = "telegram_chats"

    id = Column(Integer, primary_key=True)
    sender_index = Column(INDEX, nullable=False, unique=True)
    """The same as of a registration made in that chat, so that one is found from the other."""
    chat = Column(Text, nullable=False, info=encrypted("sender_index"))
    """Its number in Telegram."""
    voice = Column(String(10), nullable=False)
    easy = Column(Boolean, nullable=False)
    asking = Column(String(40))
    """The slot of the form that is open."""
    notices_since = Column(UtcDateTime)
    """None where they do not want to hear of their case."""
    blocked = Column(Boolean, nullable=False)
    """Whether they block the bot, so that nothing reaches them."""
    seen_at = Column(UtcDateTime, nullable=False)


class TelegramUpdateRow(Base):
    """One update: claimed by its number being there, and answered once its body is gone."""

    __tablename__ = "telegram_updates"

    id = Column(BigInteger, primary_key=True, autoincrement=False)
    body = Column(Text, info=encrypted("id"))
    taken_at = Column(UtcDateTime, nullable=False)


class TelegramMessageRow(Base):
    """One message on its way out; gone once Telegram has it."""

    __tablename__ = "telegram_messages"

    id = Column(Integer, primary_key=True)
    sender_index = Column(INDEX, nullable=False, index=True)
    body = Column(Text, nullable=False, info=encrypted("id", "sender_index"))
    begun = Column(Boolean, nullable=False)
    """Whether sending it was begun: then Telegram may have it, whatever became of us."""


class TelegramNoticeRow(Base):
    """That somebody was told of something in their case, so that they are told once."""

    __tablename__ = "telegram_notices"
    __table_args__ = (UniqueConstraint("number", "what", name="uq_telegram_notices_number_what"),)

    id = Column(Integer, primary_key=True)
    number = Column(NUMBER, ForeignKey("cases.number"), nullable=False)
    what = Column(String(80), nullable=False)
    at = Column(UtcDateTime, nullable=False)
