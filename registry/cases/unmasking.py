"""A case is masked until somebody of staff opens it and says why; then it stays open for them for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from registry.cases.case import case_row
from registry.clock import utc_now
from registry.errors import ReasonRefused
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.tables.all import AuditRow
from registry.values.masking import masked

STAYS_OPEN = timedelta(minutes=15)
SHORTEST_REASON, LONGEST_REASON = 4, 60
"""Characters; only letters, Chinese characters and digits count for the shortest."""

_OPENED = "open"


class Unmasking:
    """Who opened which case lately: the audit knows, so there is no second list that could say otherwise."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now
        self._audit = Audit(database, cipher, now)

    def open(self, number: str, reason: str, actor: str) -> None:
        """Opens the case for `actor`; raises ReasonRefused, RegistrationNotFound where there is none."""
        kept = reason_kept(reason)
        with self._database.writing() as session:
            case_row(session, number)
            self._audit.note(session, actor, _OPENED, number, {"reason": kept})

    def note_export(self, kind: str, reason: str, actor: str) -> None:
        """Notes that `actor` takes every registration away in a file of this `kind`; raises ReasonRefused."""
        with self._database.writing() as session:
            self._audit.note(session, actor, "export", None, {"kind": kind, "reason": reason_kept(reason)})

    def is_open(self, number: str, actor: str) -> bool:
        """Whether `actor` opened the case within the last quarter of an hour."""
        lately = select(AuditRow.id).where(
            AuditRow.subject == number,
            AuditRow.actor == actor,
            AuditRow.action == _OPENED,
            AuditRow.at > self._now() - STAYS_OPEN,
        )
        with self._database.session() as session:
            return session.execute(lately.limit(1)).first() is not None


def reason_kept(reason: str) -> str:
    """What the audit keeps of `reason`; raises ReasonRefused where it says nothing."""
    if sum(each.isalnum() for each in reason) < SHORTEST_REASON:
        raise ReasonRefused(f"reason: needs {SHORTEST_REASON} letters or characters at least; say what for")
    # What is written here stays for ever: nothing that tells who somebody is.
    return masked(reason.strip()).replace("\0", "")[:LONGEST_REASON]
