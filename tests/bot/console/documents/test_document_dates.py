"""A document's dates and successors: checked, published with a history, and put back."""

import re
from datetime import date
from html import unescape

import pytest

from bot.console.context import ConsoleContext
from knowledge.library.documents import Document, Status
from knowledge.library.versions import Versions
from tests.bot.console.visitors import Visitor, text_of

ID = "jiangxi-2022-2024"
AT = f"/documents/{ID}/dates"


def document(desk: ConsoleContext) -> Document:
    return desk.base.current().library.document(ID)


def fields(browser: Visitor, **changed: str) -> dict[str, str]:
    """What the form holds, with some fields changed."""
    page = browser.open(AT).text
    held = re.findall(r'<input id="(\w+)" name="\w+"(?: type="date")? value="([^"]*)"', page)
    (read,) = re.findall(r'name="read" value="([^"]*)"', page)
    return {**{name: unescape(value) for name, value in held}, "read": read, **changed}


def test_a_form_that_nobody_changed_changes_nothing(admin: Visitor, desk: ConsoleContext) -> None:
    before = document(desk)
    assert admin.send(AT, AT, **fields(admin)).status_code == 303

    after = document(desk)
    assert (after.in_force_from, after.in_force_until, after.successors, after.clauses) == (
        before.in_force_from,
        before.in_force_until,
        before.successors,
        before.clauses,
    )


def test_new_dates_and_a_successor_hold_at_once_and_are_put_back(admin: Visitor, desk: ConsoleContext) -> None:
    before = document(desk)
    told = {"title_3": "南昌市实施细则", "covers_3": "2025年", "issued_3": "2025-02", "in_force_until": "2025-06-30"}
    sent = admin.send(AT, AT, **fields(admin, **told, title_1="", covers_1="", number_1="", issued_1=""))

    assert sent.headers["location"] == f"/console/documents/{ID}?told=published"
    assert document(desk).in_force_until == date(2025, 6, 30)
    assert [each.title for each in document(desk).successors] == [before.successors[1].title, "南昌市实施细则"]
    assert [each.what for each in Versions(desk.versions).of(ID)] == ["dates", ""]
    assert dict(list(desk.records.audit.entries())[-1].detail) == {"document": ID, "dates": True}
    assert "更改日期或接替文件" in text_of(admin.open(f"/documents/{ID}/versions"))

    at = f"/documents/{ID}/versions"
    (read, *_) = re.findall(r'name="read" value="([^"]*)"', admin.open(at).text)
    admin.send(f"{at}/1/put-back", at, read=read)
    assert (document(desk).in_force_until, document(desk).successors) == (before.in_force_until, before.successors)


def test_whoever_may_not_change_dates_puts_back_answers_alone(
    admin: Visitor, supervisor: Visitor, desk: ConsoleContext
) -> None:
    admin.send(AT, AT, **fields(admin, in_force_until="2025-06-30"))
    at = f"/documents/{ID}/versions"
    (read, *_) = re.findall(r'name="read" value="([^"]*)"', supervisor.open(at).text)

    assert supervisor.send(f"{at}/1/put-back", at, read=read).status_code == 303
    assert document(desk).in_force_until == date(2025, 6, 30)


def test_without_an_end_and_a_successor_it_is_in_force(admin: Visitor, desk: ConsoleContext) -> None:
    empty = {f"{name}_{place}": "" for name in ("title", "covers", "number", "issued") for place in (1, 2)}
    admin.send(AT, AT, **fields(admin, in_force_until="", **empty))

    assert document(desk).status_on(desk.today()) is Status.IN_FORCE
    assert document(desk).successors == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"in_force_from": ""}, "施行日期不能空着"),
        ({"in_force_from": "2025-02-30"}, "施行日期不能空着"),
        ({"in_force_until": "2022-09-08", "in_force_from": "2022-09-09"}, "期满日期早于施行日期"),
        ({"in_force_from": "2022-09-06"}, "施行日期早于印发日期"),
        ({"title_3": "实施细则"}, "要有标题和期间"),
        ({"issued_1": "去年"}, "只知道月份就写"),
        ({"issued_1": "2025-13"}, "只知道月份就写"),
    ],
)
def test_dates_that_cannot_be_are_told_and_kept_in_the_form(
    admin: Visitor, desk: ConsoleContext, changed: dict[str, str], told: str
) -> None:
    before = document(desk)
    refused = admin.send(AT, AT, **fields(admin, **changed))

    assert refused.status_code == 422
    assert told in text_of(refused)
    assert all(f'value="{value}"' in refused.text for value in changed.values())
    assert document(desk) == before


def test_of_two_the_second_is_told_and_keeps_what_they_typed(admin: Visitor, desk: ConsoleContext) -> None:
    late = fields(admin, in_force_until="2026-12-31")
    admin.send(AT, AT, **fields(admin, in_force_until="2025-06-30"))
    refused = admin.send(AT, AT, **late)

    assert refused.status_code == 409
    assert 'value="2026-12-31"' in refused.text
    assert document(desk).in_force_until == date(2025, 6, 30)


def test_only_an_admin_changes_dates(supervisor: Visitor, admin: Visitor) -> None:
    assert supervisor.open(AT).status_code == 403
    assert AT not in supervisor.open(f"/documents/{ID}").text
    assert AT in admin.open(f"/documents/{ID}").text
