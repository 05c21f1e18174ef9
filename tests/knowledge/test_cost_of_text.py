"""No text that a turn can hold takes the service's time from everybody else."""

import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from itertools import islice
from typing import Any

import pytest

import knowledge.facts.phones
from bot.settings import PROJECT
from knowledge.consent.learn_consent import learn_consent
from knowledge.crisis.care import learn_care
from knowledge.facts.fact_reader import FactReader
from knowledge.facts.learn_facts import learn_facts
from knowledge.facts.registration import read_registration
from knowledge.library.loading import load_library
from knowledge.search.learn_search import learn_clauses
from knowledge.search.search import Search
from knowledge.talk.learn_talk import learn_talk
from tests.knowledge.hostile import DAY, learnt_readers, mixtures, plain_readers, repeated

MOST = 0.1
"""CPU seconds."""
_CODE = ("knowledge", "dialogue", "actions", "bot", "registry.values.masking", "voice.speaking.spoken")


def cost(work: Callable[[str], Any], text: str) -> float:
    """CPU seconds of `work` on `text`, the least of a few: a core shared with other programs is slower."""
    least = float("inf")
    for _ in range(4):
        started = time.thread_time()
        work(text)
        least = min(least, time.thread_time() - started)
        if least <= MOST:
            break
    return least


def modules(name: str) -> Iterator[Any]:
    module = import_module(name)
    yield module
    for each in pkgutil.iter_modules(getattr(module, "__path__", ())):
        yield from modules(f"{name}.{each.name}")


def patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from patterns_in(each)
    elif isinstance(value, dict):
        yield from patterns_in([*value.values()])


def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern of ours by where it stands, each once."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for module in (module for name in _CODE for module in modules(name)):
        for name, value in vars(module).items():
            for place, pattern in enumerate(patterns_in(value)):
                found.setdefault((pattern.pattern, pattern.flags), (f"{module.__name__}.{name}[{place}]", pattern))
    return dict(found.values())


@pytest.fixture(scope="module")
def facts() -> FactReader:
    return learn_facts(PROJECT / "var" / "cache")


def tried(pattern: re.Pattern[str], text: str) -> None:
    for _ in pattern.finditer(text):
        pass
    pattern.fullmatch(text)


@pytest.mark.parametrize("name", sorted(patterns()))
def test_no_pattern_goes_through_a_text_in_too_many_ways(name: str) -> None:
    pattern = patterns()[name]
    for text in (*repeated(), *mixtures(2)):
        assert cost(partial(tried, pattern), text) <= MOST, text[:10]


@pytest.mark.parametrize("name", sorted(plain_readers()))
def test_no_reader_of_words_costs_more_than_a_tenth_of_a_second(name: str) -> None:
    reader = plain_readers()[name]
    reader("我叫李小红，住南昌，电话13800138000")
    for text in (*repeated(), *mixtures(2)):
        assert cost(reader, text) <= MOST, text[:10]


@pytest.mark.parametrize("asked", ["None", "name", "staff", "skills"])
def test_no_reader_of_facts_costs_more_than_a_tenth_of_a_second(asked: str, facts: FactReader) -> None:
    for kind in ("read", "read_registration"):
        reader = learnt_readers(facts)[f"{kind} {asked}"]
        reader("我叫李小红，住南昌，电话13800138000")
        for text in (*islice(repeated(), 0, None, 2), *mixtures(2)):
            assert cost(reader, text) <= MOST, text[:10]


@pytest.mark.slow
def test_no_question_asked_makes_a_text_cost_more(facts: FactReader) -> None:
    for name, reader in learnt_readers(facts).items():
        reader("我叫李小红，住南昌，电话13800138000")
        for text in (*islice(repeated(), 0, None, 6), *mixtures(1)):
            assert cost(reader, text) <= MOST, (name, text[:10])


def test_a_search_costs_no_more_than_a_tenth_of_a_second() -> None:
    library = load_library()
    search = Search(library, learn_clauses(library, PROJECT / "var" / "cache"))
    search.find("低保", DAY)
    for text in (*islice(repeated(), 0, None, 2), *mixtures(2)):
        assert cost(lambda said: (search.find(said, DAY), search.named(said)), text) <= MOST, text[:10]


def test_a_run_of_digits_is_taken_as_one_however_long() -> None:
    assert cost(knowledge.facts.phones._RUN.fullmatch, "三" * 999 + "x") <= MOST


def test_a_story_is_read_to_its_end(facts: FactReader) -> None:
    filler = "".join(f"第{place}天我去镇上看看," for place in range(45))
    story = (filler[:420] + "后来我就回来了,我是肢体残疾,右腿不方便,电话13800138000,家住进贤县,我叫李小红").replace(
        "第", "那"
    )

    told = {slot: fact.value for slot, fact in read_registration(story, DAY, None, facts).items()}

    assert len(story) > 450
    assert told["phone"] == "13800138000"
    assert told["county"] == "进贤县"
    assert told["disability_type"] == "肢体"


@pytest.mark.parametrize(
    "name",
    [
        "danger",
        "danger while listening",
        "consent",
        "topic",
        "command",
        "commands in passing",
        "about us",
        "self-doubt",
    ],
)
def test_no_reader_before_the_form_costs_more_than_a_tenth_of_a_second(name: str) -> None:
    cache = PROJECT / "var" / "cache"
    care, (consent, topics) = learn_care(cache), learn_consent(cache)
    talk = learn_talk(cache)
    readers: dict[str, Callable[[str], object]] = {
        "danger": partial(care.read, listening=False),
        "danger while listening": partial(care.read, listening=True),
        "consent": consent.read,
        "topic": partial(topics.read, is_answered=False),
        "command": care.commands.read,
        "about us": talk.topic,
        "self-doubt": talk.is_self_doubt,
        "commands in passing": care.commands.read_parts,
    }
    reader = readers[name]
    reader("我不想活了，登记有什么用")
    for text in (*islice(repeated(), 0, None, 3), *mixtures(2), "不想活了，" * 200, "好，死，" * 250):
        assert cost(reader, text) <= MOST, text[:10]
