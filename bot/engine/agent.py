"""The Rasa agent: a turn in, what was said out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
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
from dialogue.state import FormState
from dialogue.turn import one_turn
from knowledge.facts.annotated_examples import slots
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


@dataclass(frozen=True)
class Talk:
    """A conversation as it was left, with what a turn needs of it before it is answered."""

    slots: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """What is remembered, by name."""
    offer: Offer = Offer(())
    """What the last reply offered to choose from."""
    turn: str | None = None
    """Which turn was the last that was answered."""
    said: tuple[Said, ...] = field(default=(), repr=False)
    """What was said to it."""

    def said_to(self, turn: str) -> Sequence[Said]:
        """What was said to `turn`; () where it is not the last one that was answered."""
        return self.said if turn == self.turn else ()


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

        `turn` is kept with it, so that `Talk.said_to` finds it again.
        """
        collector = Collector(channel)
        with raising_faults(), one_turn():
            await self._agent.handle_message(
                UserMessage(text, collector, sender, input_channel=channel, message_id=turn, metadata=about_turn)
            )
        return [_said(message) for message in collector.said]

    async def open(self, sender: str) -> Talk:
        """The talk with `sender` as it is now, in one look at the store."""
        if isinstance(self._store, CompactTrackerStore):
            tracker = self._store.peek(sender)
        else:
            tracker = await self._store.retrieve(sender)
        return Talk() if tracker is None else _talk(tracker)

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

    async def remember(self, sender: str, name: str, value: Any) -> None:
        """Keeps `value` under `name` in the conversation with `sender`, which begins where there is none."""
        tracker = await self._store.get_or_create_tracker(sender)
        tracker.update(SlotSet(name, value))
        await self._store.save(tracker)

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


def _talk(tracker: DialogueStateTracker) -> Talk:
    last: UserUttered | None = None
    replies: list[BotUttered] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            last = event
            break
        if isinstance(event, BotUttered):
            replies.insert(0, event)
    said = tuple(_said({**event.data, **event.metadata, "text": event.text}) for event in replies)
    buttons = tuple(button for each in said for button in each.buttons)
    asked = next((each.mark for each in reversed(said) if each.mark.asking), UNMARKED)
    waits = not buttons and _waits_for_a_number(tracker.get_slot("form"))
    offer = Offer(buttons, asked.asking, waits or any(each.mark.digits_are_values for each in said))
    return Talk(tracker.current_slot_values(), offer, last.message_id if last else None, said if last else ())


def _said(message: dict[str, Any]) -> Said:
    text = message.get("text") or ""
    return Said(
        text=text,
        speech=message.get(SPEECH) or text,
        buttons=tuple((each["title"], each["payload"]) for each in message.get("buttons") or ()),
        mark=Mark.from_json(message.get("custom") or {}),
    )


def _waits_for_a_number(form: Mapping[str, Any] | None) -> bool:
    """Whether a form that was passed over may still be answered by 八十个, which is then no eightieth choice."""
    state = FormState.from_slot(form)
    return state is not None and state.waits and slots()[state.asking or ""].kind != "choice"
