"""The sentences that facts are learnt from, and what is learnt."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from benchmarks.fact_sentences import read_sentences, take
from benchmarks.facts import HELD_OUT
from bot.settings import Settings
from knowledge.classify.features import bare
from knowledge.facts.annotated_examples import FactError, read_examples, slots
from knowledge.facts.fact_reader import FactReader
from knowledge.facts.learn_facts import learn_facts
from knowledge.facts.roles import unmarked

TODAY = date(2026, 11, 25)
_SHORT = 7
"""Characters of what two people say alike by chance: 不是听力,是言语."""


@pytest.fixture(scope="module")
def reader(settings: Settings) -> FactReader:
    return learn_facts(settings.cache)


@pytest.mark.parametrize("name", sorted({each.set for each in read_sentences()}))
def test_facts_are_read_as_they_are_stated(name: str, reader: FactReader) -> None:
    taken = take(reader, [each for each in read_sentences() if each.set == name])
    counted = {slot for slot, entry in slots().items() if entry.kind != "choice"} | {"unit_kind"}
    right = [each.right(slot) for each in taken for slot in each.sentence.stated if slot in counted]

    # The second one's writer left more open than ours call open: 一百多一点, 二百出头.
    assert sum(right) / len(right) >= (0.92 if name == "heldout_2" else 0.95)


def test_few_facts_are_invented(reader: FactReader) -> None:
    taken = take(reader, [each for each in read_sentences() if each.set == HELD_OUT])

    assert sum(bool(each.invented) for each in taken) / len(taken) <= 0.08


def test_no_held_out_sentence_is_an_example() -> None:
    examples = {(each.asked, bare(each.text)) for each in read_examples()}
    repeated = [
        each.text
        for each in read_sentences()
        if each.set == HELD_OUT and len(bare(each.text)) > _SHORT and (each.asked, bare(each.text)) in examples
    ]

    assert repeated == []


def test_nearly_every_number_that_is_marked_is_found() -> None:
    examples = read_examples()
    marked = sum(value is None for each in examples for mark in each.marked for value in mark.stated.values())

    assert len(list(unmarked(examples))) / marked <= 0.01


def test_every_choice_has_examples() -> None:
    stated = Counter(
        (slot, value)
        for example in read_examples()
        for marked in example.marked
        for slot, value in marked.stated.items()
        if value
    )

    assert [
        (slot, value)
        for slot, entry in slots().items()
        if entry.learnt
        for value in entry.values
        if stated[(slot, value)] < 10
    ] == []


@pytest.mark.parametrize(
    ("slot", "value", "title"),
    [(slot, value, title) for slot, entry in slots().items() if entry.learnt for value, title in entry.values.items()],
)
def test_the_words_of_a_button_are_understood_as_what_they_say(
    slot: str, value: str, title: str, reader: FactReader
) -> None:
    assert reader.read(title, TODAY, slot)[slot].value == value


@pytest.mark.parametrize("said", ["停", "返回", "转人工", "再说一遍", "今天天气怎么样", "asdfgh"])
def test_what_states_nothing_answers_no_question(said: str, reader: FactReader) -> None:
    learnt = [slot for slot, entry in slots().items() if entry.learnt or entry.kind in {"number", "date"}]

    assert {slot: reader.read(said, TODAY, slot).get(slot) for slot in learnt} == dict.fromkeys(learnt)


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (["any:", "- '[两百人](stuff)'"], "no slot is called 'stuff'"),
        (["any:", "- '[盲人](disability_type=瞎)'"], "disability_type has no value '瞎'"),
        (["stuff:", "- 好"], "no slot is called 'stuff'"),
        (["any:", "- '[两百人(staff)'"], "a bracket is left over"),
    ],
)
def test_an_example_that_cannot_be_used_is_named_with_file_and_line(
    tmp_path: Path, lines: list[str], wrong: str
) -> None:
    (tmp_path / "bad.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    with pytest.raises(FactError, match=r"bad\.yml:2: ") as raised:
        read_examples(tmp_path)
    assert wrong in str(raised.value)
