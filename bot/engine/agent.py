"""The Rasa agent: a turn in, what was said out."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.exceptions import ModelNotFound
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.engine.actions import InProcessActions, raising_faults
from bot.engine.channel import Collector
from bot.engine.tracker_store import CompactTrackerStore
from bot.engine.wording import SPEECH, TextAndSpeech
from bot.messages import Part
from dialogue.mark import UNMARKED, Mark
from registry.store.encryption import Cipher


class EngineError(Exception):
    """The engine cannot be used; the text says why and what next."""


@dataclass(frozen=True)
class Said:
    """One message of the engine, not yet made ready for a door."""

    text: str
    speech: str
    buttons: tuple[tuple[str, str], ...] = ()
    """Title and payload."""
    mark: Mark = UNMARKED
    parts: tuple[Part, ...] = ()
    """Of which the text is made; () where it is one."""


@dataclass(frozen=True)
class Offer:
    """The choices of a reply."""

    buttons: tuple[tuple[str, str], ...]
    """Title and payload."""
    asking: str | None = None
    """The slot a form waits for."""
    digits_are_values: bool = False
    """Whether that slot is a number, or a sum was told, so that a bare 2 is a value and only 第2个 a choice."""


class Engine:
    """Understands turns and says things, by a trained Rasa model."""

    def __init__(self, agent: Agent, store: TrackerStore, wording: TextAndSpeech) -> None:
        self._agent = agent
        self._store = store
        self._wording = wording

    @classmethod
    def load(cls, model: Path, endpoints: Path, conversations: Path, cipher: Cipher) -> "Engine":
        """Loads the model file `model`.

        A tracker store, lock store or action server named in `endpoints` is used; without them, conversations are
        kept in the SQLite file `conversations`, encrypted, locks in memory, and actions run in this process. Raises
        EngineError where there is no model or it cannot be loaded.
        """
        configured = AvailableEndpoints.read_endpoints(str(endpoints) if endpoints.exists() else None)
        wording = TextAndSpeech({})
        store = _tracker_store(configured.tracker_store, conversations, cipher)
        try:
            agent = Agent.load(
                str(model),
                generator=wording,
                tracker_store=store,
                lock_store=LockStore.create(configured.lock_store),
                action_endpoint=configured.action or InProcessActions(),
            )
        except ModelNotFound as error:
            raise EngineError(f"there is no trained model at {model}; run `make train`") from error
        return cls(agent, store, wording)

    async def handle(
        self, sender: str, text: str, channel: str, about_turn: dict[str, Any], turn: str | None = None
    ) -> list[Said]:
        """What is said to `text`; `about_turn` reaches the actions as the message's metadata.

        `turn` is kept with it, so that `said_to` finds it again.
        """
        collector = Collector(channel)
        with raising_faults():
            await self._agent.handle_message(
                UserMessage(text, collector, sender, input_channel=channel, message_id=turn, metadata=about_turn)
            )
        return [_said(message) for message in collector.said]

    async def said_to(self, sender: str, turn: str) -> list[Said] | None:
        """What was said to `turn`; None where it is not the last one that `sender` was answered."""
        tracker = await self._tracker(sender)
        said: list[Said] = []
        for event in reversed(tracker.events if tracker else ()):
            if isinstance(event, UserUttered):
                return said if event.message_id == turn else None
            if isinstance(event, BotUttered):
                said.insert(0, _said({**event.data, **event.metadata, "text": event.text}))
        return None

    async def forget(self, sender: str) -> None:
        """Forgets the conversation with `sender`."""
        await self._store.delete(sender)

    def delete_indexes(self, indexes: Collection[str]) -> int:
        """Forgets the conversations with the senders of these blind indexes; gives how many there were.

        A tracker store named in endpoints.yml has no index of its senders and forgets none of them.
        """
        return self._store.delete_indexes(indexes) if isinstance(self._store, CompactTrackerStore) else 0

    def indexes(self) -> Collection[str]:
        """The blind index of every sender there is a conversation with; none where the store has no indexes."""
        return self._store.indexes() if isinstance(self._store, CompactTrackerStore) else ()

    async def last_offer(self, sender: str) -> Offer:
        """What the last reply to `sender` offered to choose from."""
        tracker = await self._tracker(sender)
        buttons: list[tuple[str, str]] = []
        marks: list[Mark] = []
        for event in reversed(tracker.events if tracker else ()):
            if isinstance(event, UserUttered):
                break
            if isinstance(event, BotUttered):
                buttons[:0] = [(each["title"], each["payload"]) for each in event.data.get("buttons") or ()]
                marks.append(Mark.from_json(event.data.get("custom") or {}))
        asked = next((mark for mark in marks if mark.asking), UNMARKED)
        return Offer(tuple(buttons), asked.asking, any(mark.digits_are_values for mark in marks))

    async def slot(self, sender: str, name: str) -> Any:
        """What the conversation with `sender` remembers under `name`; None where it remembers nothing."""
        tracker = await self._tracker(sender)
        return tracker.get_slot(name) if tracker else None

    async def remember(self, sender: str, name: str, value: Any) -> None:
        """Keeps `value` under `name` in the conversation with `sender`, which begins where there is none."""
        tracker = await self._store.get_or_create_tracker(sender)
        tracker.update(SlotSet(name, value))
        await self._store.save(tracker)

    async def _tracker(self, sender: str) -> DialogueStateTracker | None:
        if isinstance(self._store, CompactTrackerStore):
            return self._store.peek(sender)
        return await self._store.retrieve(sender)

    def say(self, response: str, **values: Any) -> Said:
        """A response outside a conversation, such as the apology for a fault."""
        filled = self._wording.fill(response, {}, **values)
        if filled is None:
            raise EngineError(f"there is no response {response}; add it under nlu_data/ and run `make train`")
        return _said(filled)

    async def understand(self, text: str) -> tuple[str, float]:
        """The intent of `text` and its confidence, 0 to 1, without a conversation."""
        parsed = await self._agent.parse_message(text)
        return parsed["intent"]["name"], float(parsed["intent"]["confidence"])


def _tracker_store(configured: EndpointConfig | None, conversations: Path, cipher: Cipher) -> TrackerStore:
    if configured is None:
        return CompactTrackerStore(None, conversations, cipher)
    return TrackerStore.create(configured)


def _said(message: dict[str, Any]) -> Said:
    text = message.get("text") or ""
    return Said(
        text=text,
        speech=message.get(SPEECH) or text,
        buttons=tuple((each["title"], each["payload"]) for each in message.get("buttons") or ()),
        mark=Mark.from_json(message.get("custom") or {}),
    )
