"""What staff write to people whose request they took, until it has arrived and a while longer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.clock import utc_now
from registry.errors import PersonRequestError
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import LARGEST_NUMBER, PersonRequestRow, StaffMessageRow
from registry.talk.request_states import RequestState
from registry.telegram.mail import OutgoingMessage, add_messages

LONGEST_MESSAGE = 2_000
"""Characters."""
_UNTRACKED = {"synchronize_session": False}


@dataclass(frozen=True)
class StaffMessage:
    """One message. Its repr does not hold what it says."""

    id: int
    request: int
    by: str
    """Who of staff wrote it."""
    at: datetime
    """In UTC."""
    delivered_at: datetime | None
    """None while the door of the person does not have it."""
    text: str = field(repr=False)


@dataclass(frozen=True)
class Undelivered:
    """A message that is to be sent by a door which reaches people by itself."""

    message: StaffMessage
    sender: str = field(repr=False)


class StaffMessages:
    """The messages of staff."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._cipher = cipher
        self._now = now
        self._audit = Audit(database, cipher, now)

    def write(self, request: int, text: str, by: str) -> int:
        """Puts a message on its way and gives its number.

        Raises PersonRequestError unless `by` has the request, or where the message is empty or too long.
        """
        text = text.strip()
        if not 0 < len(text) <= LONGEST_MESSAGE:
            raise PersonRequestError(f"request {request}: a message has 1 to {LONGEST_MESSAGE} characters")
        with self._database.writing() as session:
            row = session.get(PersonRequestRow, request) if 0 < request <= LARGEST_NUMBER else None
            # Whoever lost the request must not go on talking beside its new owner, or beside the assistant.
            if row is None or row.state != RequestState.TAKEN.value or row.owner != by:
                raise PersonRequestError(f"request {request}: {by} does not have it; take it before you write")
            message = StaffMessageRow(
                request=request,
                sender_index=row.sender_index,
                by=by,
                at=self._now(),
            )
            message.text = self._cipher.encrypt(text, place_of(StaffMessageRow.text, message))
            session.add(message)
            session.flush()
            self._audit.note(session, by, "write_message", None, {"request": request})
            number: int = message.id
            return number

    def of_request(self, request: int, after: int = 0) -> Sequence[StaffMessage]:
        """The messages of a request behind the number `after`, oldest first."""
        return self._messages(StaffMessageRow.request == request, StaffMessageRow.id > after)

    def for_sender(self, sender: str, after: int | None) -> Sequence[StaffMessage]:
        """What a page of `sender` does not have yet, oldest first.

        `after` is the number of the last message it has: that one and those before have arrived. None where it has
        none, as after it was loaded anew.
        """
        index = self._cipher.index(sender)
        waiting = self._messages(StaffMessageRow.sender_index == index, StaffMessageRow.delivered_at.is_(None))
        # Pages ask every second: nothing is written unless something has arrived.
        if after and any(each.id <= after for each in waiting):
            self._arrived(index, after)
        return [each for each in waiting if each.id > (after or 0)]

    def undelivered(self, door: str) -> Sequence[Undelivered]:
        """Every message to people at `door` that has not left, oldest first."""
        rows = (
            select(StaffMessageRow, PersonRequestRow)
            .join(PersonRequestRow, PersonRequestRow.id == StaffMessageRow.request)
            .where(PersonRequestRow.door == door, StaffMessageRow.delivered_at.is_(None))
            .order_by(StaffMessageRow.id)
        )
        with self._database.session() as session:
            return [
                Undelivered(
                    self._message(row),
                    self._cipher.decrypt(request.sender, place_of(PersonRequestRow.sender, request)),
                )
                for row, request in session.execute(rows).all()
            ]

    def send_by_telegram(self, each: Undelivered, bodies: Sequence[str]) -> Sequence[OutgoingMessage]:
        """Puts a message into Telegram's mail as `bodies`; nothing where another process did already."""
        with self._database.writing() as session:
            if not self._mark(session, StaffMessageRow.id == each.message.id):
                return []
            return add_messages(session, self._cipher, each.sender, bodies)

    def _arrived(self, index: str, last: int) -> None:
        if last > LARGEST_NUMBER:
            return
        with self._database.writing() as session:
            self._mark(session, StaffMessageRow.sender_index == index, StaffMessageRow.id <= last)

    def _mark(self, session: Session, *which: object) -> int:
        marked = session.execute(
            update(StaffMessageRow)
            .where(StaffMessageRow.delivered_at.is_(None), *which)
            .values(delivered_at=self._now()),
            execution_options=_UNTRACKED,
        )
        return int(marked.rowcount)

    def _messages(self, *which: object) -> Sequence[StaffMessage]:
        with self._database.session() as session:
            rows = session.execute(select(StaffMessageRow).where(*which).order_by(StaffMessageRow.id)).scalars().all()
            return [self._message(row) for row in rows]

    def _message(self, row: StaffMessageRow) -> StaffMessage:
        text = self._cipher.decrypt(row.text, place_of(StaffMessageRow.text, row))
        return StaffMessage(row.id, row.request, row.by, row.at, row.delivered_at, text)
