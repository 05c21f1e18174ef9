"""A case goes only where the table lets it, and what was done for a person is dated and signed."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from registry.cases.cases import MAY_BECOME, CaseInBrief, Cases, CaseState, Due
from registry.cases.states import FOUR_ONES, ONE_THREE_ONE
from registry.errors import CaseError, RegistrationNotFound
from registry.registrations.registrations import Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from tests.registry.people import register

TODAY = date(2025, 3, 10)


@pytest.fixture
def registrations(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Registrations:
    return Registrations(database, cipher, clock)


@pytest.fixture
def cases(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Cases:
    return Cases(database, cipher, clock)


# states --------------------------------------------------------------------------------------------------------------

PATHS = {
    CaseState.REGISTERED: [],
    CaseState.IN_PROGRESS: ["in_progress"],
    CaseState.WAITING: ["waiting"],
    CaseState.PLACED: ["placed"],
    CaseState.CLOSED: ["closed"],
}
BY_MOVING = tuple(PATHS)


def test_there_is_a_rule_for_every_state() -> None:
    assert set(MAY_BECOME) == set(CaseState)


def test_nothing_leads_out_of_withdrawn_and_merged_and_nothing_back_to_registered() -> None:
    assert {state for state, then in MAY_BECOME.items() if not then} == {CaseState.WITHDRAWN, CaseState.MERGED}
    assert [state for state, then in MAY_BECOME.items() if CaseState.REGISTERED in then] == []


@pytest.mark.parametrize("start", BY_MOVING)
@pytest.mark.parametrize("to", BY_MOVING)
def test_a_case_becomes_only_what_the_table_has(
    registrations: Registrations, cases: Cases, start: CaseState, to: CaseState
) -> None:
    number = register(registrations)
    for step in PATHS[start]:
        cases.move(number, step, "李敏")

    if to in MAY_BECOME[start]:
        cases.move(number, to.value, "李敏")
        assert cases.show(number).state is to
    else:
        with pytest.raises(CaseError, match=f"^case {number}: is {start.value} and cannot become {to.value}; "):
            cases.move(number, to.value, "李敏")
        assert cases.show(number).state is start


@pytest.mark.parametrize(
    ("to", "problem"),
    [
        ("withdrawn", "becomes withdrawn by withdrawing the consent or by merging alone"),
        ("merged", "becomes merged by withdrawing the consent or by merging alone"),
        (
            "lost",
            "there is no such state; there are registered, in_progress, waiting, placed, closed, withdrawn, merged",
        ),
    ],
)
def test_withdrawn_and_merged_are_not_reached_by_moving(
    registrations: Registrations, cases: Cases, to: str, problem: str
) -> None:
    number = register(registrations)
    with pytest.raises(CaseError) as caught:
        cases.move(number, to, "李敏")

    assert str(caught.value) == f"case {number}: {problem}"


# milestones, notes, plans --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rural", "names"), [(False, FOUR_ONES), (True, FOUR_ONES + ONE_THREE_ONE)])
def test_a_new_case_has_its_milestones_and_registering_was_one(
    registrations: Registrations, cases: Cases, rural: bool, names: tuple[str, ...]
) -> None:
    case = cases.show(register(registrations, rural=rural))

    assert tuple(each.name for each in case.milestones) == names
    assert [(each.name, each.by) for each in case.milestones if each.done] == [("job_need_registration", "self")]


def test_a_milestone_is_done_by_somebody_on_a_day_with_a_result(registrations: Registrations, cases: Cases) -> None:
    number = register(registrations)
    cases.milestone_done(number, "ability_assessment", "打字每分钟40字", "李敏")

    done = next(each for each in cases.show(number).milestones if each.name == "ability_assessment")
    assert (done.by, done.result, done.done and done.done.date()) == ("李敏", "打字每分钟40字", date(2025, 3, 1))


def test_an_unknown_milestone_is_refused_with_those_there_are(registrations: Registrations, cases: Cases) -> None:
    number = register(registrations)
    with pytest.raises(CaseError) as caught:
        cases.milestone_done(number, "vacancy_1", "", "李敏")

    assert str(caught.value) == f"case {number}: has no such milestone; it has {', '.join(FOUR_ONES)}"


def test_notes_come_oldest_first_with_who_wrote_them(registrations: Registrations, cases: Cases) -> None:
    number = register(registrations)
    cases.note(number, "打过电话", "李敏")
    cases.note(number, "约了周五", "王芳")

    assert [(each.by, each.text) for each in cases.show(number).notes] == [("李敏", "打过电话"), ("王芳", "约了周五")]


def test_what_is_planned_is_due_from_its_day_on_until_it_is_taken_away(
    registrations: Registrations, cases: Cases
) -> None:
    number = register(registrations)
    cases.assign(number, "李敏", "李敏")
    cases.plan(number, TODAY, "打电话", "李敏")
    before, then = cases.due(date(2025, 3, 9)), cases.due(TODAY)
    cases.plan(number, None, "", "李敏")

    assert (before, then) == ([], [Due(number, TODAY, "李敏", None, "打电话")])
    assert cases.due(TODAY) == []


def test_a_milestone_is_due_until_it_is_done(registrations: Registrations, cases: Cases) -> None:
    number = register(registrations)
    cases.plan(number, TODAY, "", "李敏", milestone="service")
    due = cases.due(TODAY)
    cases.milestone_done(number, "service", "推荐了岗位", "李敏")

    assert (due, cases.due(TODAY)) == ([Due(number, TODAY, None, "service", "")], [])


def test_a_milestone_stays_due_once_its_day_is_over(registrations: Registrations, cases: Cases) -> None:
    number = register(registrations)
    cases.plan(number, date(2025, 3, 3), "", "李敏", milestone="service")

    assert [cases.due(date(2025, 3, day)) for day in (2, 3, 10)] == [
        [],
        *[[Due(number, date(2025, 3, 3), None, "service", "")]] * 2,
    ]


def test_the_longest_overdue_comes_first(registrations: Registrations, cases: Cases) -> None:
    numbers = [register(registrations, each) for each in range(3)]
    for number, day in zip(numbers, (9, 8, 10), strict=True):
        cases.plan(number, date(2025, 3, day), "打电话", "李敏")

    assert [each.number for each in cases.due(TODAY)] == [numbers[1], numbers[0], numbers[2]]


def test_of_a_closed_case_nothing_is_due(registrations: Registrations, cases: Cases) -> None:
    number = register(registrations)
    cases.plan(number, TODAY, "打电话", "李敏")
    cases.plan(number, TODAY, "", "李敏", milestone="service")
    cases.move(number, "closed", "李敏")

    assert cases.due(TODAY) == []


def test_a_case_has_one_owner_and_may_have_none(registrations: Registrations, cases: Cases) -> None:
    number = register(registrations)
    owners = []
    for owner in ("李敏", "王芳", None):
        cases.assign(number, owner, "李敏")
        owners.append(cases.show(number).owner)

    assert owners == ["李敏", "王芳", None]
    with pytest.raises(CaseError, match="an owner needs a name"):
        cases.assign(number, " ", "李敏")


def test_a_printed_case_tells_nothing_that_was_written(registrations: Registrations, cases: Cases) -> None:
    number = register(registrations)
    cases.note(number, "秘密一", "李敏")
    cases.milestone_done(number, "service", "秘密二", "李敏")
    cases.plan(number, TODAY, "秘密三", "李敏")

    printed = f"{cases.show(number)!r} {cases.show(number).notes!r} {cases.due(TODAY)!r}"
    assert ("秘密" in printed, number in printed) == (False, True)


# the same person twice -----------------------------------------------------------------------------------------------


def test_the_same_phone_or_name_is_noticed_and_nothing_is_merged_by_itself(
    registrations: Registrations, cases: Cases
) -> None:
    first = register(registrations, 1)
    same_phone = register(registrations, 2, name="李四", phone="+86 138-0000-0001")
    same_name = register(registrations, 3, name="王 大锤", phone="13900000003")
    register(registrations, 4, name="赵五", phone="13900000004")

    assert cases.duplicates(first) == [same_phone, same_name]
    assert {each.state for each in registrations.all()} == {CaseState.REGISTERED}


def test_a_merged_case_goes_on_as_the_other_with_its_notes_and_milestones(
    registrations: Registrations, cases: Cases
) -> None:
    keep, other = register(registrations, 1), register(registrations, 2, rural=True)
    cases.note(keep, "旧的", "李敏")
    cases.note(other, "新的", "李敏")
    cases.milestone_done(keep, "service", "留下的", "李敏")
    for name, result in (("service", "另一个的"), ("ability_assessment", "评估过")):
        cases.milestone_done(other, name, result, "李敏")

    cases.merge(keep, other, "李敏")

    kept, gone = cases.show(keep), cases.show(other)
    results = {each.name: each.result for each in kept.milestones if each.result}
    assert [each.text for each in kept.notes] == ["旧的", "新的"]
    assert results == {"service": "留下的", "ability_assessment": "评估过"}
    assert {each.name for each in kept.milestones} == {*FOUR_ONES, *ONE_THREE_ONE}
    assert (gone.state, gone.merged_into, gone.notes) == (CaseState.MERGED, keep, [])
    # What was done twice is lost for neither.
    assert [each.result for each in gone.milestones if each.name == "service"] == ["另一个的"]
    assert cases.duplicates(keep) == []


def test_what_was_merged_before_goes_on_as_the_last(registrations: Registrations, cases: Cases) -> None:
    first, second, third = (register(registrations, each) for each in range(3))
    cases.merge(second, first, "李敏")
    cases.merge(third, second, "李敏")

    assert [cases.show(each).merged_into for each in (first, second, third)] == [third, third, None]


def test_nothing_is_added_to_a_merged_case(registrations: Registrations, cases: Cases) -> None:
    keep, other = register(registrations, 1), register(registrations, 2)
    cases.merge(keep, other, "李敏")

    changes: tuple[Callable[[], object], ...] = (
        lambda: cases.move(other, "in_progress", "李敏"),
        lambda: cases.note(other, "", "李敏"),
        lambda: cases.assign(other, "李敏", "李敏"),
        lambda: cases.plan(other, TODAY, "", "李敏"),
        lambda: cases.milestone_done(other, "service", "", "李敏"),
    )
    for change in changes:
        with pytest.raises(CaseError, match=f"^case {other}: is merged into {keep}; change that one$"):
            change()


def test_a_case_is_not_merged_with_itself_nor_into_one_that_is_over(registrations: Registrations, cases: Cases) -> None:
    first, second, third = (register(registrations, each) for each in range(3))
    cases.move(second, "closed", "李敏")
    cases.merge(first, third, "李敏")

    for keep, other, problem in (
        (first, first, f"case {first}: is the same case twice; give two numbers"),
        (second, first, f"case {second}: is closed, so no other can go on as it; keep the other one"),
        (first, third, f"case {third}: is merged and cannot become merged; it may become nothing else"),
    ):
        with pytest.raises(CaseError) as caught:
            cases.merge(keep, other, "李敏")
        assert str(caught.value) == problem


@pytest.mark.parametrize("number", ["", "57240000", "57240005", "一\0"])
def test_a_number_without_a_case_is_named(cases: Cases, number: str) -> None:
    for call in (
        lambda: cases.show(number),
        lambda: cases.move(number, "closed", "李敏"),
        lambda: cases.note(number, "", "李敏"),
        lambda: cases.duplicates(number),
        lambda: cases.merge(number, "57240019", "李敏"),
    ):
        with pytest.raises(RegistrationNotFound):
            call()


def test_a_case_that_somebody_has_is_not_taken_from_them(cases: Cases, registrations: Registrations) -> None:
    number = register(registrations)
    cases.take(number, "李敏")
    cases.take(number, "李敏")

    with pytest.raises(CaseError, match=f"^case {number}: 李敏 has it; ask 李敏 to give it to you$"):
        cases.take(number, "王芳")
    assert cases.show(number).owner == "李敏"


def test_all_cases_are_listed_oldest_first_and_without_what_was_told(
    cases: Cases, registrations: Registrations
) -> None:
    first, second = register(registrations, 1), register(registrations, 2)
    cases.plan(second, date(2025, 3, 10), "打电话", "李敏")
    cases.take(first, "李敏")

    assert cases.all() == [
        CaseInBrief(first, CaseState.REGISTERED, "李敏", None),
        CaseInBrief(second, CaseState.REGISTERED, None, date(2025, 3, 10)),
    ]
