"""A case is masked until somebody of staff opens it and says why; then it stays open for them for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from registry.audit import Audit
from registry.case_files import case_row
from registry.database import Database
from registry.encryption import Cipher
from registry.errors import CaseError
from registry.masking import masked
from registry.moments import utc_now
from registry.tables import AuditRow

STAYS_OPEN = timedelta(minutes=15)
LONGEST_REASON = 60

_OPENED = "open"


class Opening:
    """Who opened which case lately: the audit knows, so there is no second list that could say otherwise."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now
        self._audit = Audit(database, cipher, now)

    def open(self, number: str, reason: str, actor: str) -> None:
        """Opens the case for `actor`; raises CaseError without a reason, RegistrationNotFound where there is none."""
        if not reason.strip():
            raise CaseError(f"case {number}: opening it needs a reason; give one")
        with self._database.writing() as session:
            case_row(session, number)
            self._audit.note(session, actor, _OPENED, number, {"reason": _kept(reason)})

    def note_export(self, kind: str, reason: str, actor: str) -> None:
        """Notes that `actor` takes every registration away in a file of this `kind`."""
        with self._database.writing() as session:
            self._audit.note(session, actor, "export", None, {"kind": kind, "reason": _kept(reason)})

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


def _kept(reason: str) -> str:
    # What is written here stays for ever: nothing that tells who somebody is.
    return masked(reason.strip()).replace("\0", "")[:LONGEST_REASON]
