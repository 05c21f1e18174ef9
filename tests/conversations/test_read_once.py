"""A turn is read once: each reading of its words is made at most once, and nothing of them is held after it."""

import gc
import weakref
from collections import Counter
from collections.abc import Callable, Hashable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from rasa.shared.core.trackers import DialogueStateTracker

import actions.utterances
import dialogue.utterance
from bot.engine.tracker_store import CompactTrackerStore
from dialogue.utterance import Utterance
from knowledge.commands.command_reader import CommandReader
from knowledge.consent.consent_reader import ConsentReader, TopicReader
from knowledge.facts import corrections, plain_answers, question_words
from knowledge.facts.fact_reader import FactReader
from knowledge.search.answers import Answerer
from knowledge.talk.about_us import TalkReader
from tests.person import Person

REGISTRATION = "我叫刘小梅，电话13800138000，住南昌进贤，女，八五年的，视力一级，会按摩"
QUESTION = "公益性岗位最多能做几年"
_READERS = (
    (FactReader, "read"),
    (CommandReader, "read"),
    (CommandReader, "read_parts"),
    (CommandReader, "read_end"),
    (ConsentReader, "read"),
    (TopicReader, "read"),
    (TalkReader, "topic"),
    (TalkReader, "is_self_doubt"),
    (Answerer, "answer"),
)
_FUNCTIONS = {
    question_words: ("is_question", "wants_a_sum", "clauses", "stated_part"),
    corrections: ("is_correction",),
    plain_answers: ("plain_answer", "is_indifferent"),
}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[Hashable]:
    """How often each reading was made, by what was read, and for which question."""
    made: Counter[Hashable] = Counter()

    def counted(name: str, read: Callable[..., Any], is_method: bool) -> Callable[..., Any]:
        def counting(*given: Any, **named: Any) -> Any:
            key = (name, *(each for each in given[is_method:] if not callable(each)), *sorted(named.items()))
            made[tuple(tuple(each) if isinstance(each, list) else each for each in key)] += 1
            return read(*given, **named)

        return counting

    for reader, name in _READERS:
        monkeypatch.setattr(reader, name, counted(f"{reader.__name__}.{name}", getattr(reader, name), is_method=True))
    # Where the utterance has them, as a reader of its own may ask `is_question` of a part.
    for module, names in _FUNCTIONS.items():
        monkeypatch.setattr(dialogue.utterance, _last(module), _counting(module, names, counted))
    for name in ("normalised", "read_registration", "read_shorthand"):
        monkeypatch.setattr(dialogue.utterance, name, counted(name, getattr(dialogue.utterance, name), is_method=False))
    return made


def _last(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _counting(
    module: ModuleType, names: tuple[str, ...], counted: Callable[..., Callable[..., Any]]
) -> SimpleNamespace:
    return SimpleNamespace(**{name: counted(name, getattr(module, name), is_method=False) for name in names})


async def test_no_reading_of_a_registration_in_one_sentence_is_made_twice(
    person: Person, made: Counter[Hashable]
) -> None:
    for text in ("我要登记", "同意", "同意"):
        await person.says(text)
    made.clear()
    await person.says(REGISTRATION)
    _each_at_most_once(made, REGISTRATION)
    assert (await person.form())["values"]["name"] == "刘小梅"


@pytest.mark.parametrize("text", [QUESTION, "残疾人职工六个，奖励是多少"])
async def test_no_reading_of_a_question_is_made_twice(person: Person, made: Counter[Hashable], text: str) -> None:
    await person.says(text)
    _each_at_most_once(made, text)


def _each_at_most_once(made: Counter[Hashable], text: str) -> None:
    names = {key[0] for key in made if isinstance(key, tuple)}
    assert {"normalised", "is_question", "FactReader.read"} <= names, names
    assert {key: count for key, count in made.items() if count > 1} == {}, text


@pytest.mark.parametrize("text", [QUESTION, "我要登记，我叫刘小梅，眼睛看不见", "停，我去喂猪"])
async def test_nothing_that_was_said_is_held_after_the_turn(
    person: Person, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    heard: list[weakref.ref[Utterance]] = []

    def hear(*given: Any) -> Utterance:
        said = Utterance(*given)
        heard.append(weakref.ref(said))
        return said

    monkeypatch.setattr(actions.utterances, "Utterance", hear)
    monkeypatch.setattr(dialogue.utterance, "Utterance", hear)
    await person.says(text)
    # What a form rejects goes through an exception, whose frames hold each other.
    gc.collect()
    assert heard
    assert [said for each in heard if (said := each()) is not None] == []


@pytest.mark.parametrize("text", [QUESTION, "要是的", "我用完了"])
async def test_a_talk_is_looked_at_once_before_the_turn_and_once_after_it(
    person: Person, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    await person.says("帮我算一下超比例奖励")
    looked: list[str] = []
    peek, retrieve = CompactTrackerStore.peek, CompactTrackerStore.retrieve

    def peeking(store: CompactTrackerStore, sender: str) -> DialogueStateTracker | None:
        looked.append("looked at")
        return peek(store, sender)

    async def retrieving(store: CompactTrackerStore, sender: str) -> DialogueStateTracker | None:
        looked.append("taken out by Rasa")
        return await retrieve(store, sender)

    monkeypatch.setattr(CompactTrackerStore, "peek", peeking)
    monkeypatch.setattr(CompactTrackerStore, "retrieve", retrieving)
    await person.says(text)
    # What was said may have been 换繁体.
    rasa = [] if text == "我用完了" else ["taken out by Rasa"]
    assert looked == ["looked at", *rasa, "looked at"]
