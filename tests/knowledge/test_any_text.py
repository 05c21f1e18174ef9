"""No text whatever makes a reader fail."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings import PROJECT
from knowledge.facts.amounts import amounts
from knowledge.facts.fact_reader import FactReader
from knowledge.facts.learn_facts import learn_facts
from knowledge.language.numerals import mixed_to_int
from knowledge.language.writing import normalised
from tests.knowledge.hostile import UNITS, learnt_readers, plain_readers

_NUMERALS = "0123456789零〇一二两三四五六七八九十百千万亿点半几元个"
_ODD = (
    *(
        "\ud83d",
        "\ude00",
        "\u202e",
        "\u200f",
        "\u200b",
        "\u2060",
        "\ufeff",
        "\x00",
        "\x1b",
        "\u0301",
        "😀",
        "👩‍🦽",
        "🇨🇳",
    ),
    *(
        "٣",
        "२",
        "²",
        "Ⅷ",
        "㈠",
        "①",
        "½",
        "零",
        "万",
        "点",
        "-",
        "+",
        ".",
        "/",
        "年",
        "月",
        "日",
        "(",
        ")",
        "[",
        "\\",
        "{",
        "%",
    ),
    *("\n", "\u3000", "\t", "ﷺ", "İ", "ß", "臺灣", "שלום", "مرحبا"),
)
_TAKE_TEXT_AS_IT_IS = ("normalised", "masked", "spoken")
_PLAIN = plain_readers()


@pytest.fixture(scope="module")
def facts() -> FactReader:
    return learn_facts(PROJECT / "var" / "cache")


@settings(deadline=None)  # The first text waits for the dictionary.
@given(st.text(alphabet=_NUMERALS, max_size=12))
def test_any_row_of_numerals_is_read(text: str) -> None:
    for reader in _PLAIN.values():
        reader(text)


@pytest.mark.parametrize("length", [3, 12, 60])
def test_any_text_is_read(length: int) -> None:
    chance = random.Random(length)
    for _ in range(150):
        text = "".join(chance.choice((*_ODD, *UNITS)) for _ in range(chance.randint(1, length)))
        for name, reader in _PLAIN.items():
            reader(text if name in _TAKE_TEXT_AS_IT_IS else normalised(text))


def test_any_text_answers_any_question(facts: FactReader) -> None:
    chance = random.Random(16)
    readers = learnt_readers(facts)
    for _ in range(250):
        text = "".join(chance.choice((*_ODD, *UNITS, *_NUMERALS)) for _ in range(chance.randint(1, 30)))
        readers[chance.choice(sorted(readers))](text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2千零50", 2050),
        ("3万零五百", 30500),
        ("3万零5百", 30500),
        ("两千零50", 2050),
        ("十万零30", 100030),
        ("1万3千零5", 13005),
        ("1千零", 1000),
    ],
)
def test_a_numeral_of_both_scripts_has_its_value(text: str, value: int) -> None:
    assert mixed_to_int(text) == value
    assert [found.value for found in amounts(f"最低工资{text}")] == [value]


@settings(deadline=None)
@given(st.integers(1, 9), st.sampled_from([("千", 1_000), ("万", 10_000)]), st.integers(1, 99))
def test_an_empty_place_is_held_by_zero(head: int, place: tuple[str, int], rest: int) -> None:
    (found,) = amounts(f"{head}{place[0]}零{rest}")

    assert found.value == head * place[1] + rest
