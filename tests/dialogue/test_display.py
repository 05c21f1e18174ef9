"""Values as they are said."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dialogue.display import display_value, echo_phrase, format_number_or_date, group_digits
from knowledge.rules.partial_date import PartialDate


@pytest.mark.parametrize(
    ("slot", "value", "words"),
    [
        ("staff", "1850", "1850人"),
        ("over", "2.50", "2.5人"),
        ("wage", "2000", "2000元"),
        ("unit_kind", "company", "民营企业"),
        ("case_state", "placed", "已上岗"),
        ("started", "2023-03-01", "2023年3月1日"),
        ("started", "2023-03", "2023年3月"),
        ("started", "2023", "2023年"),
        ("phone", "13800138000", "138 0013 8000"),
        ("case_number", "2345678901", "234 567 8901"),
        ("birth_year", "1985", "1985年"),
        ("name", "陈建平", "陈建平"),
        ("city", "南昌", "南昌"),
        ("skills", "编竹篮", "编竹篮"),
    ],
)
def test_a_value_is_shown_in_words_with_its_unit(slot: str, value: str, words: str) -> None:
    assert display_value(value, slot) == words


@pytest.mark.parametrize(
    ("number", "groups"),
    [
        ("13800138000", "138 0013 8000"),
        ("2345678901", "234 567 8901"),
        ("12345678", "1234 5678"),
        ("01088888888", "010 88888888"),
        ("02088888888", "020 88888888"),
        ("07918888888", "0791 8888888"),
        ("0791888888", "0791 888888"),
        ("0101234567", "010 1234567"),
        ("22345678901", "22345678901"),
        ("12333", "12333"),
        ("1234567", "1234567"),
        ("07912345", "0791 2345"),
    ],
)
def test_digits_are_grouped_as_they_are_said(number: str, groups: str) -> None:
    assert group_digits(number) == groups


@pytest.mark.parametrize(
    ("slot", "value", "words"),
    [
        ("staff", "300", "职工总数300人"),
        ("started", "2023-03", "开始的时间2023年3月"),
        ("asker", "self", "您自己是残疾人"),
        ("unit_kind", "company", "民营企业"),
        ("name", "陈建平", "姓名是陈建平"),
        ("phone", "13800138000", "电话是138 0013 8000"),
    ],
)
def test_a_value_is_said_back_with_what_it_is_of(slot: str, value: str, words: str) -> None:
    assert echo_phrase(value, slot) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("1.50"), "1.5"),
        (Decimal("1E+4"), "10000"),
        (PartialDate.of(date(2023, 3, 1)), "2023年3月1日"),
        (3, "3"),
        ("第一类", "第一类"),
    ],
)
def test_what_a_result_has_is_written_plainly(value: Any, words: str) -> None:
    assert format_number_or_date(value) == words
