"""Questions the documents did not answer, for staff to read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Date, Integer, String, select

from registry.database import Base, Database
from registry.masking import masked

_LONGEST = 300


class _Row(Base):
    __tablename__ = "unanswered_questions"

    id = Column(Integer, primary_key=True)
    text = Column(String(_LONGEST), nullable=False, unique=True)
    nearest = Column(String(120), nullable=False)
    times = Column(Integer, nullable=False)
    last_asked = Column(Date, nullable=False)


@dataclass(frozen=True)
class UnansweredQuestion:
    """A question nobody's document answered; it says nothing of who asked."""

    text: str
    """Masked, at most 300 characters."""
    nearest: str
    """The nearest clause as "document/clause"; empty where none was near."""
    times: int
    last_asked: date


class UnansweredQuestions:
    """The list of unanswered questions. No sender, no time of day, no personal data."""

    def __init__(self, database: Database, today: Callable[[], date] = date.today) -> None:
        self._database = database
        self._today = today

    def note(self, text: str, nearest: str) -> None:
        """Adds a question, or counts it once more."""
        kept = masked(text)[:_LONGEST]
        with self._database.session() as session:
            row = session.execute(select(_Row).where(_Row.text == kept)).scalar_one_or_none()
            if row is None:
                row = _Row(text=kept, times=0)
                session.add(row)
            row.nearest = nearest
            row.times += 1
            row.last_asked = self._today()

    def most_asked(self, limit: int = 100) -> Sequence[UnansweredQuestion]:
        """At most `limit` questions, the most frequent first."""
        with self._database.session() as session:
            rows = session.execute(select(_Row).order_by(_Row.times.desc(), _Row.last_asked.desc()).limit(limit))
            return [UnansweredQuestion(row.text, row.nearest, row.times, row.last_asked) for row in rows.scalars()]
