"""What holds of the rules whatever the facts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dialogue.journeys.calculators import NAVIGATOR_SLOTS, navigator_facts
from dialogue.journeys.catalogue import JOURNEYS
from knowledge.facts.annotated_examples import slots
from knowledge.library.loading import load_library
from knowledge.rules.allowance import AllowanceFacts, allowance
from knowledge.rules.navigator import navigate
from knowledge.rules.parameters import shipped
from knowledge.rules.partial_date import PartialDate
from knowledge.rules.posts import PostsFacts, posts
from knowledge.rules.quota import QuotaFacts, quota
from knowledge.rules.result import Result
from knowledge.rules.reward import RewardFacts, reward

SHARE = Decimal("0.015")
FIRST_DAY, LAST_DAY = date(2022, 9, 7), date(2024, 12, 31)
IN_PLAN = st.dates(FIRST_DAY, LAST_DAY)
ANY_DAY = st.dates(date(2022, 1, 1), date(2030, 12, 31))
KINDS = st.sampled_from(["organ", "county_organ", "institution", "state_company", "company"])
COMPANIES = st.sampled_from([None, "company", "state_company"])
WAGES = st.decimals(Decimal("500"), Decimal("6000"), places=2)
CLAUSES = {f"{document.id}/{clause.id}" for document in load_library().documents for clause in document.clauses}


@st.composite
def staffs(draw: st.DrawFn) -> tuple[int, int]:
    """Staff and disabled staff, most often near one and a half percent of them."""
    staff = draw(st.integers(1, 20_000))
    near = int(staff * SHARE)
    disabled = draw(st.integers(max(0, near - 2), near + 4) | st.integers(0, staff))
    return staff, min(disabled, staff)


@st.composite
def units(draw: st.DrawFn) -> QuotaFacts:
    staff, disabled = draw(staffs())
    establishment = draw(st.integers(45, 70) | st.integers(1, 20_000))
    return QuotaFacts(draw(KINDS), establishment, staff, disabled)


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates(date(2021, 1, 1), date(2026, 12, 31)) | st.just(date(2024, 2, 29)))
    shown = draw(st.integers(1, 3))
    return PartialDate(*(day.year, day.month, day.day)[:shown])


def numbers_of(unit: QuotaFacts, on: date) -> Mapping[str, Any]:
    return quota(unit, on).numbers


@given(units(), IN_PLAN)
def test_nobody_is_missing_less_than_nothing(unit: QuotaFacts, on: date) -> None:
    numbers = numbers_of(unit, on)
    assert 0 <= numbers["missing"] <= numbers["missing_to_share"]


@given(units(), st.integers(1, 50), IN_PLAN)
def test_more_disabled_staff_never_leaves_more_missing(unit: QuotaFacts, more: int, on: date) -> None:
    assert unit.staff is not None
    assert unit.disabled_staff is not None
    fuller = replace(unit, disabled_staff=min(unit.staff, unit.disabled_staff + more))
    before, after = numbers_of(unit, on), numbers_of(fuller, on)
    assert after["missing"] <= before["missing"]
    assert after["missing_to_share"] <= before["missing_to_share"]


@given(units(), st.integers(1, 500), IN_PLAN)
def test_more_staff_never_lowers_what_is_to_be_reached(unit: QuotaFacts, more: int, on: date) -> None:
    assert unit.staff is not None
    larger = replace(unit, staff=unit.staff + more)
    assert numbers_of(larger, on)["to_reach"] >= numbers_of(unit, on)["to_reach"]


@given(units(), IN_PLAN)
@example(QuotaFacts("organ", 50, 200, 3), FIRST_DAY)
@example(QuotaFacts("organ", 50, 200, 2), FIRST_DAY)
@example(QuotaFacts("company", None, 20_000, 300), LAST_DAY)
def test_a_unit_has_enough_exactly_from_one_and_a_half_percent(unit: QuotaFacts, on: date) -> None:
    assert unit.staff is not None
    assert unit.disabled_staff is not None
    assert (quota(unit, on).outcome == "met") == (unit.disabled_staff >= unit.staff * SHARE)


@given(units(), IN_PLAN)
def test_what_is_missing_reaches_the_share_and_one_less_does_not(unit: QuotaFacts, on: date) -> None:
    short = quota(unit, on).numbers["missing_to_share"]
    assert isinstance(short, int)
    assert unit.staff is not None
    assert unit.disabled_staff is not None
    assert unit.disabled_staff + short >= unit.staff * SHARE
    assert short == 0 or unit.disabled_staff + short - 1 < unit.staff * SHARE


@given(units(), IN_PLAN)
def test_at_least_one_is_asked_only_of_who_has_none_and_reaches_the_line(unit: QuotaFacts, on: date) -> None:
    line = {"organ": 50, "institution": 67}.get(unit.unit_kind)
    assert unit.establishment is not None
    required = line is not None and unit.establishment >= line and unit.disabled_staff == 0
    assert (quota(unit, on).outcome == "at_least_one") == required


@given(staffs(), COMPANIES, WAGES, IN_PLAN)
def test_a_reward_is_three_wages_for_each_whole_person_over(
    staff: tuple[int, int], kind: str | None, wage: Decimal, on: date
) -> None:
    result = reward(RewardFacts(*staff, wage=wage, unit_kind=kind), on)
    over, persons = result.numbers["over"], result.numbers["persons"]
    assert isinstance(over, Decimal)
    assert isinstance(persons, int)
    assert over == staff[1] - staff[0] * SHARE
    assert (result.outcome == "reward") == (over >= 1)
    if over >= 0:
        assert persons <= over < persons + 1
    else:
        assert persons == 0
    if result.outcome == "reward":
        assert result.numbers["per_person"] == 3 * wage
        assert result.numbers["total"] == 3 * wage * persons


@given(st.decimals(0, 100, places=3), st.sampled_from([1, 2, 3]), IN_PLAN)
def test_who_says_how_many_are_over_is_counted_the_same(over: Decimal, wage_class: int, on: date) -> None:
    result = reward(RewardFacts(over=over, wage_class=wage_class), on)
    persons = result.numbers["persons"]
    assert isinstance(persons, int)
    assert persons <= over < persons + 1
    assert (result.outcome == "reward") == (over >= 1)
    assert ("rounding_down" in [step.name for step in result.steps]) == (over != persons)


@given(staffs(), st.integers(1, 50), WAGES, IN_PLAN)
def test_more_disabled_staff_never_earns_less(staff: tuple[int, int], more: int, wage: Decimal, on: date) -> None:
    fewer = RewardFacts(*staff, wage=wage)
    fuller = replace(fewer, disabled_staff=min(staff[0], staff[1] + more))
    assert total(reward(fuller, on)) >= total(reward(fewer, on))


@given(staffs(), st.integers(1, 500), WAGES, IN_PLAN)
def test_more_staff_with_the_same_disabled_staff_never_earns_more(
    staff: tuple[int, int], more: int, wage: Decimal, on: date
) -> None:
    smaller = RewardFacts(*staff, wage=wage)
    larger = replace(smaller, staff=staff[0] + more)
    assert total(reward(larger, on)) <= total(reward(smaller, on))


def total(result: Result) -> Decimal:
    value = result.numbers.get("total", Decimal(0))
    assert isinstance(value, Decimal)
    return value


@given(staffs(), st.sampled_from(["company", "state_company"]), WAGES, IN_PLAN)
def test_quota_speaks_of_a_reward_exactly_where_there_is_one(
    staff: tuple[int, int], kind: str, wage: Decimal, on: date
) -> None:
    spoken_of = "reward_possible" in quota(QuotaFacts(kind, None, *staff), on).follows
    assert spoken_of == (reward(RewardFacts(*staff, wage=wage, unit_kind=kind), on).outcome == "reward")


@given(partial_dates(), st.dates(FIRST_DAY, date(2032, 12, 31)))
def test_the_allowance_ends_the_years_later_and_no_more_precisely_than_it_began(started: PartialDate, on: date) -> None:
    result = allowance(AllowanceFacts(True, True, True, True, started), on)
    until = result.numbers["until"]
    assert isinstance(until, PartialDate)
    assert until.year == started.year + 3
    assert until.month == started.month
    assert (until.day is None) == (started.day is None)
    leap_day = (started.month, started.day) == (2, 29)
    assert until.day == (28 if leap_day else started.day)
    assert until.first() > started.last() or started.day is None
    assert until.first() >= started.first()
    if result.outcome == "over":
        assert until.last() < on
    if result.outcome == "extended":
        assert until.last() >= on


@given(partial_dates(), IN_PLAN)
def test_what_lies_wholly_outside_the_plan_is_never_called_extended(started: PartialDate, on: date) -> None:
    outcome = allowance(AllowanceFacts(True, True, True, True, started), on).outcome
    assert (outcome == "before_plan") == (started.last() < FIRST_DAY)
    assert (outcome == "after_plan") == (started.first() > LAST_DAY)


@given(st.tuples(*[st.booleans()] * 4), st.none() | partial_dates(), st.dates(FIRST_DAY, date(2032, 12, 31)))
def test_the_allowance_goes_on_only_where_every_condition_holds(
    said: tuple[bool, bool, bool, bool], started: PartialDate | None, on: date
) -> None:
    outcome = allowance(AllowanceFacts(*said, started), on).outcome
    against = {"not_disabled", "not_receiving", "hired", "not_first"}
    assert (outcome in against) == (not all(said))


@given(st.integers(0, 100), st.sampled_from([None, True, False]), IN_PLAN)
def test_nobody_is_placed_again_after_two_placements(placements: int, passed: bool | None, on: date) -> None:
    result = posts(PostsFacts(placements, passed), on)
    left = result.numbers["left"]
    assert isinstance(left, int)
    assert left >= 0
    assert (result.outcome == "limit_reached") == (left == 0) == (placements >= 2)


def said_of(slot: str) -> st.SearchStrategy[str]:
    """Every value that a slot can take, or numbers and dates that can be true together."""
    kinds: Mapping[str, st.SearchStrategy[str]] = {
        "staff": st.integers(100, 3000).map(str),
        "disabled_staff": st.integers(0, 100).map(str),
        "establishment": st.integers(1, 200).map(str),
        "over": st.decimals(0, 20, places=1).map(str),
        "wage": st.integers(500, 6000).map(str),
        "placements": st.integers(0, 5).map(str),
        "started": partial_dates().map(str),
    }
    return kinds[slot] if slot in kinds else st.sampled_from(sorted(slots()[slot].values))


def stated(*names: str) -> st.SearchStrategy[dict[str, str]]:
    """Any of the slots, with a value each."""
    return st.fixed_dictionaries({}, optional={name: said_of(name) for name in names})


@given(stated(*NAVIGATOR_SLOTS))
def test_the_navigator_names_one_to_five_clauses_that_there_are(values: dict[str, str]) -> None:
    found = [measure.key for measure in navigate(navigator_facts(values))]
    assert 1 <= len(found) <= 5
    assert len(set(found)) == len(found)
    assert set(found) <= CLAUSES


@given(stated(*NAVIGATOR_SLOTS), stated(*NAVIGATOR_SLOTS))
def test_saying_more_never_leaves_nothing(values: dict[str, str], more: dict[str, str]) -> None:
    assert navigate(navigator_facts({**more, **values}))


@given(stated(*NAVIGATOR_SLOTS), st.data())
def test_the_navigator_asks_at_most_six_questions(values: dict[str, str], data: st.DataObject) -> None:
    asked = ask_to_the_end("navigator", values, FIRST_DAY, data)[1]
    assert len(asked) <= (1 if values.get("asker") == "employer" else 6)
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("journey", [name for name, each in JOURNEYS.items() if each.is_sum])
@given(data=st.data(), on=ANY_DAY)
def test_once_nothing_is_left_to_ask_there_is_a_result(journey: str, data: st.DataObject, on: date) -> None:
    values = data.draw(stated(*JOURNEYS[journey].slots))
    complete, _ = ask_to_the_end(journey, values, on, data)
    result = JOURNEYS[journey].work_out(complete, on)
    assert set(result.clauses) <= CLAUSES
    assert (result.outcome == "not_yet") == (on < FIRST_DAY)


def ask_to_the_end(
    journey: str, values: dict[str, str], on: date, data: st.DataObject
) -> tuple[dict[str, str], list[str]]:
    """What is known after every question was answered, or left where it may be, and the slots that were asked for."""
    values = dict(values)
    skipped: list[str] = []
    asked: list[str] = []
    while (slot := JOURNEYS[journey].next_slot(values, skipped, on)) is not None:
        asked.append(slot)
        if slot in JOURNEYS[journey].may_skip and data.draw(st.booleans()):
            skipped.append(slot)
            continue
        answer = data.draw(said_of(slot))
        assume(answer != values.get(slot))
        values[slot] = answer
    return values, asked


def test_the_figures_of_these_tests_are_the_shipped_ones() -> None:
    assert shipped()["quota.share"].on(FIRST_DAY).value == shipped()["reward.share"].on(FIRST_DAY).value == SHARE
