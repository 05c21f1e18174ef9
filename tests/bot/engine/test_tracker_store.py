"""Conversations are kept in a file that does not grow with their length."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    Event,
    Restarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.conversation_rows import ConversationRows
from bot.engine.tracker_store import CompactTrackerStore
from registry.store.encryption import Cipher

DOMAIN = Domain.from_dict(
    {
        "version": "3.1",
        "intents": ["ask"],
        "slots": {
            "clause": {"type": "any", "mappings": [{"type": "custom"}]},
            "city": {"type": "text", "initial_value": "星河", "mappings": [{"type": "custom"}]},
        },
        "forms": {"registration": {"required_slots": ["city"]}},
    }
)
CIPHER = Cipher([Fernet.generate_key().decode()])
_PAGE = 4096
Open = Callable[[], CompactTrackerStore]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "conversations.db"


@pytest.fixture
def open_store(file: Path) -> Iterator[Open]:
    """Opens the store; what was open before is closed, as when the service starts again."""
    opened: list[CompactTrackerStore] = []

    def start_again() -> CompactTrackerStore:
        for store in opened:
            store.close()
        opened[:] = [CompactTrackerStore(DOMAIN, file, CIPHER)]
        return opened[0]

    yield start_again
    for store in opened:
        store.close()


async def say(store: CompactTrackerStore, sender: str, text: str, *events: Event) -> None:
    """One turn, as Rasa handles it: the conversation is fetched, goes on and is saved."""
    tracker = await store.retrieve(sender) or DialogueStateTracker(sender, DOMAIN.slots)
    intent = {"name": "ask", "confidence": 1.0}
    parsed = {"intent": intent, "intent_ranking": [intent], "entities": [], "text": text}
    turn = (
        UserUttered(text, intent, [], parsed),
        *events,
        BotUttered(f"答{text}"),
        ActionExecuted("action_listen"),
    )
    for event in turn:
        tracker.update(event, DOMAIN)
    await store.save(tracker)


async def said(store: CompactTrackerStore, sender: str) -> list[str | None]:
    tracker = await store.retrieve(sender)
    return [event.text for event in tracker.events if isinstance(event, UserUttered)] if tracker else []


async def slot(store: CompactTrackerStore, sender: str, name: str) -> object:
    tracker = await store.retrieve(sender)
    return tracker.get_slot(name) if tracker else None


async def test_there_is_no_conversation_with_a_stranger(open_store: Open) -> None:
    assert await open_store().retrieve("a") is None


@pytest.mark.parametrize("starts_again", [False, True])
async def test_a_conversation_is_kept_with_its_words_slots_and_form(open_store: Open, starts_again: bool) -> None:
    store = open_store()
    await say(store, "a", "学手艺", SlotSet("clause", "xinghe/1.1"), ActiveLoop("registration"))
    store = open_store() if starts_again else store
    tracker = await store.retrieve("a")

    assert tracker is not None
    assert tracker.latest_message is not None
    assert (tracker.latest_message.text, tracker.latest_message.intent_name) == ("学手艺", "ask")
    assert (tracker.get_slot("clause"), tracker.active_loop_name) == ("xinghe/1.1", "registration")
    assert [event.text for event in tracker.events if isinstance(event, BotUttered)] == ["答学手艺"]
    assert tracker.latest_action_name == "action_listen"


@pytest.mark.parametrize("starts_again", [False, True])
async def test_the_last_turns_are_kept_word_for_word(open_store: Open, starts_again: bool) -> None:
    store = open_store()
    for number in range(10):
        await say(store, "a", f"第{number}句")
    store = open_store() if starts_again else store

    assert await said(store, "a") == ["第7句", "第8句", "第9句"]


@pytest.mark.parametrize(
    ("events", "clause", "city", "form"),
    [
        pytest.param([SlotSet("clause", "x/1")], "x/1", "星河", None, id="a slot"),
        pytest.param([SlotSet("clause", "x/1"), SlotSet("clause", "x/2")], "x/2", "星河", None, id="a slot set twice"),
        pytest.param([SlotSet("clause", {"id": ["1"]})], {"id": ["1"]}, "星河", None, id="a slot with parts"),
        pytest.param(
            [SlotSet("clause", "x/1"), SlotSet("clause", None)], None, "星河", None, id="a slot set to nothing"
        ),
        pytest.param([SlotSet("city", None)], None, None, None, id="a slot whose first value was set to nothing"),
        pytest.param([ActiveLoop("registration")], None, "星河", "registration", id="an open form"),
        pytest.param([ActiveLoop("registration"), ActiveLoop(None)], None, "星河", None, id="a form that was closed"),
        pytest.param([SlotSet("clause", "x/1"), AllSlotsReset()], None, "星河", None, id="slots that were all reset"),
        pytest.param(
            [SlotSet("clause", "x/1"), ActiveLoop("registration"), Restarted()],
            None,
            "星河",
            None,
            id="a conversation that was begun anew",
        ),
    ],
)
@pytest.mark.parametrize("starts_again", [False, True])
async def test_older_turns_are_folded_into_what_they_left(
    open_store: Open, events: list[Event], clause: object, city: object, form: str | None, starts_again: bool
) -> None:
    store = open_store()
    await say(store, "a", "很早以前", *events)
    for number in range(10):
        await say(store, "a", f"第{number}句")
    store = open_store() if starts_again else store
    tracker = await store.retrieve("a")

    assert tracker is not None
    assert (tracker.get_slot("clause"), tracker.get_slot("city"), tracker.active_loop_name) == (clause, city, form)


async def test_a_conversation_of_500_turns_is_no_larger_than_one_of_20(open_store: Open, file: Path) -> None:
    store = open_store()
    sizes = []
    for turns in (20, 480):
        for number in range(turns):
            await say(store, "a", "学手艺有补贴吗", SlotSet("clause", f"xinghe/1.{number % 10}"))
        tracker = await store.retrieve("a")
        assert tracker is not None
        store = open_store()
        sizes.append((len(tracker.events), file.stat().st_size))

    assert sizes[1][0] == sizes[0][0]
    assert sizes[1][1] <= sizes[0][1] + _PAGE


async def test_two_senders_do_not_mix(open_store: Open) -> None:
    store = open_store()
    for number in range(5):
        await say(store, "a", f"甲{number}", SlotSet("clause", "x/1"))
        await say(store, "b", f"乙{number}", SlotSet("clause", "x/2"))

    assert (await said(store, "a"), await slot(store, "a", "clause")) == (["甲2", "甲3", "甲4"], "x/1")
    assert (await said(store, "b"), await slot(store, "b", "clause")) == (["乙2", "乙3", "乙4"], "x/2")


@pytest.mark.parametrize("sender", ["a'; DROP TABLE conversations; --", "a%", "残疾人", "A", ""])
async def test_a_sender_may_have_any_name(open_store: Open, sender: str) -> None:
    store = open_store()
    await say(store, "a", "甲")
    await say(store, sender, "乙")

    assert (await said(open_store(), "a"), await said(open_store(), sender)) == (["甲"], ["乙"])


@pytest.mark.parametrize("starts_again", [False, True])
async def test_a_deleted_conversation_is_gone_and_the_others_stay(open_store: Open, starts_again: bool) -> None:
    store = open_store()
    await say(store, "a", "甲")
    await say(store, "b", "乙")
    await store.delete("a")
    store = open_store() if starts_again else store

    assert (await said(store, "a"), await said(store, "b")) == ([], ["乙"])


async def test_deleting_what_is_not_there_changes_nothing(open_store: Open) -> None:
    store = open_store()
    await say(store, "a", "甲")
    await store.delete("b")

    assert await said(store, "a") == ["甲"]


async def test_the_senders_are_those_there_is_a_conversation_with(open_store: Open) -> None:
    store = open_store()
    for sender in ("a", "b", "c"):
        await say(store, sender, "甲")
    await store.delete("b")

    assert sorted(await store.keys()) == ["a", "c"]


async def test_what_is_done_to_a_conversation_counts_only_once_it_is_saved(open_store: Open) -> None:
    store = open_store()
    await say(store, "a", "甲", SlotSet("clause", "x/1"))
    tracker = await store.retrieve("a")
    assert tracker is not None
    tracker.update(SlotSet("clause", "x/2"), DOMAIN)

    assert await slot(store, "a", "clause") == "x/1"


async def test_the_ranking_of_intents_is_not_kept(open_store: Open) -> None:
    await say(open_store(), "a", "甲")
    tracker = await open_store().retrieve("a")

    assert tracker is not None
    assert tracker.latest_message is not None
    assert tracker.latest_message.parse_data["intent_ranking"] == []


async def test_a_store_in_memory_keeps_a_conversation_as_long_as_it_is_open() -> None:
    store = CompactTrackerStore(DOMAIN, Path(":memory:"), CIPHER)
    await say(store, "a", "甲")

    assert await said(store, "a") == ["甲"]
    store.close()


async def test_nothing_of_what_was_said_is_in_the_file_in_clear(open_store: Open, file: Path) -> None:
    store = open_store()
    await say(store, "somebody-7231", "我是精神残疾", SlotSet("clause", {"disability_type": "精神"}))
    written = b"".join(each.read_bytes() for each in file.parent.iterdir())

    assert await said(open_store(), "somebody-7231") == ["我是精神残疾"]
    assert [found for found in ("somebody-7231", "精神", "\\u7cbe") if found.encode() in written] == []


async def test_conversations_of_an_older_version_are_encrypted_and_go_on(open_store: Open, file: Path) -> None:
    store = open_store()
    await say(store, "a", "盲人按摩")
    events = store._rows.read("a")
    store.close()
    file.unlink()
    old = sqlite3.connect(file)
    old.execute("CREATE TABLE conversations (sender TEXT PRIMARY KEY, events TEXT NOT NULL, updated TEXT)")
    old.execute("INSERT INTO conversations VALUES ('a', ?, '')", (events,))
    old.commit()
    old.close()

    assert await said(open_store(), "a") == ["盲人按摩"]
    assert "盲人按摩".encode() not in b"".join(each.read_bytes() for each in file.parent.iterdir())


async def test_a_conversation_whose_key_is_lost_begins_anew_and_the_log_says_so(
    open_store: Open, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await say(open_store(), "a", "盲人按摩")
    store = open_store()
    store._rows._database.execute("UPDATE encrypted_conversations SET events = 'gAAAAA-of-another-key'")

    assert await said(store, "a") == []
    assert "put the key it was written with back" in caplog.text


async def test_a_conversation_that_a_command_deleted_does_not_come_back_from_memory(
    open_store: Open, file: Path
) -> None:
    store = open_store()
    await say(store, "a", "一", SlotSet("clause", "2.5.5"))
    ConversationRows(file, CIPHER).delete_indexes([CIPHER.index("a")])

    assert store.peek("a") is None
    assert (await said(store, "a"), await slot(store, "a", "clause")) == ([], None)
