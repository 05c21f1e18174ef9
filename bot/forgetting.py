"""Deletes everything that is kept about a person, in every store and whoever asks for it."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.audio_store import recorded_senders, remove_recordings
from registry.clock import utc_now
from registry.registrations.receipts import Receipt
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.upkeep.erasing import erase_talk, mark_of, talking


class Conversations(Protocol):
    """What the bot remembers of talks, by the blind indexes of their senders."""

    def delete_indexes(self, indexes: Collection[str]) -> int: ...

    def indexes(self) -> Collection[str]: ...


class Forgetting:
    """The one way in which a person is forgotten: rows, conversations, recordings and what waits for them."""

    def __init__(
        self,
        database: Database,
        cipher: Cipher,
        conversations: Conversations | None,
        recordings: Path,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """`conversations` is None where the bot never had one; `recordings` is the folder of what is kept as sound."""
        self._database = database
        self._cipher = cipher
        self._conversations = conversations
        self._recordings = recordings
        self._now = now
        self._audit = Audit(database, cipher, now)

    def receipt(self, sender: str) -> Receipt:
        """The receipt by which the talk of `sender` is forgotten, and what is registered stays."""
        return Receipt(None, self._now(), senders=(self._cipher.index(sender),))

    def forget_person(self, receipt: Receipt, actor: str = "self", finished: bool = False) -> Mapping[str, int]:
        """Deletes everything that is kept by the senders of `receipt`; gives how much, with what it tells already.

        Of somebody who has only `finished` here an urgent request for a person stays with staff. The audit keeps a mark
        of each sender, by which a restore finds whom to forget again.
        """
        gone = Counter(receipt.counts)
        with self._database.writing() as session:
            gone.update(erase_talk(session, receipt.senders, sparing_urgent=finished))
            marks = " ".join(mark_of(self._cipher, each) for each in receipt.senders)
            action = "end_talk" if finished else "forget_talk"
            self._audit.note(session, actor, action, receipt.number, {"senders": marks})
        self._database.forget_deleted()
        conversations = self._conversations.delete_indexes(receipt.senders) if self._conversations else 0
        recordings = remove_recordings(self._recordings, receipt.senders)
        return {**gone, "conversations": conversations, "recordings": recordings}

    def with_sender(self, receipt: Receipt, sender: str) -> Receipt:
        """`receipt` for what is kept of `sender` too."""
        return receipt.with_sender(self._cipher.index(sender))

    def senders_by_mark(self) -> Mapping[str, str]:
        """The blind index of everybody about whom something is kept, by what the audit holds once that is deleted."""
        with self._database.session() as session:
            known = {*talking(session), *recorded_senders(self._recordings)}
        known |= {*(self._conversations.indexes() if self._conversations else ())}
        return {mark_of(self._cipher, each): each for each in known}
