"""Cases in the console: found, opened with a reason, changed by one at a time."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from httpx2 import Response
from openpyxl import load_workbook

from bot.console.context import ConsoleContext
from tests.bot.console.conftest import Clock
from tests.bot.console.visitors import Visitor, text_of
from tests.registry.people import DACHUI, register

SECRET = ("王大锤", "138 0000 0001", "推拿")


@pytest.fixture
def number(desk: ConsoleContext) -> str:
    return register(desk.records.registrations)


def opened(browser: Visitor, number: str) -> Visitor:
    browser.send(f"/cases/{number}/open", f"/cases/{number}", reason="回电给本人")
    return browser


def version(browser: Visitor, number: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', browser.open(f"/cases/{number}").text)
    assert found is not None
    return found[1]


def change(browser: Visitor, number: str, what: str, at: str = "", /, **fields: str) -> Response:
    return browser.send(f"/cases/{number}/{what}", f"/cases/{number}", version=at or version(browser, number), **fields)


def listed(browser: Visitor, query: str = "") -> list[str]:
    return re.findall(r'<td class="keep"><a href="/console/cases/(\d+)"', browser.open(f"/cases{query}").text)


# the list ------------------------------------------------------------------------------------------------------------


def test_the_list_tells_of_nobody_who_it_is_and_that_it_was_looked_at_is_noted(
    agent: Visitor, desk: ConsoleContext, number: str
) -> None:
    page = agent.open("/cases").text

    assert number in page
    assert "王＊＊" in page
    assert not any(secret in page for secret in SECRET)
    assert [(each.actor, each.action, each.detail) for each in desk.records.audit.entries()][-1] == (
        "limin",
        "list",
        {"shown": 1, "searched": False},
    )


@pytest.mark.parametrize("search", ["王大锤", "13800000001", "+86 138 0000 0001", "NUMBER"])
def test_a_case_is_found_by_number_phone_or_name(
    agent: Visitor, desk: ConsoleContext, number: str, search: str
) -> None:
    register(desk.records.registrations, 2, name="李小龙", phone="13900000002")
    page = agent.send("/cases/search", search=number if search == "NUMBER" else search)

    assert re.findall(r'<td class="keep"><a href="/console/cases/(\d+)"', page.text) == [number]


def test_filters_narrow_the_list(agent: Visitor, desk: ConsoleContext, number: str) -> None:
    other = register(desk.records.registrations, 2, name="李小龙", phone="13900000002", city="赣州", county="")
    desk.records.cases.take(number, "limin")
    desk.records.cases.plan(number, date(2025, 3, 9), "打电话", "limin")
    desk.records.cases.plan(other, date(2025, 3, 10), "", "limin", milestone="service")
    closed = register(desk.records.registrations, 3, name="张三", phone="13700000003")
    desk.records.cases.move(closed, "closed", "limin")

    assert listed(agent) == [other, number]
    assert listed(agent, "?state=all") == [closed, other, number]
    assert listed(agent, "?state=closed") == [closed]
    assert listed(agent, "?due=overdue") == [number]
    assert listed(agent, "?due=today") == [other]
    assert listed(agent, "?due=week") == [other]
    assert listed(agent, "?city=赣州") == [other]
    assert listed(agent, "?owner=limin") == [number]
    assert listed(agent, "?owner=-") == [other]
    assert listed(agent, "?milestone=job_need_registration") == []


@pytest.mark.parametrize("query", ["?due=%00", "?state=x'--", "?owner=%00&city=%00", "?page=99999999999", "?page=-1"])
def test_no_address_breaks_the_list(agent: Visitor, number: str, query: str) -> None:
    assert agent.open(f"/cases{query}").status_code == 200


def test_a_long_list_has_pages(agent: Visitor, desk: ConsoleContext) -> None:
    for each in range(27):
        register(desk.records.registrations, each, name="张三", phone=f"138000001{each:02}")

    assert (len(listed(agent)), len(listed(agent, "?page=2"))) == (25, 2)


# one case ------------------------------------------------------------------------------------------------------------


def test_a_case_is_masked_until_it_is_opened_with_a_reason_that_the_audit_keeps(
    agent: Visitor, desk: ConsoleContext, number: str
) -> None:
    desk.records.cases.note(number, "下午方便", "limin")
    before = agent.open(f"/cases/{number}").text
    assert "个人信息已隐去" in before
    assert not any(secret in before for secret in (*SECRET, "下午方便"))

    opened(agent, number)
    after = agent.open(f"/cases/{number}").text

    assert all(value in after for value in (*DACHUI.values(), "下午方便"))
    noted = [(each.actor, each.action, each.detail) for each in desk.records.audit.entries(number)]
    assert ("limin", "open", {"reason": "回电给本人"}) in noted
    assert noted[-2:] == [("limin", "read_case", {}), ("limin", "read", {})]


def test_a_case_opened_by_one_is_masked_for_another_and_after_a_while(
    visitor: Callable[[str], Visitor], clock: Clock, number: str
) -> None:
    agent, supervisor = opened(visitor("agent"), number), visitor("supervisor")

    assert "个人信息已隐去" in supervisor.open(f"/cases/{number}").text
    clock.pass_by(minutes=8)
    assert "王大锤" in agent.open(f"/cases/{number}").text
    clock.pass_by(minutes=8)
    assert "个人信息已隐去" in agent.open(f"/cases/{number}").text


def test_without_a_reason_nothing_is_opened(agent: Visitor, number: str) -> None:
    assert agent.send(f"/cases/{number}/open", f"/cases/{number}", reason=" ").status_code == 422
    for reason in ("x", "。。。。", "a b c !!"):
        assert agent.send(f"/cases/{number}/open", f"/cases/{number}", reason=reason).status_code == 422
    assert "个人信息已隐去" in agent.open(f"/cases/{number}").text


def test_a_reason_that_tells_who_somebody_is_is_masked(agent: Visitor, desk: ConsoleContext, number: str) -> None:
    agent.send(f"/cases/{number}/open", f"/cases/{number}", reason="回电给本人", more="13800000001")

    opened = [each.detail for each in desk.records.audit.entries(number) if each.action == "open"]
    assert opened == [{"reason": "回电给本人 ＊"}]


def test_a_case_is_followed_up(agent: Visitor, desk: ConsoleContext, number: str) -> None:
    opened(agent, number)
    change(agent, number, "move", state="in_progress")
    change(agent, number, "assign", owner="limin")
    change(agent, number, "plan", on="2025-03-20", what="打电话")
    change(agent, number, "plan", on="2025-03-21", milestone="service")
    change(agent, number, "milestone", milestone="ability_assessment", result="会用读屏")
    change(agent, number, "note", text="下午方便")
    change(agent, number, "correct", field="county", value="南昌县")

    case = desk.records.cases.show(number)
    milestones = {each.name: each for each in case.milestones}
    assert (case.state.value, case.owner, case.next_on, case.next_what) == (
        "in_progress",
        "limin",
        date(2025, 3, 20),
        "打电话",
    )
    assert milestones["service"].due == date(2025, 3, 21)
    assert (milestones["ability_assessment"].result, milestones["ability_assessment"].by) == ("会用读屏", "limin")
    assert [(each.by, each.text) for each in case.notes] == [("limin", "下午方便")]
    assert desk.records.registrations.show(number, "test").fields["county"] == "南昌县"
    page = text_of(agent.open(f"/cases/{number}"))
    assert "李敏：更改状态" in page


def test_of_two_who_edit_one_case_the_second_is_told_and_nothing_is_overwritten(
    visitor: Callable[[str], Visitor], desk: ConsoleContext, number: str
) -> None:
    first, second = opened(visitor("agent"), number), opened(visitor("supervisor"), number)
    read = version(second, number)
    assert change(first, number, "plan", on="2025-03-20", what="李敏打电话").status_code == 303

    late = change(second, number, "plan", read, on="2025-04-01", what="王芳家访")

    assert late.status_code == 409
    told = text_of(late)
    assert "另一位同事已经修改" in told
    assert "李敏：安排下一步" in told
    assert "王芳家访" in told
    assert desk.records.cases.show(number).next_what == "李敏打电话"


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("move", {"state": "closed"}),
        ("plan", {"on": "2025-04-01", "what": "家访"}),
        ("milestone", {"milestone": "service", "result": "家访"}),
        ("assign", {"owner": "wangfang"}),
        ("correct", {"field": "county", "value": "南昌县"}),
    ],
)
def test_no_change_is_made_to_what_somebody_else_changed_meanwhile(
    agent: Visitor, desk: ConsoleContext, number: str, what: str, fields: dict[str, str]
) -> None:
    read = version(opened(agent, number), number)
    desk.records.registrations.change(number, "education", "高中", "wangfang")
    before = desk.records.cases.show(number)

    assert change(agent, number, what, read, **fields).status_code == 409
    assert desk.records.cases.show(number) == before
    assert desk.records.registrations.show(number, "test").fields["county"] == "进贤县"


def test_two_notes_at_once_both_stay(visitor: Callable[[str], Visitor], desk: ConsoleContext, number: str) -> None:
    first, second = opened(visitor("agent"), number), opened(visitor("supervisor"), number)
    read = version(second, number)
    change(first, number, "note", text="甲")
    change(second, number, "note", read, text="乙")

    assert [each.text for each in desk.records.cases.show(number).notes] == ["甲", "乙"]


def test_a_case_that_is_not_open_is_not_changed_and_what_was_typed_is_given_back(
    agent: Visitor, desk: ConsoleContext, number: str
) -> None:
    sent = agent.send(f"/cases/{number}/note", f"/cases/{number}", version="1", text="写了很久的记录")

    assert sent.status_code == 409
    assert "写了很久的记录" in sent.text
    assert desk.records.cases.show(number).notes == []


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("move", {"state": "withdrawn"}),
        ("move", {"state": "nonsense"}),
        ("plan", {"on": "2025-02-30"}),
        ("plan", {"on": "2025-03-20", "milestone": "tea"}),
        ("milestone", {"milestone": "tea"}),
        ("assign", {"owner": "nobody"}),
        ("correct", {"field": "phone", "value": "abc"}),
        ("correct", {"field": "number", "value": "1"}),
        ("note", {"text": " "}),
        ("note", {"text": "字" * 2001}),
    ],
)
def test_what_a_case_does_not_allow_is_not_done(
    agent: Visitor, desk: ConsoleContext, number: str, what: str, fields: dict[str, str]
) -> None:
    opened(agent, number)
    before = desk.records.cases.show(number)

    assert change(agent, number, what, **fields).status_code == 409
    assert desk.records.cases.show(number) == before


def test_a_supervisor_merges_two_of_the_same_person(supervisor: Visitor, desk: ConsoleContext, number: str) -> None:
    other = register(desk.records.registrations, 2)
    opened(supervisor, number)
    assert other in supervisor.open(f"/cases/{number}").text
    assert change(supervisor, number, "merge", other=other).status_code == 409
    change(supervisor, number, "merge", other=other, sure="yes")

    assert desk.records.cases.show(other).merged_into == number


def test_a_number_without_a_case_is_told(agent: Visitor) -> None:
    for path in ("/cases/12345678", "/cases/x"):
        assert agent.open(path).status_code == 404
        assert "没有这个登记编号" in agent.open(path).text


# export --------------------------------------------------------------------------------------------------------------


def test_a_supervisor_exports_and_the_audit_keeps_what_for(
    supervisor: Visitor, desk: ConsoleContext, number: str
) -> None:
    csv = supervisor.send("/cases/export", format="csv", reason="月度统计")
    xlsx = supervisor.send("/cases/export", format="xlsx", reason="月度统计")

    assert csv.headers["content-disposition"] == 'attachment; filename="registrations-2025-03-10.csv"'
    assert csv.content.decode("utf-8").startswith("\ufeffnumber,")
    assert "王大锤" in csv.content.decode("utf-8")
    assert [row[0].value for row in load_workbook(BytesIO(xlsx.content)).active.iter_rows(min_row=2)] == [number]
    assert [(each.actor, each.detail) for each in desk.records.audit.entries() if each.action == "export"] == [
        ("wangfang", {"kind": "csv", "reason": "月度统计"}),
        ("wangfang", {"kind": "xlsx", "reason": "月度统计"}),
    ]


def test_an_export_without_a_purpose_is_refused(supervisor: Visitor, number: str) -> None:
    assert supervisor.send("/cases/export", format="csv", reason="").status_code == 400
