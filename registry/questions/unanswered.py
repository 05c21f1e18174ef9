"""Questions the documents did not answer, for staff to read."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.clock import day_of, utc_now
from registry.errors import QuestionError
from registry.store.database import Database
from registry.tables.all import LARGEST_NUMBER, LONGEST_QUESTION, UnansweredQuestionRow
from registry.values.masking import masked


class QuestionState(str, Enum):
    """How far staff has come with a question."""

    OPEN = "open"
    TAKEN = "taken"
    ANSWERED = "answered"
    """The documents say it now, or somebody found that they never will."""


QUESTION_MAY_BECOME: dict[QuestionState, frozenset[QuestionState]] = {
    QuestionState.OPEN: frozenset({QuestionState.TAKEN}),
    QuestionState.TAKEN: frozenset({QuestionState.OPEN, QuestionState.ANSWERED}),
    QuestionState.ANSWERED: frozenset({QuestionState.OPEN}),
}
"""Every state with those it may become."""


@dataclass(frozen=True)
class UnansweredQuestion:
    """A question nobody's document answered; it says nothing of who asked."""

    text: str
    """Masked, at most 300 characters."""
    nearest: str
    """The nearest clause as "document/clause"; empty where none was near."""
    times: int
    last_asked: date
    state: QuestionState
    owner: str | None
    """Who of staff has it, or answered it; None while it is open."""
    number: int


class UnansweredQuestions:
    """The list of unanswered questions. No sender, no time of day, no personal data."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    def note(self, text: str, nearest: str) -> None:
        """Adds a question, or counts it once more."""
        # PostgreSQL has no text with a zero byte in it.
        kept = masked(text).replace("\0", "")[:LONGEST_QUESTION]
        try:
            self._count(kept, nearest)
        except IntegrityError:
            # Somebody else asked the same for the first time in between: now there is a question to count.
            self._count(kept, nearest)

    def most_asked(
        self, limit: int = 100, states: Collection[str] = tuple(QuestionState)
    ) -> Sequence[UnansweredQuestion]:
        """At most `limit` questions in one of `states`, the most frequent first."""
        wanted = UnansweredQuestionRow.state.in_([QuestionState(each).value for each in states])
        order = (UnansweredQuestionRow.times.desc(), UnansweredQuestionRow.last_asked.desc())
        with self._database.session() as session:
            rows = session.execute(select(UnansweredQuestionRow).where(wanted).order_by(*order).limit(limit))
            return [_question(row) for row in rows.scalars()]

    def move(self, number: int, to: str, owner: str) -> None:
        """Brings the question to the QuestionState `to`, in the name of `owner`.

        Raises QuestionError where there is none, QUESTION_MAY_BECOME does not have it or somebody else has it.
        """
        if to not in [state.value for state in QuestionState]:
            raise QuestionError(
                f"question {number}: there is no such state; there are {', '.join(QUESTION_MAY_BECOME)}"
            )
        if not owner.strip():
            raise QuestionError(f"question {number}: an owner needs a name; give one")
        with self._database.writing() as session:
            there = 0 < number <= LARGEST_NUMBER
            row = session.get(UnansweredQuestionRow, number, with_for_update=True) if there else None
            if row is None:
                raise QuestionError(f"question {number}: there is none; the list has their numbers")
            if row.state == QuestionState.TAKEN.value and row.owner != owner:
                raise QuestionError(f"question {number}: {row.owner} has it; ask {row.owner} to give it back")
            if QuestionState(to) not in QUESTION_MAY_BECOME[QuestionState(row.state)]:
                allowed = ", ".join(sorted(QUESTION_MAY_BECOME[QuestionState(row.state)]))
                raise QuestionError(f"question {number}: is {row.state}; it may become {allowed}")
            row.state, row.owner = to, None if to == QuestionState.OPEN.value else owner

    def _count(self, text: str, nearest: str) -> None:
        with self._database.writing() as session:
            row = session.execute(
                select(UnansweredQuestionRow).where(UnansweredQuestionRow.text == text).with_for_update()
            ).scalar_one_or_none()
            if row is None:
                row = UnansweredQuestionRow(text=text, times=0, state=QuestionState.OPEN.value)
                session.add(row)
            row.nearest = nearest
            row.times += 1
            row.last_asked = day_of(self._now())


def _question(row: UnansweredQuestionRow) -> UnansweredQuestion:
    return UnansweredQuestion(
        row.text, row.nearest, row.times, row.last_asked, QuestionState(row.state), row.owner, row.id
    )
