"""Dates as people say them."""

from datetime import date

import pytest

from knowledge.facts.dates import LUNAR, NO_SUCH_DAY, dates

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2023年3月1号", "2023-03-01"),
        ("2023.5.6开的", "2023-05-06"),
        ("2023-03-01", "2023-03-01"),
        ("20230301", "2023-03-01"),
        ("二〇二三年三月份", "2023-03"),
        ("二零二四年二月二十九日", "2024-02-29"),
        ("23年五月", "2023-05"),
        ("二三年三月", "2023-03"),
        ("零八年", "2008"),
        ("去年三月", "2025-03"),
        ("前年五一那会儿", "2024-05-01"),
        ("今年国庆", "2026-10-01"),
        ("大前年年底", "2023"),
        ("上个月", "2026-10"),
        ("上上个月", "2026-09"),
        ("三个月前", "2026-08"),
        ("半年前", "2026-05"),
        ("两年前", "2024"),
        ("昨天", "2026-11-23"),
        ("三月八号", "2026-03-08"),
        ("12月", "2025-12"),
        ("2023年", "2023"),
        ("二三年十一月开的", "2023-11"),
        ("去年十一月", "2025-11"),
        ("头年三月", "2025-03"),
        ("明年三月", "2027-03"),
        ("下个月", "2026-12"),
        ("开了两年了", "2024"),
    ],
)
def test_a_date_is_known_as_far_as_it_is_named(text: str, value: str) -> None:
    (found,) = dates(text, TODAY)
    assert (found.value, found.problem) == (value, None)


@pytest.mark.parametrize("text", ["2023-02-31", "二月三十一号", "2023年2月29日", "13月"])
def test_a_day_that_no_calendar_has_is_told(text: str) -> None:
    (found,) = dates(text, TODAY)
    assert (found.value, found.problem) == (None, NO_SUCH_DAY)


@pytest.mark.parametrize("text", ["去年春节", "腊月二十", "正月初八开的张"])
def test_the_farmers_calendar_is_told(text: str) -> None:
    (found,) = dates(text, TODAY)
    assert (found.value, found.problem) == (None, LUNAR)


@pytest.mark.parametrize("text", ["两百个人", "第三次", "三年", "十一个人", "我们单位", "一点五"])
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert dates(text, TODAY) == ()
