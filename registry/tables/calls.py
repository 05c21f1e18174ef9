"""The tables of answering people: messages of staff, calls, and which clauses are opened."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Text, UniqueConstraint

from registry.tables.base import INDEX, NUMBER, Base, encrypted
from registry.tables.utc_datetime import UtcDateTime


class StaffMessageRow(Base):
    """What a person of staff wrote to somebody whose request they took."""

    __tablename__ = "staff_messages"

    id = Column(Integer, primary_key=True)
    request = Column(Integer, ForeignKey("person_requests.id"), nullable=False, index=True)
    sender_index = Column(INDEX, nullable=False, index=True)
    by = Column(String, nullable=False)
    text = Column(Text, nullable=False, info=encrypted("request", "sender_index", "by", "at"))
    at = Column(UtcDateTime, nullable=False)
    delivered_at = Column(UtcDateTime)
    """None while the door does not have it."""


class CallRow(Base):
    """A telephone call that staff answered: what was told of the documents, and what came of it."""

    __tablename__ = "calls"

    id = Column(Integer, primary_key=True)
    by = Column(String, nullable=False, index=True)
    begun_at = Column(UtcDateTime, nullable=False, index=True)
    ended_at = Column(UtcDateTime)
    clauses = Column(Text, nullable=False)
    """"document/clause", one a line."""
    notes = Column(Text, info=encrypted("id", "by"))
    outcome = Column(String(20))
    number = Column(NUMBER, index=True)
    """Of the case that was registered; no key to it, because the call outlives it."""


class ClauseUseRow(Base):
    """How often staff opened a clause on a day; nothing tells who did, or for whom."""

    __tablename__ = "clause_uses"
    __table_args__ = (UniqueConstraint("document", "clause", "day", name="uq_clause_uses_document_clause_day"),)

    id = Column(Integer, primary_key=True)
    document = Column(String(80), nullable=False)
    clause = Column(String(40), nullable=False)
    day = Column(Date, nullable=False, index=True)
    times = Column(Integer, nullable=False)
    last_at = Column(UtcDateTime, nullable=False)
