"""Keeps conversations in one encrypted SQLite row each, so that a long one costs no more than a short one."""

import json
import logging
import sqlite3
from collections import OrderedDict
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from registry.encryption import Cipher
from registry.errors import EncryptionError

logger = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS encrypted_conversations (
    sender_index TEXT PRIMARY KEY,
    sender TEXT NOT NULL,
    events TEXT NOT NULL,
    updated TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
)
"""
_IN_CLEAR = "conversations"
"""The table of version 0.1.0, which was not encrypted."""


class CompactTrackerStore(TrackerStore):
    """A conversation's last turns, its slots and its open form.

    Rasa's SQL store reads every event a sender ever caused, one row each: a turn grows slower with each turn before
    it. Dialogue rules look at the last turn, so older events are folded into the slots they set.
    """

    TURNS_KEPT = 3
    _SENDERS_AT_HAND = 1_000
    """Conversations kept in memory, so that their events are not read from JSON for each turn."""

    def __init__(
        self, domain: Domain | None, path: Path, cipher: Cipher, event_broker: EventBroker | None = None
    ) -> None:
        """Opens or makes the database at `path`; ":memory:" keeps nothing after the process."""
        self._cipher = cipher
        if str(path) != ":memory:":
            path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5.0)
        # A killed process loses nothing in WAL mode; NORMAL leaves only the last turns at risk in a power cut.
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        # What was deleted or encrypted anew must not be left behind in the file.
        self._database.execute("PRAGMA secure_delete = ON")
        self._database.execute(_SCHEMA)
        self._encrypt_what_is_in_clear()
        self._at_hand: OrderedDict[str, DialogueStateTracker] = OrderedDict()
        super().__init__(domain, event_broker)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stores the conversation, its older turns folded away."""
        await self.stream_events(tracker)
        events = _compact(tracker)
        self._write(tracker.sender_id, json.dumps([_as_stored(event) for event in events], ensure_ascii=False))
        self._at_hand[tracker.sender_id] = DialogueStateTracker.from_events(
            tracker.sender_id, events, tracker.slots.values(), domain=self.domain
        )
        self._at_hand.move_to_end(tracker.sender_id)
        if len(self._at_hand) > self._SENDERS_AT_HAND:
            self._at_hand.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation with `sender_id`, None where there is none.

        The caller owns it: what it does to it counts only once it is saved.
        """
        # Taken out, not lent: a turn that fails half-way must leave nothing of itself for the next.
        tracker = self._at_hand.pop(sender_id, None)
        return tracker or self._read(sender_id)

    def peek(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation with `sender_id` to look at and not to change."""
        return self._at_hand.get(sender_id) or self._read(sender_id)

    def _read(self, sender_id: str) -> DialogueStateTracker | None:
        row = self._database.execute(
            "SELECT rowid, events FROM encrypted_conversations WHERE sender_index = ?",
            (self._cipher.index(sender_id),),
        ).fetchone()
        if row is None or self.domain is None:
            return None
        try:
            events = self._cipher.decrypt(row[1], f"encrypted_conversations {row[0]}")
        except EncryptionError as error:
            # Better to begin anew with this sender than never to answer them again.
            logger.error("a conversation begins anew: %s", error)
            return None
        return DialogueStateTracker.from_dict(sender_id, json.loads(events), self.domain.slots)

    def _write(self, sender_id: str, events: str) -> None:
        self._database.execute(
            "INSERT INTO encrypted_conversations (sender_index, sender, events) VALUES (?, ?, ?) "
            "ON CONFLICT (sender_index) DO UPDATE SET events = excluded.events, updated = CURRENT_TIMESTAMP",
            (self._cipher.index(sender_id), self._cipher.encrypt(sender_id), self._cipher.encrypt(events)),
        )

    def _encrypt_what_is_in_clear(self) -> None:
        known = self._database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_IN_CLEAR,)).fetchone()
        if known is None:
            return
        for sender, events in self._database.execute(f"SELECT sender, events FROM {_IN_CLEAR}").fetchall():
            self._write(sender, events)
        self._database.execute(f"DROP TABLE {_IN_CLEAR}")
        self._database.execute("VACUUM")
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def delete(self, sender_id: str) -> None:
        """Forgets the conversation with `sender_id`."""
        self._at_hand.pop(sender_id, None)
        self._database.execute(
            "DELETE FROM encrypted_conversations WHERE sender_index = ?", (self._cipher.index(sender_id),)
        )

    def forget(self, sender_indexes: Collection[str]) -> None:
        """Forgets the conversations of those with these blind indexes, so that the file holds nothing of them."""
        for sender in [each for each in self._at_hand if self._cipher.index(each) in sender_indexes]:
            del self._at_hand[sender]
        self._database.executemany(
            "DELETE FROM encrypted_conversations WHERE sender_index = ?", [(index,) for index in sender_indexes]
        )
        # secure_delete writes over what was deleted; the write-ahead log still has it until it is emptied.
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def keys(self) -> Iterable[str]:
        """Every sender there is a conversation with."""
        rows = self._database.execute("SELECT rowid, sender FROM encrypted_conversations")
        return [self._cipher.decrypt(sender, f"encrypted_conversations {number}") for number, sender in rows]

    def close(self) -> None:
        """Closes the database; the store cannot be used after it."""
        self._database.close()


def _compact(tracker: DialogueStateTracker) -> list[Event]:
    events = list(tracker.events)
    turns = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) <= CompactTrackerStore.TURNS_KEPT:
        return events
    recent = events[turns[-CompactTrackerStore.TURNS_KEPT] :]
    # The slots and the form as they were before the turns that are kept, whose own events follow.
    before = tracker.init_copy()
    for event in events[: -len(recent)]:
        event.apply_to(before)
    folded: list[Event] = [
        SlotSet(name, slot.value, timestamp=events[0].timestamp)
        for name, slot in before.slots.items()
        if slot.value != slot.initial_value
    ]
    if before.active_loop:
        folded.append(ActiveLoop(before.active_loop.name))
    return [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        *folded,
        ActionExecuted(ACTION_LISTEN_NAME),
        *recent,
    ]


def _as_stored(event: Event) -> dict[str, Any]:
    stored = event.as_dict()
    if isinstance(event, UserUttered):
        # The ranking of all intents is ten times the message itself and is of no use after the turn.
        stored["parse_data"] = {**stored["parse_data"], "intent_ranking": [], "text_tokens": None}
    return stored
