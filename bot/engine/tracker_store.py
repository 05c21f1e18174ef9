"""Keeps conversations in one SQLite row each, so that a long one costs no more than a short one."""

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    sender TEXT PRIMARY KEY,
    events TEXT NOT NULL,
    updated TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
)
"""


class CompactTrackerStore(TrackerStore):
    """A conversation's last turns, its slots and its open form.

    Rasa's SQL store reads every event a sender ever caused, one row each: a turn grows slower with each turn before
    it. Dialogue rules look at the last turn, so older events are folded into the slots they set.
    """

    TURNS_KEPT = 3
    _SENDERS_AT_HAND = 1_000
    """Conversations kept in memory, so that their events are not read from JSON for each turn."""

    def __init__(self, domain: Domain | None, path: Path, event_broker: EventBroker | None = None) -> None:
        """Opens or makes the database at `path`; ":memory:" keeps nothing after the process."""
        if str(path) != ":memory:":
            path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5.0)
        # A killed process loses nothing in WAL mode; NORMAL leaves only the last turns at risk in a power cut.
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute(_SCHEMA)
        self._at_hand: OrderedDict[str, DialogueStateTracker] = OrderedDict()
        super().__init__(domain, event_broker)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stores the conversation, its older turns folded away."""
        await self.stream_events(tracker)
        events = _compact(tracker)
        self._database.execute(
            "INSERT INTO conversations (sender, events) VALUES (?, ?) ON CONFLICT (sender) DO UPDATE SET "
            "events = excluded.events, updated = CURRENT_TIMESTAMP",
            (tracker.sender_id, json.dumps([_as_stored(event) for event in events], ensure_ascii=False)),
        )
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
        row = self._database.execute("SELECT events FROM conversations WHERE sender = ?", (sender_id,)).fetchone()
        if row is None or self.domain is None:
            return None
        return DialogueStateTracker.from_dict(sender_id, json.loads(row[0]), self.domain.slots)

    async def delete(self, sender_id: str) -> None:
        """Forgets the conversation with `sender_id`."""
        self._at_hand.pop(sender_id, None)
        self._database.execute("DELETE FROM conversations WHERE sender = ?", (sender_id,))

    async def keys(self) -> Iterable[str]:
        """Every sender there is a conversation with."""
        return [sender for (sender,) in self._database.execute("SELECT sender FROM conversations")]

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
