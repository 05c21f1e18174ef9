"""Whether the assistant's answers are turned off, who did it, and what people read instead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from registry.clock import utc_now
from registry.errors import CaseError
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.tables.all import PauseRow

LONGEST_NOTICE = 300


@dataclass(frozen=True)
class Pause:
    """That answers were turned off or on again."""

    paused: bool
    notice: str
    by: str
    at: datetime
    """In UTC."""


class Pauses:
    """The switch, with its history; each turn of it is noted in the audit."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now
        self._audit = Audit(database, cipher, now)

    def turn_off(self, notice: str, actor: str) -> None:
        """People read `notice` instead of answers; raises CaseError where it says nothing or too much."""
        if not 0 < len(notice.strip()) <= LONGEST_NOTICE:
            raise CaseError(f"the notice must have 1 to {LONGEST_NOTICE} characters; say what people should do instead")
        self._note(True, notice.strip().replace("\0", ""), actor)

    def turn_on(self, actor: str) -> None:
        self._note(False, "", actor)

    def notice(self) -> str:
        """What people read instead of answers; "" where answers are on."""
        latest = select(PauseRow.paused, PauseRow.notice).order_by(PauseRow.id.desc()).limit(1)
        with self._database.session() as session:
            row = session.execute(latest).first()
        return row.notice if row is not None and row.paused else ""

    def history(self, most: int = 10) -> Sequence[Pause]:
        """Newest first."""
        with self._database.session() as session:
            rows = session.execute(select(PauseRow).order_by(PauseRow.id.desc()).limit(most)).scalars()
            return [Pause(row.paused, row.notice, row.by, row.at) for row in rows]

    def _note(self, paused: bool, notice: str, actor: str) -> None:
        with self._database.writing() as session:
            session.add(PauseRow(paused=paused, notice=notice, by=actor, at=self._now()))
            self._audit.note(session, actor, "pause" if paused else "resume")
