"""The tables of the console: accounts, what staff taught, pauses and counts."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Text, UniqueConstraint, false

from registry.tables.base import INDEX, LONGEST_QUESTION, Base, encrypted
from registry.tables.utc_datetime import UtcDateTime


class StaffRow(Base):
    """Somebody of staff who may sign in at the console."""

    __tablename__ = "staff"

    id = Column(Integer, primary_key=True)
    login = Column(String(40), nullable=False, unique=True)
    """What the audit and the owner of a case have."""
    name = Column(String(40), nullable=False)
    """What colleagues see."""
    password = Column(Text, nullable=False)
    """Hashed by argon2id."""
    first_password = Column(Boolean, nullable=False, server_default=false())
    """Whether somebody else knows the password, which was made for them, so that it has to be changed."""
    role = Column(String(20), nullable=False)
    totp = Column(Text, info=encrypted("login"))
    """The secret of the one-time codes; None where there are none."""
    totp_step = Column(Integer)
    """The time step of the last code that was used, which is not taken twice."""
    active = Column(Boolean, nullable=False)
    added_at = Column(UtcDateTime, nullable=False)


class StaffRecoveryCodeRow(Base):
    """What takes the place of a one-time code once; deleted when it is used."""

    __tablename__ = "staff_recovery_codes"

    id = Column(Integer, primary_key=True)
    staff = Column(Integer, ForeignKey("staff.id"), nullable=False, index=True)
    code = Column(INDEX, nullable=False, unique=True)
    """Under our key."""


class StaffSessionRow(Base):
    """Somebody signed in, in one browser."""

    __tablename__ = "staff_sessions"

    id = Column(Integer, primary_key=True)
    token = Column(INDEX, nullable=False, unique=True)
    """Hashed: whoever reads the database cannot sign in with it."""
    staff = Column(Integer, ForeignKey("staff.id"), nullable=False, index=True)
    csrf = Column(String(43), nullable=False)
    began_at = Column(UtcDateTime, nullable=False)
    seen_at = Column(UtcDateTime, nullable=False)
    ends_at = Column(UtcDateTime, nullable=False)


class SignInTryRow(Base):
    """How often signing in failed, by login name, address, browser or session."""

    __tablename__ = "sign_in_tries"

    subject = Column(INDEX, primary_key=True)
    failed = Column(Integer, nullable=False)
    last_at = Column(UtcDateTime, nullable=False)
    locked_until = Column(UtcDateTime)


class TaughtQuestionRow(Base):
    """An example of a question that staff joined to a clause."""

    __tablename__ = "taught_questions"

    id = Column(Integer, primary_key=True)
    text = Column(String(LONGEST_QUESTION), nullable=False, unique=True)
    document = Column(String(80), nullable=False)
    clause = Column(String(20), nullable=False)
    by = Column(String(40), nullable=False)
    at = Column(UtcDateTime, nullable=False)


class PauseRow(Base):
    """That the assistant's answers were turned off or on again; the latest counts."""

    __tablename__ = "pauses"

    id = Column(Integer, primary_key=True)
    paused = Column(Boolean, nullable=False)
    notice = Column(Text, nullable=False)
    """What people read instead; "" where answers are on."""
    by = Column(String(40), nullable=False)
    at = Column(UtcDateTime, nullable=False)


class DailyCountRow(Base):
    """How often something happened on a day at a door; nothing about anybody."""

    __tablename__ = "daily_counts"
    __table_args__ = (UniqueConstraint("day", "door", "what", name="uq_daily_counts_day_door_what"),)

    id = Column(Integer, primary_key=True)
    day = Column(Date, nullable=False)
    door = Column(String(20), nullable=False)
    what = Column(String(20), nullable=False)
    count = Column(Integer, nullable=False)
