"""The tables of the web chat: going on with a conversation on another device, and how much may be asked for."""

from sqlalchemy import Column, Integer, Text

from registry.tables.base import INDEX, Base, encrypted
from registry.tables.utc_datetime import UtcDateTime


class ResumeCodeRow(Base):
    """A number by which somebody goes on elsewhere, once and within minutes."""

    __tablename__ = "resume_codes"

    id = Column(Integer, primary_key=True)
    code = Column(INDEX, nullable=False, unique=True)
    """Under our key: with eight digits a plain hash would give the number away."""
    sender_index = Column(INDEX, nullable=False, unique=True)
    sender = Column(Text, nullable=False, info=encrypted("code"))
    ends_at = Column(UtcDateTime, nullable=False, index=True)


class BucketRow(Base):
    """A token bucket; one that is full is the same as none."""

    __tablename__ = "buckets"

    subject = Column(INDEX, primary_key=True)
    """The blind index of whose it is, and for what."""
    full_at = Column(UtcDateTime, nullable=False, index=True)
