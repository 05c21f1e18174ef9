"""What came from Telegram and what goes there, kept until it is dealt with: nothing is lost or done twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.clock import utc_now
from registry.errors import RegistryError
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import TelegramMessageRow, TelegramUpdateRow

_UNTRACKED = {"synchronize_session": False}
_TRIES = 5


@dataclass(frozen=True)
class OutgoingMessage:
    """A message that Telegram may not have yet."""

    id: int
    begun: bool
    """Whether sending it was begun before: then Telegram may have it."""
    body: str = field(repr=False)


class TelegramMail:
    """The updates taken in, each once, and the messages that answer them."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._cipher = cipher
        self._now = now

    def take(self, updates: Mapping[int, str]) -> Sequence[int]:
        """Keeps `updates`, bodies by number, and gives the numbers that were not taken before.

        Once it returns, they survive this process; Telegram may forget them.
        """
        for _ in range(_TRIES):
            try:
                with self._database.writing() as session:
                    return self._take(session, updates)
            except IntegrityError:
                # Another process took one of them in between.
                continue
        raise RegistryError("telegram_updates: others took the same updates again and again; let one process have them")

    def unanswered(self) -> Mapping[int, str]:
        """The bodies of what was taken and not answered, by number, oldest first."""
        rows = select(TelegramUpdateRow).where(TelegramUpdateRow.body.is_not(None)).order_by(TelegramUpdateRow.id)
        with self._database.session() as session:
            return {
                row.id: self._cipher.decrypt(row.body, place_of(TelegramUpdateRow.body, row))
                for row in session.execute(rows).scalars()
            }

    def answer(self, number: int, sender: str, bodies: Sequence[str]) -> Sequence[OutgoingMessage]:
        """Puts the answer to the update `number` on its way, and forgets what the update said."""
        with self._database.writing() as session:
            session.execute(
                update(TelegramUpdateRow).where(TelegramUpdateRow.id == number).values(body=None),
                execution_options=_UNTRACKED,
            )
            return add_messages(session, self._cipher, sender, bodies)

    def begin(self, message: int) -> bool:
        """Notes that sending `message` begins: from now on Telegram may have it. False where it was taken back."""
        return self._change(message, begun=True)

    def not_sent(self, message: int) -> None:
        """Notes that Telegram certainly does not have `message`."""
        self._change(message, begun=False)

    def replace(self, message: int, body: str) -> OutgoingMessage:
        """Puts another message in the place of one that Telegram may have."""
        with self._database.writing() as session:
            row = session.get(TelegramMessageRow, message)
            if row is not None:
                row.begun = False
                row.body = self._cipher.encrypt(body, place_of(TelegramMessageRow.body, row))
        return OutgoingMessage(message, False, body)

    def done(self, message: int) -> None:
        """Forgets `message`: Telegram has it, or never will."""
        with self._database.writing() as session:
            session.execute(
                delete(TelegramMessageRow).where(TelegramMessageRow.id == message), execution_options=_UNTRACKED
            )

    def left(self) -> Sequence[OutgoingMessage]:
        """The messages that were not done with, oldest first."""
        with self._database.session() as session:
            rows = session.execute(select(TelegramMessageRow).order_by(TelegramMessageRow.id)).scalars().all()
            return [
                OutgoingMessage(
                    row.id, row.begun, self._cipher.decrypt(row.body, place_of(TelegramMessageRow.body, row))
                )
                for row in rows
            ]

    def _change(self, message: int, **values: object) -> bool:
        """Whether it is still there to be changed."""
        with self._database.writing() as session:
            changed = session.execute(
                update(TelegramMessageRow).where(TelegramMessageRow.id == message).values(**values),
                execution_options=_UNTRACKED,
            )
            return bool(changed.rowcount > 0)

    def _take(self, session: Session, updates: Mapping[int, str]) -> Sequence[int]:
        known = set(session.execute(select(TelegramUpdateRow.id).where(TelegramUpdateRow.id.in_([*updates]))).scalars())
        new = [number for number in sorted(updates) if number not in known]
        at = self._now()
        for number in new:
            row = TelegramUpdateRow(id=number, taken_at=at)
            row.body = self._cipher.encrypt(updates[number], place_of(TelegramUpdateRow.body, row))
            session.add(row)
        return new


def add_messages(session: Session, cipher: Cipher, sender: str, bodies: Sequence[str]) -> Sequence[OutgoingMessage]:
    """Puts messages to `sender` on their way, in this order, with whatever else the session does."""
    index = cipher.index(sender)
    rows = [TelegramMessageRow(sender_index=index, body="", begun=False) for _ in bodies]
    for row, body in zip(rows, bodies, strict=True):
        # One by one: their numbers are their order. A body is bound to its number, which there is only then.
        session.add(row)
        session.flush()
        row.body = cipher.encrypt(body, place_of(TelegramMessageRow.body, row))
    return [OutgoingMessage(row.id, False, body) for row, body in zip(rows, bodies, strict=True)]
