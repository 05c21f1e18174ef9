"""A number that was misheard is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values.case_numbers import is_number, new_number

DIGITS = "0123456789"
numbers = st.builds(lambda _: new_number(), st.integers())


def test_a_new_number_has_ten_digits_and_does_not_begin_as_a_telephone_does() -> None:
    made = [new_number() for _ in range(2000)]

    assert [number for number in made if not is_number(number) or len(number) != 10 or number[0] in "01"] == []


def test_numbers_are_by_chance() -> None:
    assert len({new_number() for _ in range(1000)}) > 990


@given(numbers)
def test_every_single_wrong_digit_is_noticed(number: str) -> None:
    wrong = [
        number[:place] + digit + number[place + 1 :]
        for place in range(10)
        for digit in DIGITS
        if digit != number[place]
    ]

    assert [each for each in wrong if is_number(each)] == []


@given(numbers)
def test_every_swap_of_two_neighbours_is_noticed(number: str) -> None:
    swapped = [number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(9)]

    assert [each for each in swapped if each != number and is_number(each)] == []


@pytest.mark.parametrize(
    "text", ["", "1234", "123456789", "1380013800", "一二三四五六七八", "１２３４５６７８", "1234567\n", "0" * 8]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert not is_number(text)


def test_a_number_of_eight_digits_from_before_stays_one() -> None:
    assert is_number("12345671")
