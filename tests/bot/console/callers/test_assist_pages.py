"""A caller is answered, told a sum, registered and summed up, with and without a script in the browser."""

import re
from collections.abc import Callable

import pytest

from bot.console.context import ConsoleContext
from dialogue.display import group_digits
from tests.bot.console.visitors import Visitor, csrf, text_of

CLAUSE = "/assist/clauses/jiangxi-2022-2024/2.5.5"
NASTY = "<script>alert('1')</script>\"><img src=x onerror=alert(1)>"
KEY = "k" * 32
TOLD = {
    **{"key": KEY, "consent": "yes", "consent_disability": "yes"},
    **{
        "name": "王大锤",
        "phone": "13800138000",
        "city": "南昌",
        "county": "进贤县",
        "gender": "男",
        "birth_year": "1985",
    },
    **{"disability_type": "视力", "disability_level": "二级", "education": "初中", "skills": "推拿"},
    **{"desired_job": "客服", "work_mode": "居家", "training_need": "电脑", "accommodation": "读屏软件"},
}


def read_back_form(page_text: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page_text.split("back", 1)[1]))


def test_what_a_caller_says_finds_clauses_without_a_script(agent: Visitor) -> None:
    page = agent.send("/assist", on="/assist", typed="盲人医疗按摩人员的职称")

    assert "盲人医疗按摩人员的考试" in text_of(page)
    assert 'data-key="1"' in page.text


def test_the_same_comes_as_a_part_of_the_page_while_typing(agent: Visitor) -> None:
    part = agent.send("/assist/suggestions", on="/assist", typed="盲人医疗按摩人员的职称")

    assert part.status_code == 200
    assert "<html" not in part.text
    assert "2.8.1" in part.text


def test_a_script_has_everything_from_the_greeting_to_the_source(agent: Visitor, desk: ConsoleContext) -> None:
    page = text_of(agent.open(CLAUSE))
    clause = desk.base.current().library.clause("jiangxi-2022-2024", "2.5.5")

    for words in (clause.plain, *clause.easy, *clause.departments, clause.next_step, clause.spoken, clause.quote[:20]):
        assert words in page
    assert "不要承诺" in page
    assert "要享受低保的这位，是残疾人吗？" in page


def test_what_is_opened_is_a_topic_from_then_on_and_counted_once_a_call(agent: Visitor, desk: ConsoleContext) -> None:
    for _ in range(3):
        agent.open(CLAUSE)
    agent.open("/assist/clauses/jiangxi-2022-2024/2.3.4")

    assert desk.records.clause_uses.recent(9)[0] in {("jiangxi-2022-2024", "2.3.4"), ("jiangxi-2022-2024", "2.5.5")}
    assert "常问的" in text_of(agent.open("/assist"))
    assert len(desk.records.calls.current("limin").clauses) == 2


@pytest.mark.parametrize(
    "path", ["/assist/clauses/x/y", "/assist/clauses/jiangxi-2022-2024/9.9", "/assist/sums/register"]
)
def test_what_is_not_there_is_said(agent: Visitor, path: str) -> None:
    assert agent.open(path).status_code == 404


def test_a_call_is_kept_summed_up_and_ended(agent: Visitor, desk: ConsoleContext) -> None:
    agent.open(CLAUSE)
    agent.send("/assist/call", on="/assist", notes="我叫王大锤，电话13800138000，想摆摊", outcome="")
    kept = agent.open("/assist").text
    ended = agent.send("/assist/call", on="/assist", notes="电话13800138000，想摆摊", outcome="answered")
    summary = text_of(agent.open(ended.headers["location"].removeprefix("/console")))

    assert "王大锤" in kept
    assert "结果：已答复" in summary
    assert "赣府厅字〔2022〕90号" in summary
    # The notes stay as they are in the records; what is copied elsewhere tells no number.
    assert "13800138000" not in summary
    assert desk.records.calls.going_on("limin") is None


def test_nobody_reads_the_calls_of_others(agent: Visitor, supervisor: Visitor, desk: ConsoleContext) -> None:
    call = desk.records.calls.current("limin").id

    assert agent.open(f"/assist/calls/{call}").status_code == 200
    assert supervisor.open(f"/assist/calls/{call}").status_code == 404


def test_a_sum_is_worked_out_with_its_steps(agent: Visitor) -> None:
    told = {"unit_kind": "company", "staff": "200", "disabled_staff": "5", "wage": "1850"}
    page = text_of(agent.send("/assist/sums/reward", on="/assist/sums/reward", **told))

    assert "11100元" in page
    assert "/assist/clauses/jiangxi-2022-2024/2.3.4" in agent.send("/assist/sums/reward", on="/assist", **told).text


def test_what_is_wrong_or_missing_is_asked_again_and_what_was_told_stays(agent: Visitor) -> None:
    page = agent.send("/assist/sums/quota", on="/assist", unit_kind="institution", staff="10", disabled_staff="20")

    assert "比职工总数10人还多" in text_of(page)
    assert 'value="10"' in page.text
    missing = agent.send("/assist/sums/quota", on="/assist", unit_kind="institution", staff="10")
    assert "还差一项" in text_of(missing)


def test_an_unlikely_wage_counts_the_second_time(agent: Visitor) -> None:
    told = {"unit_kind": "company", "staff": "200", "disabled_staff": "5", "wage": "18500"}
    first = agent.send("/assist/sums/reward", on="/assist", **told)
    again = agent.send(
        "/assist/sums/reward", on="/assist", **told, **dict(re.findall(r'"(again_\w+)" value="(\d+)"', first.text))
    )

    assert "对吗" in text_of(first)
    assert "111000元" in text_of(again)


def test_the_navigator_lists_measures_with_their_clauses(agent: Visitor) -> None:
    page = agent.send("/assist/sums/navigator", on="/assist", asker="self", disability_type="视力", aim="job")

    assert page.text.count("/assist/clauses/jiangxi-2022-2024/") >= 3


def test_a_caller_is_registered_after_everything_was_read_back(agent: Visitor, desk: ConsoleContext) -> None:
    back = agent.send("/assist/register", on="/assist/register", **TOLD)
    assert "幺三八，零零幺三，八零零零" in text_of(back)
    assert list(desk.records.registrations.all()) == []

    saved = agent.browser.post("/console/assist/register", data={**read_back_form(back.text), "step": "save"})
    again = agent.browser.post("/console/assist/register", data={**read_back_form(back.text), "step": "save"})
    (found,) = desk.records.registrations.all()

    assert saved.headers["location"] == again.headers["location"]
    assert found.number in saved.headers["location"]
    assert dict(found.fields) == {name: TOLD[name] for name in found.fields}
    assert len(found.fields) == 14
    assert [(each.purpose, each.given, each.channel, each.by) for each in found.consents] == [
        ("general", True, "staff", "limin"),
        ("disability", True, "staff", "limin"),
    ]
    assert (found.by, found.door) == ("staff", "staff")
    assert {entry.actor for entry in desk.records.audit.entries(found.number)} == {"limin"}
    assert f"登记编号：{found.number}" in text_of(agent.open("/assist"))
    shown = text_of(agent.open(f"/assist/registered/{found.number}"))
    assert group_digits(found.number) in shown


def test_nothing_is_stored_without_consent_and_no_disability_without_the_second(
    agent: Visitor, desk: ConsoleContext
) -> None:
    declined = agent.send("/assist/register", on="/assist", **{**TOLD, "consent": "no"})
    assert "什么都没有保存" in text_of(declined)
    back = agent.send("/assist/register", on="/assist", **{**TOLD, "consent_disability": "no"})
    assert "读屏软件" not in back.text
    agent.browser.post("/console/assist/register", data={**read_back_form(back.text), "step": "save"})
    (found,) = desk.records.registrations.all()

    assert {"disability_type", "disability_level", "accommodation"} & found.fields.keys() == set()


def test_what_is_wrong_in_a_registration_is_asked_again(agent: Visitor, desk: ConsoleContext) -> None:
    page = agent.send("/assist/register", on="/assist", **{**TOLD, "phone": "138", "step": "save"})

    assert "位数不够" in text_of(page)
    assert 'value="王大锤"' in page.text
    assert list(desk.records.registrations.all()) == []


def test_every_question_is_worded_to_be_read_aloud(agent: Visitor) -> None:
    page = text_of(agent.open("/assist/register"))

    assert "同意我记下来吗？" in page
    assert "联系电话是多少？" in page
    assert page.count("对方问“为什么要问”") == 15


def test_nothing_that_is_typed_is_ever_markup(agent: Visitor) -> None:
    pages = [
        agent.send("/assist", on="/assist", typed=NASTY),
        agent.send("/assist/suggestions", on="/assist", typed=NASTY),
        agent.send("/assist/register", on="/assist", **{**TOLD, "phone": NASTY, "name": NASTY[:30]}),
        agent.send("/assist/register", on="/assist", **{**TOLD, "name": NASTY[:30], "skills": NASTY}),
        agent.send("/assist/sums/quota", on="/assist", staff=NASTY),
    ]
    agent.send("/assist/call", on="/assist", notes=NASTY, outcome="")
    pages.append(agent.open("/assist"))

    assert [page.status_code for page in pages] == [200] * len(pages)
    for page in pages:
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text


def test_a_form_without_its_token_does_nothing(agent: Visitor, desk: ConsoleContext) -> None:
    for path in ("/assist", "/assist/suggestions", "/assist/call", "/assist/sums/quota", "/assist/register"):
        assert agent.browser.post(f"/console{path}", data={"csrf": "x", **TOLD}).status_code == 403
    assert list(desk.records.registrations.all()) == []


@pytest.mark.parametrize("role", ["agent", "supervisor", "admin"])
def test_everybody_of_staff_answers_calls(visitor: Callable[[str], Visitor], role: str) -> None:
    somebody = visitor(role)

    for path in ("/assist", CLAUSE, "/assist/sums/quota", "/assist/register"):
        assert somebody.open(path).status_code == 200


@pytest.mark.parametrize("path", ["/assist", CLAUSE, "/assist/sums/quota", "/assist/register", "/assist/calls/1"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in(visitor: Callable[[str], Visitor], path: str) -> None:
    nobody = visitor("")

    assert nobody.open(path).headers["location"] == "/console/sign-in?next=assist"
    assert csrf(nobody.open(path)) == ""
