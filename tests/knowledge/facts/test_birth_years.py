"""Years of birth as people tell them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.facts.birth_years import FUTURE, UNLIKELY, VAGUE, birth_year
from knowledge.language.writing import normalised

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "is_answer", "year", "approximate"),
    [
        ("1985", True, 1985, False),
        ("1985年", True, 1985, False),
        ("85年", True, 1985, False),
        ("八五年的", True, 1985, False),
        ("一九六三年", True, 1963, False),
        ("一九六三", True, 1963, False),
        ("零二年", True, 2002, False),
        ("零二", True, 2002, False),
        ("02年", True, 2002, False),
        ("今年四十二", True, 1984, True),
        ("42岁", True, 1984, True),
        ("四十二岁", True, 1984, True),
        ("虚岁五十", True, 1977, True),
        ("42", True, 1984, True),
        ("85", True, 1985, False),
        ("四十二", True, 1984, True),
        ("八五", True, 1985, False),
        ("六三", True, 1963, False),
        ("1985年3月4日", True, 1985, False),
        ("1985.3.4", True, 1985, False),
        ("19850304", True, 1985, False),
        ("我是1985年生的", False, 1985, False),
        ("我八五年生的", False, 1985, False),
        ("我85年的", False, 1985, False),
        ("七八年出生", False, 1978, False),
        ("我今年三十五岁", False, 1991, True),
        ("我今年三十五,腿不好", False, 1991, True),
        ("三十五岁,初中毕业", False, 1991, True),
        ("我叫李小红三十五岁腿不好", False, 1991, True),
        ("不是85年,是86年", True, 1986, False),
        ("不是1985年是1986年的", True, 1986, False),
        ("二零零五年出生", True, 2005, False),
        ("两千年生的", True, 2000, False),
        ("2000年的", True, 2000, False),
        ("五十八", True, 1968, True),
        ("年龄42", True, 1984, True),
        ("我今年四十二了", True, 1984, True),
        ("他今年22,大专毕业", False, 2004, True),
        ("岁数是五十一", False, 1975, True),
        ("周岁三十", True, 1996, True),
        ("九九年", True, 1999, False),
        ("幺九八五", True, 1985, False),
        ("85年3月的", True, 1985, False),
        ("一九八五年三月初四", True, 1985, False),
        ("1985-03-04", True, 1985, False),
        ("今年刚好三十", True, 1996, True),
    ],
)
def test_the_year_is_told(text: str, is_answer: bool, year: int, approximate: bool) -> None:
    found = birth_year(normalised(text), TODAY, is_answer)
    assert found is not None
    assert (found.value, found.problem, found.approximate) == (year, None, approximate)


@pytest.mark.parametrize(
    ("text", "is_answer", "year", "problem"),
    [
        ("属龙的", True, None, VAGUE),
        ("八零后", True, None, VAGUE),
        ("四十几岁", True, None, VAGUE),
        ("四十多", True, None, VAGUE),
        ("快五十了", True, None, VAGUE),
        ("五十来岁", True, None, VAGUE),
        ("六几年的", True, None, VAGUE),
        ("七十年代的", True, None, VAGUE),
        ("我属猴", False, None, VAGUE),
        ("2020年", True, 2020, UNLIKELY),
        ("十二岁", True, 2014, UNLIKELY),
        ("1900年", True, 1900, UNLIKELY),
        ("2030年", True, 2030, FUTURE),
        ("一百零五岁", True, 1921, UNLIKELY),
    ],
)
def test_what_is_wrong_with_a_year_is_told(text: str, is_answer: bool, year: int | None, problem: str) -> None:
    found = birth_year(normalised(text), TODAY, is_answer)
    assert found is not None
    assert (found.value, found.problem) == (year, problem)


@pytest.mark.parametrize(
    ("text", "is_answer"),
    [
        ("跳过", True),
        ("不知道", True),
        ("三岁打针打坏的", False),
        ("五岁得的小儿麻痹", True),
        ("2015年中风的", True),
        ("2015年中风", False),
        ("干了三十五年", False),
        ("85年受的伤", False),
        ("我有个三岁的孩子", False),
        ("今年三月", False),
        ("去年两百今年一百八", False),
        ("十八岁以上", False),
        ("一级残疾", False),
        ("13800118888", True),
        ("我二十岁的时候摔的", False),
        ("三级", True),
        ("35个", True),
    ],
)
def test_what_tells_no_year_of_birth_is_left_alone(text: str, is_answer: bool) -> None:
    assert birth_year(normalised(text), TODAY, is_answer) is None


_CHINESE = dict(zip("0123456789", "零一二三四五六七八九", strict=True))


@given(
    st.integers(1930, 2010), st.sampled_from(["", "我是", "嗯,"]), st.sampled_from(["年", "年的", "年生的", "年出生"])
)
def test_a_year_spelt_in_chinese_is_the_year_written_in_figures(year: int, lead: str, tail: str) -> None:
    spelt = "".join(_CHINESE[digit] for digit in str(year))
    told = [birth_year(normalised(f"{lead}{written}{tail}"), TODAY, True) for written in (spelt, str(year))]
    assert [each and each.value for each in told] == [year, year]
