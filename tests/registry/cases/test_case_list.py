"""The list shows which cases fit, when something is to be done for each, and nobody's name."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from registry.cases.case_list import CaseFilter, CaseLine, CaseList, masked_name, masked_phone
from registry.cases.cases import Cases
from registry.registrations.registrations import Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from tests.registry.people import register

TODAY = date(2025, 3, 10)
DAY = timedelta(days=1)


@pytest.fixture
def registrations(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Registrations:
    return Registrations(database, cipher, clock)


@pytest.fixture
def cases(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Cases:
    return Cases(database, cipher, clock)


@pytest.fixture
def found(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Callable[..., list[str]]:
    """The numbers of the cases that a filter finds."""
    cases = CaseList(database, cipher, clock)
    return lambda **wanted: [each.number for each in cases.find(CaseFilter(**wanted), TODAY, "李敏").lines]


@pytest.fixture
def line(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Callable[[str], CaseLine | None]:
    """A case as the list has it."""
    cases = CaseList(database, cipher, clock)
    return lambda number: cases.line(number, "李敏")


def test_a_page_begins_where_it_is_asked_to_and_says_how_many_there_are(
    registrations: Registrations, database: Database, cipher: Cipher
) -> None:
    numbers = [register(registrations, each) for each in range(5)]
    page = CaseList(database, cipher).find(CaseFilter(), TODAY, "李敏", first=2, most=1)

    assert ([each.number for each in page.lines], page.total) == ([numbers[2]], 5)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (-30, {"overdue"}),
        (-1, {"overdue"}),
        (0, {"today", "week"}),
        (1, {"week"}),
        (6, {"week"}),
        (7, set()),
        (None, {"unplanned"}),
    ],
)
@pytest.mark.parametrize("milestone", [None, "service"])
def test_a_case_is_due_on_its_day_whether_planned_or_a_milestone(
    registrations: Registrations,
    cases: Cases,
    found: Callable[..., list[str]],
    days: int | None,
    due: set[str],
    milestone: str | None,
) -> None:
    number = register(registrations)
    if days is not None:
        cases.plan(number, TODAY + days * DAY, "打电话", "李敏", milestone=milestone)

    assert {each for each in ("overdue", "today", "week", "unplanned") if found(due=each)} == due
    cases.move(number, "closed", "李敏")
    assert [found(due=each) for each in due] == [[]] * len(due)


def test_a_line_names_the_earliest_day_on_which_something_is_to_be_done(
    registrations: Registrations, cases: Cases, line: Callable[[str], CaseLine | None]
) -> None:
    number = register(registrations)

    def next_on() -> date | None:
        there = line(number)
        assert there is not None
        return there.next_on

    days = [next_on()]
    cases.plan(number, TODAY + 2 * DAY, "打电话", "李敏")
    days.append(next_on())
    cases.plan(number, TODAY + DAY, "", "李敏", milestone="service")
    days.append(next_on())
    cases.milestone_done(number, "service", "推荐了岗位", "李敏")
    days.append(next_on())
    cases.move(number, "closed", "李敏")
    days.append(next_on())

    assert days == [None, TODAY + 2 * DAY, TODAY + DAY, TODAY + 2 * DAY, None]


def test_a_line_counts_the_milestones_and_is_none_where_there_is_no_case(
    registrations: Registrations, cases: Cases, line: Callable[[str], CaseLine | None]
) -> None:
    number = register(registrations, rural=True)
    cases.milestone_done(number, "service", "推荐了岗位", "李敏")
    there = line(number)

    assert there is not None
    assert (there.done, there.milestones) == (2, 9)
    assert line("57240000") is None


def test_cases_are_found_by_state_owner_and_open_milestone(
    registrations: Registrations, cases: Cases, found: Callable[..., list[str]]
) -> None:
    taken, waiting, closed = (register(registrations, each) for each in range(3))
    cases.take(taken, "李敏")
    cases.move(waiting, "waiting", "李敏")
    cases.move(closed, "closed", "李敏")
    cases.milestone_done(taken, "service", "推荐了岗位", "李敏")

    assert found(state="waiting") == [waiting]
    assert found(state="live") == [waiting, taken]
    assert found(owner="李敏") == [taken]
    assert found(owner="-") == [closed, waiting]
    assert found(milestone="service") == [closed, waiting]
    assert found(search=f" {taken} ") == [taken]
    assert found(city="赣州") == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("王大锤", "王＊＊"),
        ("王锤", "王＊"),
        ("王", "王＊"),
        ("欧阳大锤", "欧＊＊＊"),
        ("买买提·阿里木", "买＊＊＊"),
        ("", ""),
    ],
)
def test_of_a_name_the_first_character_stays(name: str, kept: str) -> None:
    assert masked_name(name) == kept


@pytest.mark.parametrize(
    ("phone", "kept"),
    [("138 0000 0012", "＊＊＊12"), ("13845", "＊＊＊45"), ("1384", "＊＊＊"), ("12", "＊＊＊"), ("", "")],
)
def test_of_a_phone_the_last_two_digits_stay(phone: str, kept: str) -> None:
    assert masked_phone(phone) == kept
