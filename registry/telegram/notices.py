"""What registered people who asked for it are told in Telegram of their case, each thing once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from registry.cases.states import LIVE
from registry.clock import utc_now
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import CaseRow, MilestoneRow, RegistrationRow, TelegramChatRow, TelegramNoticeRow
from registry.telegram.mail import OutgoingMessage, add_messages

_LIVE = [state.value for state in LIVE]
DAYS_AHEAD = 2
"""How many days before a date somebody hears of it."""


@dataclass(frozen=True)
class Notice:
    """One thing to tell."""

    number: str
    """Of the case."""
    chat: int
    milestone: str | None
    """What was done, or is due; None for the next action, of which only the day is told."""
    on: date | None
    """The day that is near; None for what was done."""

    @property
    def what(self) -> str:
        """The same for the same thing, so that it is claimed once."""
        return f"{self.milestone or 'next'} {self.on.isoformat() if self.on else 'done'}"


class TelegramNotices:
    """What is to be told, and that it was."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._cipher = cipher
        self._now = now

    def due(self, today: date) -> Sequence[Notice]:
        """What nobody was told yet: milestones done since they asked for it, and days up to DAYS_AHEAD away."""
        last = today + timedelta(days=DAYS_AHEAD)
        with self._database.session() as session:
            told = {
                (number, what)
                for number, what in session.execute(select(TelegramNoticeRow.number, TelegramNoticeRow.what))
            }
            found = []
            for number, row, next_on in session.execute(_wanted()).all():
                record = f"{TelegramChatRow.__tablename__} of case {number}"
                chat = int(self._cipher.decrypt(row.chat, place_of(TelegramChatRow.chat, row, record)))
                found += [
                    Notice(number, chat, name, None if done else due)
                    for name, due, done in _milestones(session, number)
                    if (done and done > row.notices_since) or (not done and due and today <= due <= last)
                ]
                if next_on and today <= next_on <= last:
                    found.append(Notice(number, chat, None, next_on))
        return [notice for notice in found if (notice.number, notice.what) not in told]

    def claim(self, notice: Notice, sender: str, bodies: Sequence[str]) -> Sequence[OutgoingMessage]:
        """Puts the notice on its way as `bodies`; nothing where it was claimed already, or nobody wants it any more."""
        try:
            with self._database.writing() as session:
                wanted = _wanted().where(
                    CaseRow.number == notice.number, TelegramChatRow.sender_index == self._cipher.index(sender)
                )
                if session.execute(wanted).first() is None:
                    return []
                session.add(TelegramNoticeRow(number=notice.number, what=notice.what, at=self._now()))
                session.flush()
                return add_messages(session, self._cipher, sender, bodies)
        except IntegrityError:
            return []


def _wanted() -> Select:
    """The live cases of those who want to hear of them and can: number, chat, day of the next action."""
    return (
        select(CaseRow.number, TelegramChatRow, CaseRow.next_on)
        .join(RegistrationRow, RegistrationRow.number == CaseRow.number)
        .join(TelegramChatRow, TelegramChatRow.sender_index == RegistrationRow.sender_index)
        .where(CaseRow.state.in_(_LIVE), TelegramChatRow.notices_since.is_not(None), TelegramChatRow.blocked.is_(False))
        .order_by(CaseRow.number)
    )


def _milestones(session: Session, number: str) -> Sequence[tuple[str, date | None, datetime | None]]:
    rows = select(MilestoneRow.name, MilestoneRow.due, MilestoneRow.done).where(MilestoneRow.number == number)
    milestones: Sequence[tuple[str, date | None, datetime | None]] = session.execute(
        rows.order_by(MilestoneRow.id)
    ).all()
    return milestones
