"""Examples of questions that staff joined to a clause: who did, and when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.clock import utc_now
from registry.errors import QuestionError
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.tables.all import LARGEST_NUMBER, LONGEST_QUESTION, TaughtQuestionRow
from registry.values.masking import masked


@dataclass(frozen=True)
class TaughtQuestion:
    """One example."""

    number: int
    text: str
    """Masked, at most 300 characters."""
    document: str
    clause: str
    by: str
    at: datetime
    """In UTC."""


class TaughtQuestions:
    """The list of examples; that one was added or taken back is noted in the audit."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now
        self._audit = Audit(database, cipher, now)

    def add(self, text: str, document: str, clause: str, actor: str) -> None:
        """Joins a question to a clause; one that is joined to another already moves there.

        Raises QuestionError where it is empty.
        """
        kept = masked(text.strip()).replace("\0", "")[:LONGEST_QUESTION]
        if not kept:
            raise QuestionError("an example needs words; write the question as people ask it")
        try:
            self._add(kept, document, clause, actor)
        except IntegrityError:
            # A colleague added the same in between.
            self._add(kept, document, clause, actor)

    def remove(self, number: int, actor: str) -> None:
        """Takes an example back; raises QuestionError where there is none."""
        with self._database.writing() as session:
            row = session.get(TaughtQuestionRow, number) if 0 < number <= LARGEST_NUMBER else None
            if row is None:
                raise QuestionError(f"example {number}: there is none; the list has their numbers")
            self._audit.note(session, actor, "untaught", None, {"clause": f"{row.document}/{row.clause}"})
            session.delete(row)

    def all(self) -> Sequence[TaughtQuestion]:
        """Every example, oldest first."""
        return all_taught(self._database)

    def _add(self, text: str, document: str, clause: str, actor: str) -> None:
        with self._database.writing() as session:
            there = select(TaughtQuestionRow).where(TaughtQuestionRow.text == text)
            row = session.execute(there).scalar_one_or_none()
            if row is None:
                row = TaughtQuestionRow(text=text)
                session.add(row)
            row.document, row.clause, row.by, row.at = document, clause, actor, self._now()
            session.flush()
            self._audit.note(session, actor, "teach", None, {"clause": f"{document}/{clause}"})


def all_taught(database: Database) -> Sequence[TaughtQuestion]:
    """Every example, oldest first."""
    with database.session() as session:
        rows = session.execute(select(TaughtQuestionRow).order_by(TaughtQuestionRow.id)).scalars()
        return [TaughtQuestion(row.id, row.text, row.document, row.clause, row.by, row.at) for row in rows]
