"""Requests for a person, from when somebody asks until the talk is handed back."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, load_only

from registry.clock import utc_now
from registry.errors import EncryptionError, PersonRequestError
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import LARGEST_NUMBER, PersonRequestRow
from registry.talk.request_states import COMES_FROM, Reason, RequestState, refusal
from registry.talk.transcripts import Transcripts, TranscriptTurn

logger = logging.getLogger(__name__)

_OVERVIEW = (
    PersonRequestRow.id,
    PersonRequestRow.since,
    PersonRequestRow.door,
    PersonRequestRow.reason,
    PersonRequestRow.state,
    PersonRequestRow.owner,
)


@dataclass(frozen=True)
class PersonRequest:
    """What a list may show of a request: nothing the person said."""

    number: int
    since: datetime
    """When it was first asked for, in UTC."""
    door: str
    """Where the person wrote, e.g. "web"."""
    reason: Reason
    state: RequestState
    owner: str | None
    """Who took it; None while nobody has."""

    @property
    def waits(self) -> bool:
        """Whether it is open or taken."""
        return self.state is not RequestState.HANDED_BACK


@dataclass(frozen=True)
class PersonRequestInFull(PersonRequest):
    """A request with all that its owner needs."""

    sender: str
    known: Mapping[str, str]
    """What the person stated, by its name in words."""
    transcript: Sequence[TranscriptTurn]
    """The talk up to the last time they asked, oldest turn first."""


class PersonRequests:
    """The requests for a person; at most one of a sender is open or taken."""

    def __init__(
        self,
        database: Database,
        cipher: Cipher,
        transcripts: Transcripts,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._cipher = cipher
        self._transcripts = transcripts
        self._now = now
        self._audit = Audit(database, cipher, now)

    def ask(self, sender: str, door: str, reason: str, known: Mapping[str, str]) -> int:
        """Records that `sender` wants a person, for a Reason, and gives the number of the request.

        One that is open or taken stays the same request, with what is known now and the talk up to now. It may become
        urgent, and stays so.
        """
        try:
            turns = self._transcripts.of(sender)
        except EncryptionError as error:
            # Whoever needs a person must not go without one because a turn cannot be read.
            logger.error("a request for a person is recorded without its transcript: %s", error)
            turns = []
        talk = [{"said": turn.said, "heard": turn.heard, "at": turn.at.isoformat()} for turn in turns]
        content = {
            "known": json.dumps(dict(known), ensure_ascii=False),
            "transcript": json.dumps(talk, ensure_ascii=False),
        }
        first = {"door": door, "reason": Reason(reason).value}
        try:
            return self._record(sender, content, first)
        except IntegrityError:
            # The sender's other message was recorded in between: now there is a request to bring up to date.
            return self._record(sender, content, first)

    def mark_urgent(self, sender: str) -> None:
        """Puts the request of `sender` before all others, whoever has it; nothing where there is none."""
        with self._database.writing() as session:
            session.execute(
                update(PersonRequestRow)
                .where(PersonRequestRow.live_sender == self._cipher.index(sender))
                .values(reason=Reason.URGENT.value)
            )

    def take(self, number: int, owner: str) -> None:
        """Gives the request to `owner`, to whom it may belong already.

        Raises PersonRequestError where there is none, somebody else has it, or it was handed back.
        """
        self._move(number, RequestState.TAKEN, owner, {})

    def hand_back(self, number: int, owner: str) -> None:
        """Lets the assistant answer again; raises PersonRequestError unless `owner` has the request."""
        self._move(number, RequestState.HANDED_BACK, owner, {"live_sender": None, "handed_back_at": self._now()})

    def in_hand(self, sender: str) -> bool:
        """Whether a person has taken the request of `sender` and not handed it back."""
        taken = select(PersonRequestRow.id).where(
            PersonRequestRow.live_sender == self._cipher.index(sender),
            PersonRequestRow.state == RequestState.TAKEN.value,
        )
        with self._database.session() as session:
            return session.execute(taken).first() is not None

    def state_of(self, sender: str) -> RequestState | None:
        """How far the request of `sender` has come; None where nobody is asked for."""
        live = select(PersonRequestRow.state).where(PersonRequestRow.live_sender == self._cipher.index(sender))
        with self._database.session() as session:
            state = session.execute(live).scalar_one_or_none()
            return RequestState(state) if state else None

    def waiting(self) -> Sequence[PersonRequest]:
        """The open and the taken requests: the urgent first, and of each the oldest."""
        urgent_first = case((PersonRequestRow.reason == Reason.URGENT.value, 0), else_=1)
        with self._database.session() as session:
            rows = session.execute(
                select(PersonRequestRow)
                # Asked for every few seconds: no talk is fetched with it.
                .options(load_only(*_OVERVIEW))
                .where(PersonRequestRow.live_sender.is_not(None))
                .order_by(urgent_first, PersonRequestRow.id)
            )
            return [PersonRequest(**_overview(row)) for row in rows.scalars()]

    def show(self, number: int) -> PersonRequestInFull:
        """The request with everything in it.

        Raises PersonRequestError where there is none, EncryptionError where it cannot be decrypted.
        """
        with self._database.session() as session:
            row = _row(session, number)
            record = f"{PersonRequestRow.__tablename__} {number}"
            sender, known, talk = (
                self._cipher.decrypt(getattr(row, column.key), place_of(column, row))
                for column in (PersonRequestRow.sender, PersonRequestRow.known, PersonRequestRow.transcript)
            )
            try:
                turns = [
                    TranscriptTurn(each["said"], each["heard"], datetime.fromisoformat(each["at"]))
                    for each in json.loads(talk)
                ]
                return PersonRequestInFull(
                    **_overview(row), sender=sender, known=dict(json.loads(known)), transcript=turns
                )
            # Encrypted by us, but for another column: the cause would quote it.
            except (ValueError, TypeError, KeyError):
                raise EncryptionError(f"{record}: holds something else; take it from a copy") from None

    def _record(self, sender: str, content: Mapping[str, str], first: Mapping[str, str]) -> int:
        """The number of the sender's request, brought up to date or new."""
        index = self._cipher.index(sender)
        with self._database.writing() as session:
            live = select(PersonRequestRow).where(PersonRequestRow.live_sender == index).with_for_update()
            row = session.execute(live).scalar_one_or_none()
            if row is None:
                row = PersonRequestRow(live_sender=index, sender_index=index, since=self._now(), **first)
                row.state = RequestState.OPEN.value
                content = {**content, "sender": sender}
                session.add(row)
            elif first["reason"] == Reason.URGENT.value:
                row.reason = Reason.URGENT.value
            for name, text in content.items():
                place = place_of(PersonRequestRow.__table__.columns[name], row)
                setattr(row, name, self._cipher.encrypt(text, place))
            session.flush()
            return int(row.id)

    def _move(self, number: int, to: RequestState, owner: str, changes: Mapping[str, datetime | None]) -> None:
        if not owner.strip():
            raise PersonRequestError(f"request {number}: an owner needs a name; give one")
        with self._database.writing() as session:
            _row(session, number)
            # One statement, so that of two owners at once only one gets it.
            moved = session.execute(
                update(PersonRequestRow)
                .where(PersonRequestRow.id == number, PersonRequestRow.state == COMES_FROM[to].value)
                .where(or_(PersonRequestRow.owner.is_(None), PersonRequestRow.owner == owner))
                .values(state=to.value, owner=owner, **changes),
                execution_options={"synchronize_session": False},
            )
            if moved.rowcount == 0:
                session.expire_all()
                row = _row(session, number)
                refused = refusal(RequestState(row.state), row.owner, to, owner)
                if refused:
                    raise PersonRequestError(f"request {number}: {refused}")
            else:
                self._audit.note(session, owner, f"request_{to.value}", None, {"request": number})


def _row(session: Session, number: int) -> PersonRequestRow:
    row: PersonRequestRow | None = session.get(PersonRequestRow, number) if 0 < number <= LARGEST_NUMBER else None
    if row is None:
        raise PersonRequestError(f"request {number}: there is none; the list has the numbers of those that wait")
    return row


def _overview(row: PersonRequestRow) -> dict[str, Any]:
    return {
        "number": row.id,
        "since": row.since,
        "door": row.door,
        "reason": Reason(row.reason),
        "state": RequestState(row.state),
        "owner": row.owner,
    }
