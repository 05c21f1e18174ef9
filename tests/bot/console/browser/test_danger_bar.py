"""Who waits, seen on a page that is left open: the bar comes and goes by itself, and is announced once."""

import re

from playwright.sync_api import Locator, Page, expect

from bot.console.context import ConsoleContext
from tests.bot.console.browser.conftest import StaffPage

_AGAIN = 15_000
"""Milliseconds; a page asks every five seconds."""
_COUNT_CHANGES = """() => {
  window.changes = 0;
  new MutationObserver((seen) => { window.changes += seen.some((each) => each.attributeName === "hidden"); })
    .observe(document.getElementById("urgent"), { attributes: true, childList: true, subtree: true });
}"""


def bar(page: Page) -> Locator:
    return page.locator("#urgent")


def test_the_bar_comes_by_itself_is_announced_once_and_goes_with_the_last_one(
    staff_page: StaffPage, desk: ConsoleContext
) -> None:
    page = staff_page("agent", "/cases")
    expect(bar(page)).to_be_hidden()
    page.evaluate(_COUNT_CHANGES)
    number = desk.records.persons.ask("web-1", "web", "urgent", {})

    expect(bar(page)).to_have_text("有1人可能有危险，请马上去看", timeout=_AGAIN)
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page).to_have_title(re.compile(r"^\(1\) 对象台账"))
    expect(page.get_by_role("link", name="在线会话")).to_have_accessible_name(re.compile("1 ?人在等"))
    with page.expect_response("**/live/waiting", timeout=_AGAIN):
        pass
    assert page.evaluate("window.changes") == 1
    assert page.locator("#urgent a").get_attribute("href") == f"/console/live/{number}"
    desk.records.persons.take(number, "wangfang")
    expect(bar(page)).to_be_hidden(timeout=_AGAIN)
    expect(page).to_have_title(re.compile("^对象台账"))


def test_the_bar_stays_in_sight_however_far_down_one_reads(staff_page: StaffPage, desk: ConsoleContext) -> None:
    desk.records.persons.ask("web-1", "web", "urgent", {})
    page = staff_page("agent", "/documents/jiangxi-2022-2024")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")

    assert page.evaluate("scrollY") > 500
    expect(bar(page)).to_be_in_viewport(ratio=1)


def test_without_a_script_every_page_that_is_opened_says_it(staff_page: StaffPage, desk: ConsoleContext) -> None:
    number = desk.records.persons.ask("web-1", "web", "urgent", {})
    page = staff_page("agent", "/figures", java_script_enabled=False)
    page.get_by_role("link", name="请马上去看").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(f"会话 {number}")
    expect(page.get_by_role("main")).to_contain_text("可能有危险")


def test_who_becomes_urgent_while_one_talks_with_them_is_said_on_that_page(
    staff_page: StaffPage, desk: ConsoleContext
) -> None:
    number = desk.records.persons.ask("web-1", "web", "asked", {})
    desk.records.persons.take(number, "limin")
    page = staff_page("agent", f"/live/{number}")
    expect(bar(page)).to_be_hidden()
    desk.records.persons.mark_urgent("web-1")

    expect(bar(page)).to_be_visible(timeout=_AGAIN)
