"""Who read or changed which record: entries are only added, and a gap or a change among them is noticed."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.clock import utc_now
from registry.errors import RegistryError
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.tables.all import AuditHeadRow, AuditRow, RegistrationRow

_BATCH = 1000
_HEAD = 1


@dataclass(frozen=True)
class AuditEntry:
    """One thing done; nothing in it tells about the person but the number of the case."""

    id: int
    at: datetime
    """In UTC."""
    actor: str
    """"self", "family", or the name of a person of staff."""
    action: str
    """What was done, e.g. "register" or "read"."""
    subject: str | None
    """The number of the case; None where it was no single one."""
    detail: Mapping[str, Any]
    """What else is worth knowing, e.g. {"field": "phone"}; never what a field holds."""


class Audit:
    """The chain of entries: each holds the keyed hash of the one before."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._cipher = cipher
        self._now = now

    def note(
        self,
        session: Session,
        actor: str,
        action: str,
        subject: str | None = None,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Adds an entry in the caller's session, which must be a writing one: both are kept, or neither.

        Raises RegistryError where `actor` is empty or the head of the chain is gone.
        """
        if not actor.strip():
            raise RegistryError(f"{action}: whoever does it needs a name; give one")
        head = self.wait(session)
        entry = AuditEntry(
            head.count + 1, self._now().astimezone(timezone.utc), actor, action, subject, dict(detail or {})
        )
        hashed = self._hash(entry, head.hash)
        session.add(
            AuditRow(
                id=entry.id,
                at=entry.at,
                actor=actor,
                action=action,
                subject=subject,
                detail=_canonical(entry.detail),
                previous=head.hash,
                hash=hashed,
            )
        )
        head.count, head.hash, head.seal = entry.id, hashed, self._seal(entry.id, hashed)
        session.flush()

    def wait(self, session: Session) -> AuditHeadRow:
        """Lets nobody else write an entry until this session ends, so that the chain never forks; gives its head.

        What is read after it is as whoever wrote before left it. Raises RegistryError where the head is gone.
        """
        head: AuditHeadRow | None = session.get(AuditHeadRow, _HEAD, with_for_update=True, populate_existing=True)
        if head is None:
            raise RegistryError("audit_head: its row is gone; put the database back from its copy")
        return head

    def entries(self, subject: str | None = None) -> Iterator[AuditEntry]:
        """The entries about the case `subject`, or all of them, oldest first."""
        with self._database.session() as session:
            for row in _rows(session, subject):
                yield _entry(row)

    def latest(self, most: int) -> Sequence[AuditEntry]:
        """The `most` entries that were added last, newest first."""
        rows = select(AuditRow).order_by(AuditRow.id.desc()).limit(most)
        with self._database.session() as session:
            return [_entry(row) for row in session.execute(rows).scalars()]

    def verify(self) -> Sequence[str]:
        """What is wrong with the chain: the first broken entry and a head that does not fit; nothing where it is whole.

        It cannot notice that the whole database was put back to what it was earlier: for that, compare `head()`
        with one that was written down elsewhere.
        """
        with self._database.session() as session:
            count, last = 0, ""
            for row in _rows(session, None):
                problem = self._problem(row, count + 1, last)
                if problem:
                    return [problem]
                count, last = row.id, row.hash
            return self._problems_of_head(session, count, last)

    def head(self) -> tuple[int, str]:
        """How many entries there are, and the hash of the last."""
        with self._database.session() as session:
            head = session.get(AuditHeadRow, _HEAD)
            return (head.count, head.hash) if head else (0, "")

    def _problem(self, row: AuditRow, expected: int, previous: str) -> str:
        if row.id != expected:
            return f"audit_entries {expected}: is missing; the next one there is {row.id}"
        if row.previous != previous:
            return f"audit_entries {expected}: does not follow the entry before it"
        try:
            whole = row.hash == self._hash(_entry(row), previous)
        except ValueError:
            whole = False
        return "" if whole else f"audit_entries {expected}: was changed after it was written"

    def _problems_of_head(self, session: Session, count: int, last: str) -> Sequence[str]:
        head = session.get(AuditHeadRow, _HEAD)
        if head is None:
            return ["audit_head: its row is gone"]
        if head.count == 0 and count == 0:
            registered = session.execute(select(func.count()).select_from(RegistrationRow)).scalar_one()
            return [f"audit_entries: there are none, but {registered} registrations"] if registered else []
        if head.seal != self._seal(head.count, head.hash):
            return ["audit_head: was changed after it was written"]
        if head.count > count:
            return [f"audit_entries {count + 1}: is missing, with all up to {head.count}"]
        return [] if (head.count, head.hash) == (count, last) else ["audit_head: is of an earlier entry"]

    def _hash(self, entry: AuditEntry, previous: str) -> str:
        about = [entry.id, entry.at.isoformat(), entry.actor, entry.action, entry.subject, entry.detail, previous]
        return self._cipher.index(_canonical(about))

    def _seal(self, count: int, last: str) -> str:
        return self._cipher.index(_canonical(["audit_head", count, last]))


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _rows(session: Session, subject: str | None) -> Iterator[AuditRow]:
    last = 0
    about = () if subject is None else (AuditRow.subject == subject,)
    while True:
        batch = select(AuditRow).where(AuditRow.id > last, *about).order_by(AuditRow.id).limit(_BATCH)
        rows = session.execute(batch).scalars().all()
        if not rows:
            return
        yield from rows
        last = rows[-1].id
        session.expunge_all()


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(row.id, row.at, row.actor, row.action, row.subject, json.loads(row.detail))
