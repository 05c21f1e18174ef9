"""Who reads a talk in which somebody asked for a person: its owner, all while it waits, others with a reason."""

import json
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.cases.unmasking import STAYS_OPEN, reason_kept
from registry.clock import utc_now
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.tables.all import AuditRow
from registry.talk.person_requests import PersonRequest
from registry.talk.request_states import RequestState

_READ, _OPENED = "read_request", "open_request"


class RequestReading:
    """What the audit has of reading: there is no second list that could say otherwise."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now
        self._audit = Audit(database, cipher, now)

    def may_read(self, request: PersonRequest, actor: str) -> bool:
        """Whether `actor` reads it now: what is theirs or waits for somebody, else where they gave a reason lately."""
        if request.state is RequestState.OPEN or request.owner == actor:
            return True
        with self._database.session() as session:
            return self._is_noted(session, _OPENED, request.number, actor)

    def open(self, number: int, reason: str, actor: str) -> None:
        """Opens the request for `actor` for a quarter of an hour; raises ReasonRefused."""
        kept = reason_kept(reason)
        with self._database.writing() as session:
            self._audit.note(session, actor, _OPENED, None, {"request": number, "reason": kept})

    def note(self, number: int, actor: str) -> None:
        """Notes that `actor` read what was said."""
        with self._database.writing() as session:
            self._audit.note(session, actor, _READ, None, {"request": number})

    def note_staying(self, number: int, actor: str) -> None:
        """Notes it once in a quarter of an hour: an open page reads again every few seconds."""
        with self._database.session() as session:
            if self._is_noted(session, _READ, number, actor):
                return
        with self._database.writing() as session:
            self._audit.wait(session)
            if not self._is_noted(session, _READ, number, actor):
                self._audit.note(session, actor, _READ, None, {"request": number})

    def _is_noted(self, session: Session, action: str, number: int, actor: str) -> bool:
        lately = select(AuditRow.detail).where(
            AuditRow.actor == actor, AuditRow.action == action, AuditRow.at > self._now() - STAYS_OPEN
        )
        return any(json.loads(detail)["request"] == number for detail in session.execute(lately).scalars())
