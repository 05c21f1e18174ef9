"""What was told is read back field by field, for eyes and for ears."""

import pytest

from dialogue.read_back import by_digits, spoken_summary, summary, to_read_back

TOLD = {"consent": "yes", "phone": "13800138000", "name": "陈建平", "county": "", "birth_year": "1985"}


def test_fields_come_one_a_line_in_their_order_without_what_is_empty_or_no_field() -> None:
    assert summary(TOLD) == "姓名：陈建平\n电话：138 0013 8000\n出生年份：1985年"


def test_telephone_numbers_alone_are_heard_digit_by_digit() -> None:
    assert spoken_summary(TOLD) == "姓名，陈建平。电话，幺三八，零零幺三，八零零零。出生年份，1985年。"


@pytest.mark.parametrize(
    ("number", "heard"),
    [
        ("13800138000", "幺三八，零零幺三，八零零零"),
        ("2345678901", "二三四，五六七，八九零幺"),
        ("12333", "幺二三三三"),
        ("400-123", "四零零-幺二三"),
    ],
)
def test_a_number_is_heard_with_a_pause_between_its_groups(number: str, heard: str) -> None:
    assert by_digits(number) == heard


@pytest.mark.parametrize(
    ("change", "title", "value", "heard"),
    [
        (
            {"change_field": "phone", "change_value": "13900112233"},
            "电话",
            "139 0011 2233",
            "幺三九，零零幺幺，二二三三",
        ),
        ({"change_field": "city", "change_value": "九江", "county": "湖口县"}, "所在的市", "九江湖口县", "九江"),
        ({"change_field": "phone"}, "电话", "", ""),
        ({"change_value": "九江"}, "", "", ""),
        ({}, "", "", ""),
    ],
)
def test_a_change_is_read_back_once_it_is_known(change: dict[str, str], title: str, value: str, heard: str) -> None:
    found = to_read_back(change)
    assert (found["title"], found["value"], found["heard"]) == (title, value, heard)


def test_a_question_may_say_all_that_is_known() -> None:
    found = to_read_back(TOLD)
    assert (found["summary"], found["spoken"]) == (summary(TOLD), spoken_summary(TOLD))
