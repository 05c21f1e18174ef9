"""Chinese and Arabic numerals read as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.numerals import chinese_to_int, ordinal, stated_numbers


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("零", 0),
        ("〇", 0),
        ("二", 2),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("二十三", 23),
        ("百", 100),
        ("一百零五", 105),
        ("两百", 200),
        ("二百五十", 250),
        ("一千五百", 1500),
        ("三千零一十", 3010),
        ("万", 10_000),
        ("一万", 10_000),
        ("一万二千", 12_000),
        ("两万五千", 25_000),
        ("十万", 100_000),
        ("一百二十万", 1_200_000),
        ("二〇二二", 2022),
        ("二零二五", 2025),
    ],
)
def test_a_chinese_numeral_has_its_value(numeral: str, value: int) -> None:
    assert chinese_to_int(numeral) == value


@pytest.mark.parametrize("text", ["", "半", "一亿", "3", "三个", "一 二", "第三"])
def test_anything_else_is_no_chinese_numeral(text: str) -> None:
    with pytest.raises(ValueError, match="not a Chinese numeral"):
        chinese_to_int(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("至少1次、三个", {"1", "3"}),
        ("不低于1.5%的比例", {"1.5"}),
        ("2022-2024年", {"2022", "2024"}),
        ("二〇二二年", {"2022"}),
        ("奖励3倍,一千二百元", {"3", "1200"}),
        ("二十多人", {"20"}),
        ("十几岁，二十名", {"20"}),
        ("延退3年", {"3"}),
        ("一起做、统一、三农、一旦", set()),
        ("第一时间、一些", set()),
        ("", set()),
        ("上万元", {"10000"}),
        ("百分之十", {"10"}),
        ("百分之三十", {"30"}),
        ("３倍", {"3"}),
        ("２．５％", {"2.5"}),
        ("百分之一点五", {"1.5"}),
        ("百分之20", {"20"}),
        ("三分之一", {"1/3"}),
        ("一点五倍", {"1.5"}),
        ("2.5万人，两万五千人", {"25000"}),
        ("3千名", {"3000"}),
        ("1千万元", {"10000000"}),
        ("四级残疾", {"4"}),
        ("一、二级和四级", {"1", "2", "4"}),
        ("一至四级", {"1", "4"}),
        ("一二级", {"1", "2"}),
        ("三四个", {"3", "4"}),
    ],
)
def test_the_numbers_a_text_states_are_those_before_something_counted(text: str, numbers: set[str]) -> None:
    assert stated_numbers(text) == numbers


def test_two_percentages_in_words_are_two_numbers() -> None:
    assert stated_numbers("百分之二十") != stated_numbers("百分之三十")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2),
        (" 3 ", 3),
        ("12", 12),
        ("2。", 2),
        ("三", 3),
        ("第一", 1),
        ("第二个", 2),
        ("第十二项", 12),
        ("选3", 3),
        ("我要第一条", 1),
        ("我选二吧", 2),
        ("看第三个", 3),
        ("听第十二项吧", 12),
    ],
)
def test_a_bare_choice_is_a_number(text: str, number: int) -> None:
    assert ordinal(text) == number


@pytest.mark.parametrize("text", ["", "12385", "100", "一起", "第二条是什么", "两万块", "没有第二个", "好", "1.5"])
def test_whatever_says_more_than_a_number_is_no_choice(text: str) -> None:
    assert ordinal(text) is None


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万半1２第选个条吧。 ", max_size=12))
def test_any_text_is_a_choice_or_none(text: str) -> None:
    number = ordinal(text)

    assert number is None or number >= 0
