"""Which values can be true, and what is wrong with those that cannot."""

from datetime import date

import pytest

from dialogue.check_value import Problem, check
from knowledge.facts.fact_reader import Fact
from registry.values.case_numbers import is_number

DAY = date(2023, 3, 1)
NUMBER = next(f"{number}" for number in range(2345678900, 2345679000) if is_number(f"{number}"))
WRONG_DIGIT = f"{NUMBER[:-1]}{(int(NUMBER[-1]) + 1) % 10}"


def found(slot: str, value: str, values: dict[str, str] | None = None) -> Problem | None:
    return check(slot, Fact(value, 1.0), values or {}, DAY)


@pytest.mark.parametrize(
    ("slot", "value", "name"),
    [
        ("staff", "1", None),
        ("staff", "0", "none"),
        ("staff", "-1", "negative"),
        ("staff", "2.5", "whole"),
        ("staff", "2.0", None),
        ("staff", "1000000", None),
        ("staff", "1000001", "large"),
        ("establishment", "0", "none"),
        ("establishment", "1", None),
        ("establishment", "100000", None),
        ("establishment", "100001", "large"),
        ("disabled_staff", "0", None),
        ("disabled_staff", "100000", None),
        ("disabled_staff", "100001", "large"),
        ("over", "0", None),
        ("over", "0.5", None),
        ("over", "-0.5", "negative"),
        ("over", "100000", None),
        ("over", "100001", "large"),
        ("placements", "0", None),
        ("placements", "20", None),
        ("placements", "21", "large"),
        ("placements", "1.5", "whole"),
    ],
)
def test_a_count_is_whole_and_between_its_bounds(slot: str, value: str, name: str | None) -> None:
    assert found(slot, value) == (Problem(name, slot, value) if name else None)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("500", None),
        ("6000", None),
        ("1850.5", None),
        ("499.99", Problem("wage", "wage", "499.99", confirmable=True)),
        ("6000.01", Problem("wage", "wage", "6000.01", confirmable=True)),
        ("0.01", Problem("wage", "wage", "0.01", confirmable=True)),
        ("0", Problem("wage", "wage", "0")),
        ("-1", Problem("negative", "wage", "-1")),
    ],
)
def test_a_wage_that_is_only_unlikely_may_be_said_once_more(value: str, problem: Problem | None) -> None:
    assert found("wage", value) == problem


@pytest.mark.parametrize(
    ("slot", "value", "known", "problem"),
    [
        ("disabled_staff", "10", {"staff": "10"}, None),
        (
            "disabled_staff",
            "11",
            {"staff": "10"},
            Problem("more_than_staff", "disabled_staff", "11", beside="10"),
        ),
        ("staff", "5", {"disabled_staff": "5"}, None),
        ("staff", "4", {"disabled_staff": "5"}, Problem("less_than_disabled", "staff", "4", beside="5")),
        ("establishment", "4", {"disabled_staff": "5"}, None),
        ("over", "11", {"staff": "10"}, None),
        ("placements", "11", {"staff": "10", "disabled_staff": "12"}, None),
    ],
)
def test_there_are_never_more_disabled_staff_than_staff(
    slot: str, value: str, known: dict[str, str], problem: Problem | None
) -> None:
    assert found(slot, value, known) == problem


@pytest.mark.parametrize(
    ("value", "is_future"),
    [
        ("2023-03-01", False),
        ("2023-03-02", True),
        ("2023-03", False),
        ("2023-04", True),
        ("2023", False),
        ("2024", True),
    ],
)
def test_nothing_began_after_today_as_far_as_its_date_is_known(value: str, is_future: bool) -> None:
    assert found("started", value) == (Problem("future", "started", value) if is_future else None)


@pytest.mark.parametrize(
    ("city", "county", "is_elsewhere"),
    [
        ("南昌", "进贤县", False),
        ("九江", "进贤县", True),
        (None, "进贤县", False),
        # A development area is of no city alone.
        ("九江", "赣江新区", False),
    ],
)
def test_a_county_is_of_its_city(city: str | None, county: str, is_elsewhere: bool) -> None:
    problem = Problem("county_elsewhere", "county", county, beside=city or "")
    assert found("county", county, {"city": city} if city else {}) == (problem if is_elsewhere else None)


def test_a_city_beside_another_city_is_no_county_elsewhere() -> None:
    assert found("city", "九江", {"city": "南昌"}) is None
    assert found("name", "进贤县", {"city": "九江"}) is None


def test_a_case_number_has_its_check_digit() -> None:
    assert found("case_number", NUMBER) is None
    assert found("case_number", WRONG_DIGIT) == Problem("wrong_digit", "case_number", WRONG_DIGIT)
    assert found("phone", WRONG_DIGIT) is None


@pytest.mark.parametrize(("problem", "name"), [("lunar", "lunar"), (None, "vague")])
def test_what_has_no_value_says_why(problem: str | None, name: str) -> None:
    assert check("started", Fact(None, 1.0, problem=problem), {}, DAY) == Problem(name, "started")


@pytest.mark.parametrize(("slot", "value"), [("unit_kind", "company"), ("name", "陈建平"), ("skills", "编竹篮")])
def test_a_choice_and_somebodys_own_words_are_not_doubted(slot: str, value: str) -> None:
    assert found(slot, value) is None
