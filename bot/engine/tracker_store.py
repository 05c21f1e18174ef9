"""Keeps conversations in one encrypted SQLite row each, so that a long one costs no more than a short one."""

import json
import logging
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

from bot.engine.conversation_rows import ConversationRows
from registry.errors import EncryptionError
from registry.store.encryption import Cipher

logger = logging.getLogger(__name__)


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
        self._rows = ConversationRows(path, cipher)
        self._at_hand: OrderedDict[str, DialogueStateTracker] = OrderedDict()
        super().__init__(domain, event_broker)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stores the conversation, its older turns folded away."""
        await self.stream_events(tracker)
        events = _compact(tracker)
        self._rows.write(tracker.sender_id, json.dumps([_as_stored(event) for event in events], ensure_ascii=False))
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
        # Where a command has deleted the conversation meanwhile, it must not come back from memory.
        return tracker if tracker and self._rows.has(sender_id) else self._read(sender_id)

    def peek(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation with `sender_id` to look at and not to change."""
        tracker = self._at_hand.get(sender_id)
        return tracker if tracker and self._rows.has(sender_id) else self._read(sender_id)

    def _read(self, sender_id: str) -> DialogueStateTracker | None:
        try:
            events = self._rows.read(sender_id)
        except EncryptionError as error:
            # Better to begin anew with this sender than never to answer them again.
            logger.error("a conversation begins anew: %s", error)
            return None
        if events is None or self.domain is None:
            return None
        return DialogueStateTracker.from_dict(sender_id, json.loads(events), self.domain.slots)

    async def delete(self, sender_id: str) -> None:
        """Forgets the conversation with `sender_id`."""
        self._at_hand.pop(sender_id, None)
        self._rows.delete(sender_id)

    def delete_indexes(self, indexes: Collection[str]) -> int:
        """Forgets those with these blind indexes, so that the file holds nothing of them; gives how many there were."""
        # What is at hand is read anew: an index does not tell whose it is.
        self._at_hand.clear()
        return self._rows.delete_indexes(indexes)

    def indexes(self) -> Collection[str]:
        """The blind index of every sender there is a conversation with."""
        return self._rows.indexes()

    async def keys(self) -> Iterable[str]:
        """Every sender there is a conversation with."""
        return self._rows.senders()

    def close(self) -> None:
        """Closes the database; the store cannot be used after it."""
        self._rows.close()


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
    stored: dict[str, Any] = event.as_dict()
    if isinstance(event, UserUttered):
        # The ranking of all intents is ten times the message itself and is of no use after the turn.
        stored["parse_data"] = {**stored["parse_data"], "intent_ranking": [], "text_tokens": None}
    return stored
