"""A plain yes or no is told by its words, whatever was asked, and never guessed at."""

from datetime import date

import pytest

from bot.settings import Settings
from knowledge.facts.annotated_examples import slots
from knowledge.facts.fact_reader import FactReader
from knowledge.facts.learn_facts import learn_facts
from knowledge.facts.plain_answers import leading_answer, plain_answer

DAY = date(2026, 11, 25)
IS = ("是", "是的", "对", "对啊", "没错", "嗯", "嗯嗯", "是是是", "当然是", "肯定", "那当然咯", "冇错", "正是")
IS_NOT = ("不是", "不", "否", "不对", "不是的", "才不是", "没有的事", "不是啊")
HAS = ("有", "有的", "有啊", "我有")
HAS_NOT = ("没有", "没", "冇", "冇得", "莫得", "没有啊", "还没有", "从来没有")
AGREES = ("好", "好的", "可以", "行", "同意", "愿意", "好吧")
NEITHER = (
    "是不是",
    "有没有",
    "行不行",
    "不知道",
    "三个",
    "好多",
    "要不",
    "是残疾人",
    "有一个",
    "算了",
    "都不是",
    "嗯嗯啊啊哈哈",
)
POLAR = [name for name, slot in slots().items() if slot.plain]


@pytest.fixture(scope="module")
def reader(settings: Settings) -> FactReader:
    return learn_facts(settings.cache)


@pytest.mark.parametrize("word", [*IS, *HAS, *AGREES])
def test_a_yes_is_a_yes(word: str) -> None:
    assert plain_answer(word) is True


@pytest.mark.parametrize("word", [*IS_NOT, *HAS_NOT])
def test_a_no_is_a_no(word: str) -> None:
    assert plain_answer(word) is False


@pytest.mark.parametrize("word", NEITHER)
def test_what_asks_or_says_more_is_neither(word: str) -> None:
    assert plain_answer(word) is None


@pytest.mark.parametrize("slot", POLAR)
@pytest.mark.parametrize(("words", "says"), [(IS, True), (IS_NOT, False)])
def test_every_question_takes_a_plain_yes_and_no(
    reader: FactReader, slot: str, words: tuple[str, ...], says: bool
) -> None:
    stated = {word: dict(reader.read(word, DAY, slot)) for word in words}

    assert {word: facts[slot].value for word, facts in stated.items()} == dict.fromkeys(words, "yes" if says else "no")
    assert all(set(facts) == {slot} for facts in stated.values())


@pytest.mark.parametrize("slot", [name for name in POLAR if "has" in slots()[name].plain])
@pytest.mark.parametrize(("words", "says"), [(HAS, True), (HAS_NOT, False)])
def test_having_answers_what_can_be_had(reader: FactReader, slot: str, words: tuple[str, ...], says: bool) -> None:
    expected = slots()[slot].plain["has"][says]

    assert {reader.read(word, DAY, slot)[slot].value for word in words} == {expected}


@pytest.mark.parametrize("slot", ["disabled", "receives_dibao", "passed", "student", "self_employed", "first_time"])
def test_agreeing_is_no_answer_to_a_question_of_fact(reader: FactReader, slot: str) -> None:
    assert [word for word in AGREES if reader.read(word, DAY, slot)] == []


@pytest.mark.parametrize("slot", [name for name, slot in slots().items() if slot.kind == "choice" and not slot.plain])
def test_a_yes_chooses_nothing_where_there_is_more_to_choose_from(reader: FactReader, slot: str) -> None:
    assert [
        word
        for word in (*IS, *IS_NOT, *HAS, *AGREES, "没有", "五个", "呱呱呱呱")
        if slot in reader.read(word, DAY, slot)
    ] == []


def test_none_before_is_a_yes_to_the_first_time(reader: FactReader) -> None:
    assert reader.read("没有", DAY, "first_time")["first_time"].value == "yes"
    assert reader.read("不是", DAY, "first_time")["first_time"].value == "no"


def test_a_yes_leads_what_follows_it() -> None:
    assert leading_answer("没错,我是残疾人", ["is"]) is True
    assert leading_answer("不是,我给人打工", ["is"]) is False
    assert leading_answer("对了,残疾人就业辅导员是什么", ["is"]) is None
    assert leading_answer("残疾人,是的", ["is"]) is None


@pytest.mark.parametrize("asked", ["consent", "confirm"])
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("可以，我同意登记", "yes"),
        ("我同意", "yes"),
        ("我不同意登记", "no"),
        ("不，我不同意", "no"),
    ],
)
def test_a_yes_said_twice_in_other_words_is_one(reader: FactReader, asked: str, words: str, says: str) -> None:
    assert reader.read(words, DAY, asked)[asked].value == says


def test_what_was_read_back_is_kept_by_words_of_two_kinds(reader: FactReader) -> None:
    assert reader.read("没有错，可以保存", DAY, "confirm")["confirm"].value == "yes"
