"""Numbers of registrations are heard in the ways people say them, the earlier ones of eight digits too."""

import pytest

from knowledge.facts.case_numbers import WRONG_LENGTH, case_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2345678901", "2345678901"),
        ("234 567 8901", "2345678901"),
        ("二三四五六七八九零幺", "2345678901"),
        ("登记号2345678901，电话13800138000", "2345678901"),
        ("12345678", "12345678"),
        ("1234 5678", "12345678"),
        ("1935 0121", "19350121"),
    ],
)
def test_ten_digits_and_eight_are_a_number(text: str, number: str) -> None:
    assert case_number(text, is_answer=True) == (number, None)


@pytest.mark.parametrize("text", ["123456789", "23456789012", "1380013800"])
def test_where_a_digit_is_missing_or_too_many_it_is_said(text: str) -> None:
    assert case_number(text, is_answer=True) == (None, WRONG_LENGTH)


@pytest.mark.parametrize("text", ["13800138000", "1380013800", "07931234567", "0791 8123456", "低保会停吗"])
def test_a_telephone_number_is_none(text: str) -> None:
    assert case_number(text, is_answer=False) == (None, None)
