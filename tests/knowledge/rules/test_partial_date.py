"""Dates of which perhaps only the month or the year is known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.partial_date import PartialDate, PartialDateError

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-03-01", date(2023, 3, 1), date(2023, 3, 1)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2100-02", date(2100, 2, 1), date(2100, 2, 28)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("2023-04", date(2023, 4, 1), date(2023, 4, 30)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_lies_between_its_first_and_its_last_day(text: str, first: date, last: date) -> None:
    read = PartialDate.read(text)
    assert (read.first(), read.last()) == (first, last)
    assert str(read) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "2023年", "23-03-01", "2023-3-1", "2023/03/01", "2023-03-01 ", " 2023", "2023-", "2023-03-", "20230301"),
        *("２０２３", "2023-03-01T00:00", "-2023", "去年"),
    ],
)
def test_what_is_no_date_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(PartialDateError, match="write it as 2023-03-01, 2023-03 or 2023"):
        PartialDate.read(text)


@pytest.mark.parametrize(
    "text", ["2023-02-29", "2100-02-29", "2023-04-31", "2023-00", "2023-13", "2023-01-00", "2023-01-32", "0000"]
)
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(PartialDateError, match=f"{text}: .*; give a day that exists"):
        PartialDate.read(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(PartialDateError, match="give the month too"):
        PartialDate(2023, None, 5)


@pytest.mark.parametrize(
    ("text", "years", "later"),
    [
        ("2023-03-01", 3, "2026-03-01"),
        ("2024-02-29", 3, "2027-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2024-02-28", 3, "2027-02-28"),
        ("2023-02-28", 1, "2024-02-28"),
        ("2022-12-31", 3, "2025-12-31"),
        ("2023-01-01", 3, "2026-01-01"),
        ("2024-02", 3, "2027-02"),
        ("2024", 3, "2027"),
        ("2023-03-01", 0, "2023-03-01"),
    ],
)
def test_years_later_is_the_corresponding_day_or_the_end_of_its_month(text: str, years: int, later: str) -> None:
    assert str(PartialDate.read(text).years_later(years)) == later


def test_a_month_without_its_day_reaches_to_the_end_of_the_leap_month() -> None:
    assert PartialDate.read("2021-02").years_later(3).last() == date(2024, 2, 29)


@given(DAYS)
def test_a_whole_day_is_itself(day: date) -> None:
    whole = PartialDate.of(day)
    assert whole.first() == whole.last() == day
    assert PartialDate.read(str(whole)) == whole
    assert str(whole) == day.isoformat()


@given(DAYS)
def test_a_vaguer_date_holds_every_day_of_it(day: date) -> None:
    for vague in (PartialDate(day.year), PartialDate(day.year, day.month)):
        assert vague.first() <= day <= vague.last()
        assert PartialDate.read(str(vague)) == vague


@given(DAYS, DAYS, st.integers(0, 50))
def test_who_begins_later_never_ends_earlier(one: date, other: date, years: int) -> None:
    earlier, later = sorted((one, other))
    assert PartialDate.of(earlier).years_later(years).first() <= PartialDate.of(later).years_later(years).first()
