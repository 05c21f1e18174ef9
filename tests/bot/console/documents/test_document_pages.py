"""Documents in the console: what is said of a clause is checked, published with a way back, and turned off."""

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from httpx2 import Response

from bot.console.context import ConsoleContext
from knowledge.library.documents import Clause
from knowledge.library.versions import Versions
from tests.bot.console.visitors import Visitor, csrf, text_of

ID = "jiangxi-2022-2024"
AT = f"/documents/{ID}/clauses/2.5.5"
PLAIN = "低保对象首次自主创业的，低保待遇可以延退三年。"


def clause(desk: ConsoleContext) -> Clause:
    return desk.base.current().library.clause(ID, "2.5.5")


def fields(browser: Visitor, **changed: str) -> dict[str, str]:
    """What the form of the clause holds, with some fields changed."""
    page = browser.open(f"{AT}/edit").text
    inputs = re.findall(r'<input id="(\w+)" name="\w+" value="([^"]*)"', page)
    areas = re.findall(r'<textarea id="(\w+)"[^>]*>([^<]*)</textarea>', page)
    (read,) = re.findall(r'name="read" value="([^"]*)"', page)
    held = {name: unescape(value) for name, value in (*inputs, *areas)}
    return {**held, "read": read, **changed}


def test_every_document_is_listed_with_how_it_stands(agent: Visitor) -> None:
    told = text_of(agent.open("/documents"))

    assert "江西省促进残疾人就业三年行动实施方案" in told
    assert "已有新文件接替" in told
    assert "国办发〔2025〕23号" in told
    assert "二(五)5" in text_of(agent.open(f"/documents/{ID}"))
    assert clause_text(agent)


def clause_text(browser: Visitor) -> str:
    return text_of(browser.open(AT))


def test_a_form_that_nobody_changed_changes_nothing(supervisor: Visitor, desk: ConsoleContext) -> None:
    before = clause(desk)
    assert supervisor.send(f"{AT}/edit", f"{AT}/edit", **fields(supervisor)).status_code == 303

    assert clause(desk) == before


def test_an_edit_is_published_in_its_own_copy_with_its_history(supervisor: Visitor, desk: ConsoleContext) -> None:
    shipped = (desk.documents[0] / ID / "clauses.yml").read_text(encoding="utf-8")
    sent = supervisor.send(f"{AT}/edit", f"{AT}/edit", **fields(supervisor, plain=PLAIN))

    assert sent.headers["location"] == f"/console{AT}?told=published"
    assert clause(desk).plain == PLAIN
    assert (desk.documents[0] / ID / "clauses.yml").read_text(encoding="utf-8") == shipped
    assert [(each.number, each.by, each.what) for each in Versions(desk.versions).of(ID)] == [
        (2, "wangfang", "2.5.5"),
        (1, "", ""),
    ]
    assert [(each.actor, each.action, each.detail) for each in desk.records.audit.entries()][-1] == (
        "wangfang",
        "publish",
        {"document": ID, "clause": "2.5.5"},
    )


def test_whoever_edits_is_told_while_new_wording_is_still_learnt(
    supervisor: Visitor, desk: ConsoleContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = clause_text(supervisor)
    monkeypatch.setattr(type(desk.base), "learning", True)

    assert "学完之前，条文仍按原来的写法查找" not in before
    for page in (AT, f"/documents/{ID}", "/documents"):
        assert "学完之前，条文仍按原来的写法查找" in text_of(supervisor.open(page))


def test_an_earlier_version_is_put_back(supervisor: Visitor, desk: ConsoleContext) -> None:
    before = clause(desk)
    supervisor.send(f"{AT}/edit", f"{AT}/edit", **fields(supervisor, plain=PLAIN))
    at = f"/documents/{ID}/versions"
    (read, *_) = re.findall(r'name="read" value="([^"]*)"', supervisor.open(at).text)

    assert supervisor.send(f"{at}/1/put-back", at, read=read).status_code == 303
    assert clause(desk) == before
    assert [each.what for each in Versions(desk.versions).of(ID)] == ["back to 1", "2.5.5", ""]
    assert supervisor.send(f"{at}/1/put-back", at, read=read).status_code == 409
    (read, *_) = re.findall(r'name="read" value="([^"]*)"', supervisor.open(at).text)
    assert supervisor.send(f"{at}/99/put-back", at, read=read).status_code == 409


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"plain": "低保待遇可以延退五年。"}, "数字“5”不在条文里"),
        ({"plain": ""}, "不能空着"),
        ({"spoken": "甲。乙。丙。"}, "最多2句"),
        ({"easy": "字" * 30}, "有一句30个字，最多25个"),
        ({"aspect_where": "字" * 61}, "有61个字，最多60个"),
    ],
)
def test_what_the_clause_does_not_say_is_told_while_typing_and_never_published(
    supervisor: Visitor, desk: ConsoleContext, changed: dict[str, str], told: str
) -> None:
    before, edited = clause(desk), fields(supervisor, **changed)
    checked = supervisor.send(f"{AT}/check", f"{AT}/edit", **edited)
    refused = supervisor.send(f"{AT}/edit", f"{AT}/edit", **edited)

    (name,) = changed
    assert [each["field"] for each in json.loads(checked.text)] == [name]
    assert told in json.loads(checked.text)[0]["says"]
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert clause(desk) == before


def test_of_two_who_edit_a_document_the_second_is_told_and_keeps_what_they_typed(
    visitor: Callable[[str], Visitor], desk: ConsoleContext
) -> None:
    first, second = visitor("supervisor"), visitor("admin")
    late = fields(second, next_step="请问当地民政部门。")
    first.send(f"{AT}/edit", f"{AT}/edit", **fields(first, plain=PLAIN))

    refused = second.send(f"{AT}/edit", f"{AT}/edit", **late)

    assert refused.status_code == 409
    assert "请问当地民政部门。" in refused.text
    assert (clause(desk).plain, clause(desk).next_step) != (late["plain"], late["next_step"])


def test_answers_are_turned_off_with_a_notice_and_on_again(admin: Visitor, desk: ConsoleContext) -> None:
    admin.send("/documents/pause", "/documents", notice="正在更新，请打12385。", sure="yes")
    assert desk.records.pauses.notice() == "正在更新，请打12385。"
    assert "正在更新，请打12385。" in text_of(admin.open("/documents"))
    admin.send("/documents/resume", "/documents")

    assert desk.records.pauses.notice() == ""
    assert [(each.actor, each.action) for each in desk.records.audit.entries()][-2:] == [
        ("zhaolei", "pause"),
        ("zhaolei", "resume"),
    ]


@pytest.mark.parametrize(
    "sent", [{"notice": "甲"}, {"notice": " ", "sure": "yes"}, {"notice": "字" * 301, "sure": "yes"}]
)
def test_answers_are_not_turned_off_without_a_yes_and_a_notice(
    admin: Visitor, desk: ConsoleContext, sent: dict[str, str]
) -> None:
    assert admin.send("/documents/pause", "/documents", **sent).status_code == 409
    assert desk.records.pauses.notice() == ""


def add(browser: Visitor, content: bytes, **about: str) -> Response:
    page = browser.open("/documents/add")
    return browser.browser.post(
        "/console/documents/add",
        data={"csrf": csrf(page), "kind": "txt", **about},
        files={"file": ("../../evil.sh", content)},
    )


def test_a_document_is_added_as_drafts(supervisor: Visitor, desk: ConsoleContext) -> None:
    text = "星河市帮扶办法\n2025年1月2日\n第一条 残疾人参加培训的，每次补贴300元。\n第二条 由市残联负责。\n"
    assert add(supervisor, text.encode(), title="星河市帮扶办法", issued="2025-01-02", id="xinghe").status_code == 303

    added = desk.base.current().library.document("xinghe")
    assert (len(added.clauses), all(each.draft for each in added.clauses)) == (2, True)
    assert added.folder.parent == desk.documents[1]


@pytest.mark.parametrize(
    "about", [{"id": "../evil", "title": "甲", "issued": "2025-01-02"}, {"issued": "soon"}, {"kind": "sh"}, {"id": ID}]
)
def test_a_document_that_cannot_be_used_is_refused(
    supervisor: Visitor, desk: ConsoleContext, about: dict[str, str]
) -> None:
    assert add(supervisor, "第一条 甲。".encode(), **about).status_code == 422
    assert list(desk.documents[1].parent.rglob("*evil*")) == []
    assert [each.id for each in desk.base.current().library.documents] == [ID]


def test_a_file_that_needs_too_much_is_refused_with_what_to_do(supervisor: Visitor, desk: ConsoleContext) -> None:
    refused = add(supervisor, b"<p>a" * 200_000, kind="html", title="甲", issued="2025-01-02")

    assert refused.status_code == 422
    assert "太大或太复杂" in text_of(refused)
    assert [each.id for each in desk.base.current().library.documents] == [ID]


@pytest.mark.parametrize(
    "path",
    [
        "/documents/..%2F..%2Fkey",
        "/documents/%2e%2e",
        "/documents/x",
        f"/documents/{ID}/clauses/..%2f..%2fkey",
        f"/documents/{ID}/clauses/9.9.9",
        "/page/..%2f..%2fwords.yml",
        "/page/%2e%2e/words.yml",
        "/page/base.html",
    ],
)
def test_no_address_leads_to_another_file(supervisor: Visitor, path: str) -> None:
    assert supervisor.open(path).status_code == 404
