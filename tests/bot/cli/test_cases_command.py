"""`zhuyetong cases …` as a person of staff sees it."""

import io
from datetime import date

import pytest

from bot.cli.main import main
from tests.bot.cli.commands import CommandLine, Ran, Records

# list ----------------------------------------------------------------------------------------------------------------


def test_the_cases_that_go_on_are_listed_and_all_where_all_are_wanted(zhuyetong: CommandLine, records: Records) -> None:
    first, second = records.register(1), records.register(2)
    records.cases.move(second, "closed", "李敏")
    records.cases.take(first, "李敏")
    live, over = f"{first}  registered   -           李敏", f"{second}  closed       -           -"

    assert zhuyetong("cases", "list") == Ran(0, [live], "")
    assert zhuyetong("cases", "list", "--all").out == [live, over]
    assert zhuyetong("cases", "list", "--all", "--owner", "王芳").out == []


def test_what_is_due_is_listed_with_the_longest_overdue_first_and_without_what_was_written(
    zhuyetong: CommandLine, records: Records
) -> None:
    first, second = records.register(1), records.register(2)
    records.cases.take(first, "李敏")
    records.cases.plan(first, date(2025, 3, 10), "给王大锤打电话", "李敏")
    records.cases.plan(second, date(2025, 3, 9), "", "李敏", milestone="ability_assessment")
    records.cases.plan(second, date(2025, 3, 11), "再说", "李敏")
    lines = [f"2025-03-09  {second}  ability_assessment       -", f"2025-03-10  {first}  next action              李敏"]

    assert zhuyetong("cases", "list", "--due", "2025-03-10") == Ran(0, lines, "")
    assert zhuyetong("cases", "list", "--due", "2025-03-10", "--owner", "李敏").out == lines[1:]
    assert len(zhuyetong("cases", "list", "--due").out) == 3


# one case ------------------------------------------------------------------------------------------------------------


def test_a_case_is_shown_with_its_milestones_and_notes_and_who_looked_is_noted(
    zhuyetong: CommandLine, records: Records
) -> None:
    number = records.register()
    records.cases.take(number, "李敏")
    records.cases.milestone_done(number, "ability_assessment", "会用\x1b[2J读屏", "李敏")
    records.cases.plan(number, date(2025, 4, 1), "", "李敏", milestone="service")
    records.cases.plan(number, date(2025, 3, 10), "打电话", "李敏")
    records.cases.note(number, "下午\r\n方便", "王芳")

    assert zhuyetong("cases", "show", number, "--as", "李敏") == Ran(
        0,
        [
            f"{number}  2025-03-01 16:11  registered, 李敏 has it",
            "next: 2025-03-10  打电话",
            "milestones:",
            "    basic_information_check  open",
            "    ability_assessment       done 2025-03-01 16:05 by 李敏  会用 [2J读屏",
            "    job_need_registration    done 2025-03-01 16:01 by self",
            "    service                  due 2025-04-01",
            "notes:",
            "    2025-03-01 16:11  王芳: 下午  方便",
        ],
        "",
    )
    assert records.noted()[-1] == ("李敏", "read_case", number, {})


def test_a_case_goes_from_hand_to_hand(zhuyetong: CommandLine, records: Records) -> None:
    number = records.register()

    assert zhuyetong("cases", "take", number, "--as", "李敏") == Ran(0, [f"case {number} is yours"], "")
    assert zhuyetong("cases", "take", number, "--as", "王芳") == Ran(
        1, [], f"zhuyetong: case {number}: 李敏 has it; ask 李敏 to give it to you\n"
    )
    assert zhuyetong("cases", "assign", number, "--to", "王芳", "--as", "李敏").out == [f"case {number}: 王芳 has it"]
    assert records.cases.show(number).owner == "王芳"
    assert zhuyetong("cases", "assign", number, "--to-nobody").out == [f"case {number}: nobody has it"]
    assert records.cases.show(number).owner is None


def test_a_case_goes_on_and_where_it_may_not_the_ways_are_told(zhuyetong: CommandLine, records: Records) -> None:
    number = records.register()

    assert zhuyetong("cases", "move", number, "closed", "--as", "李敏").out == [f"case {number} is closed"]
    refused = zhuyetong("cases", "move", number, "waiting")
    assert (refused.status, refused.out) == (1, [])
    assert refused.error.startswith(
        f"zhuyetong: case {number}: is closed and cannot become waiting; it may become in_progress"
    )
    assert records.noted()[-1] == ("李敏", "move", number, {"from": "registered", "to": "closed"})


def test_a_milestone_is_done_with_what_came_of_it(zhuyetong: CommandLine, records: Records) -> None:
    number = records.register()
    ran = zhuyetong("cases", "milestone", number, "service", "--result", "推荐了岗位", "--as", "李敏")

    assert ran == Ran(0, [f"case {number}: service is done"], "")
    (done,) = (each for each in records.cases.show(number).milestones if each.name == "service")
    assert (done.by, done.result) == ("李敏", "推荐了岗位")


def test_an_unknown_milestone_is_refused_with_those_there_are(zhuyetong: CommandLine, records: Records) -> None:
    number = records.register()

    assert zhuyetong("cases", "milestone", number, "tea").error == (
        f"zhuyetong: case {number}: has no such milestone; it has basic_information_check, ability_assessment, "
        "job_need_registration, service\n"
    )


@pytest.mark.parametrize("typed", ["打过电话", "-"])
def test_a_note_is_taken_from_the_command_line_or_from_the_standard_input(
    zhuyetong: CommandLine, records: Records, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    number = records.register()
    monkeypatch.setattr("sys.stdin", io.StringIO("打过电话\n"))

    assert zhuyetong("cases", "note", number, typed, "--as", "李敏") == Ran(0, [f"case {number}: noted"], "")
    assert [(each.by, each.text) for each in records.cases.show(number).notes] == [("李敏", "打过电话")]


def test_the_next_action_is_planned_and_planned_no_more(zhuyetong: CommandLine, records: Records) -> None:
    number = records.register()

    assert zhuyetong("cases", "plan", number, "打电话", "--on", "2025-03-10").out == [
        f"case {number}: the next action is due on 2025-03-10"
    ]
    case = records.cases.show(number)
    assert (case.next_on, case.next_what) == (date(2025, 3, 10), "打电话")
    assert zhuyetong("cases", "plan", number, "--not").out == [f"case {number}: the next action is planned no more"]
    assert records.cases.show(number).next_on is None


def test_a_milestone_gets_its_day(zhuyetong: CommandLine, records: Records) -> None:
    number = records.register()
    zhuyetong("cases", "plan", number, "--on", "2025-03-10", "--milestone", "service")

    assert [each.due for each in records.cases.show(number).milestones] == [None, None, None, date(2025, 3, 10)]


# the same person twice -----------------------------------------------------------------------------------------------


def test_the_same_person_twice_is_noticed_and_merged(zhuyetong: CommandLine, records: Records) -> None:
    keep, other = records.register(1), records.register(2)
    records.register(3, name="李小龙", phone="13800000003")

    assert zhuyetong("cases", "duplicates", keep).out == [other]
    assert zhuyetong("cases", "merge", keep, other, "--as", "李敏").out == [f"case {other} goes on as {keep}"]
    assert zhuyetong("cases", "duplicates", keep).out == []
    assert zhuyetong("cases", "note", other, "甲").error == (
        f"zhuyetong: case {other}: is merged into {keep}; change that one\n"
    )


# usage ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["show"], ["take"], ["assign", "--to", "李敏"], ["move"], ["milestone"], ["note"], ["plan"], ["duplicates"]],
)
def test_a_number_without_a_case_is_named(zhuyetong: CommandLine, records: Records, arguments: list[str]) -> None:
    more = {"take": ["--as", "李敏"], "move": ["closed"], "milestone": ["service"], "note": ["甲"], "plan": ["--not"]}
    command, *options = arguments

    assert zhuyetong("cases", command, "12345678", *options, *more.get(command, [])) == Ran(
        1, [], "zhuyetong: case 12345678: there is none; check the number\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["take", "12345678"],
        ["assign", "12345678"],
        ["assign", "12345678", "--to", "李敏", "--to-nobody"],
        ["plan", "12345678"],
        ["plan", "12345678", "--on", "soon"],
        ["plan", "12345678", "--on", "2025-06-25", "--not"],
        ["list", "--due", "2025-02-30"],
        ["note", "12345678"],
        ["merge", "12345678"],
    ],
)
def test_wrong_usage_is_status_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["cases", *arguments])

    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("Usage: zhuyetong cases")
