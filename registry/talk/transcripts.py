"""What was said lately, for whoever takes over from the assistant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select

from registry.clock import beginning_of, utc_now
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import TranscriptTurnRow

_TURNS_KEPT = 40


@dataclass(frozen=True)
class TranscriptTurn:
    """One thing said, and what came back."""

    said: str
    """By the person."""
    heard: str
    """What the assistant answered."""
    at: datetime
    """In UTC."""


class Transcripts:
    """The latest 40 turns of every sender, encrypted."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._cipher = cipher
        self._now = now

    def note(self, sender: str, said: str, heard: str) -> None:
        """Adds a turn, and deletes the one that is now too old."""
        index = self._cipher.index(sender)
        turn = TranscriptTurnRow(sender=index, at=self._now())
        turn.said = self._cipher.encrypt(said, place_of(TranscriptTurnRow.said, turn))
        turn.heard = self._cipher.encrypt(heard, place_of(TranscriptTurnRow.heard, turn))
        newest_too_old = (
            select(TranscriptTurnRow.id)
            .where(TranscriptTurnRow.sender == index)
            .order_by(TranscriptTurnRow.id.desc())
            .offset(_TURNS_KEPT)
            .limit(1)
        )
        with self._database.writing() as session:
            session.add(turn)
            session.flush()
            # The index alone tells which that is; with fewer turns there is none, and nothing is deleted.
            session.execute(
                delete(TranscriptTurnRow).where(
                    TranscriptTurnRow.sender == index, TranscriptTurnRow.id <= newest_too_old.scalar_subquery()
                ),
                execution_options={"synchronize_session": False},
            )

    def since(self, sender: str, moment: datetime) -> int:
        """How many turns of `sender` were answered since `moment`, as far as they are kept."""
        turns = select(func.count()).where(
            TranscriptTurnRow.sender == self._cipher.index(sender), TranscriptTurnRow.at >= moment
        )
        with self._database.session() as session:
            count: int = session.execute(turns).scalar_one()
            return count

    def of(self, sender: str) -> Sequence[TranscriptTurn]:
        """The turns of `sender`, oldest first; raises EncryptionError for one that cannot be decrypted."""
        with self._database.session() as session:
            rows = session.execute(
                select(TranscriptTurnRow)
                .where(TranscriptTurnRow.sender == self._cipher.index(sender))
                .order_by(TranscriptTurnRow.id)
            ).scalars()
            return [self._turn(row) for row in rows]

    def forget_before(self, day: date) -> None:
        """Deletes every sender's turns of the days before `day`, which begins at midnight in China."""
        with self._database.writing() as session:
            session.execute(delete(TranscriptTurnRow).where(TranscriptTurnRow.at < beginning_of(day)))

    def _turn(self, row: TranscriptTurnRow) -> TranscriptTurn:
        said, heard = (
            self._cipher.decrypt(getattr(row, column.key), place_of(column, row))
            for column in (TranscriptTurnRow.said, TranscriptTurnRow.heard)
        )
        return TranscriptTurn(said, heard, row.at)
