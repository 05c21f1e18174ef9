"""Every page of the console in a browser: what axe finds, how wide it is, and how large what is pressed."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from bot.console.context import ConsoleContext
from tests.bot.console.addresses import requests
from tests.bot.console.browser.conftest import StaffPage
from tests.bot.console.browser.office import Office, furnish
from tests.bot.console.visitors import PASSWORD

Reach = Callable[[Page, str, Office], object]
"""Brings a page into a state, given the address of the console."""
_SMALLEST = 44
"""Pixels; of what is pressed, in both directions."""
_TOO_SMALL = """(smallest) => [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.type !== "hidden")
  // A link within a sentence is as high as its line, and a box is pressed by its label.
  .filter((each) => !(each.matches("a") && getComputedStyle(each).display === "inline"))
  .map((each) => [each.matches("[type=checkbox], [type=radio]") ? each.closest("label") : each, each])
  .map(([pressed, each]) => [each.outerHTML.slice(0, 90), pressed.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < smallest || box.height < smallest))
  .map(([what, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${what}`)"""
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def office(desk: ConsoleContext) -> Office:
    return furnish(desk)


def pages(desk: ConsoleContext, office: Office) -> Iterator[str]:
    """Every page, and those of which there are several kinds."""
    for method, address, place in requests(desk, office.case):
        if method == "GET" and not place.background and "/live/" not in address and "/unanswered/" not in address:
            yield address
    yield f"/cases/{office.masked}"
    yield from (f"/live/{number}" for number in (office.waiting, office.taken, office.others))
    yield f"/unanswered/{office.question}"
    yield from ("/assist/sums/navigator", "/assist/clauses/jiangxi-2022-2024/2.3.4", "/cases?state=all&due=overdue")
    yield from ("/accounts/audit?verify=yes", "/figures?days=365", "/assist?told=call_kept", "/cases?city=吉安")


def problems(page: Page) -> list[str]:
    """What axe finds, what is too small to press, and whether one has to scroll sideways."""
    found = [(each["id"], node["html"]) for each in Axe().run(page).response["violations"] for node in each["nodes"]]
    return [*(f"{rule}: {html[:120]}" for rule, html in found), *too_small(page), *too_wide(page)]


def too_small(page: Page) -> list[str]:
    small: list[str] = page.evaluate(_TOO_SMALL, _SMALLEST)
    return small


def too_wide(page: Page) -> list[str]:
    wider = page.evaluate(_WIDER)
    return [f"wider than the window by {wider}"] if wider else []


def at_every_width(page: Page, what: str) -> list[str]:
    """What is wrong with the page that is open, at a desk, on a tablet, and on a telephone or at 400 %."""
    page.set_viewport_size({"width": 1280, "height": 900})
    wrong = [f"{what}: {each}" for each in problems(page)]
    for width in (768, 320):
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{what} at {width}: {each}" for each in [*too_small(page), *too_wide(page)]]
    return wrong


def test_every_page_is_fit_for_a_screen_reader_and_a_finger_at_every_width(
    desk: ConsoleContext, office: Office, staff_page: StaffPage, address: str
) -> None:
    page = staff_page("admin")
    wrong: list[str] = []
    for path in pages(desk, office):
        page.goto(f"{address}console{path}")
        wrong += at_every_width(page, path)

    assert wrong == []


@pytest.mark.slow
def test_what_is_refused_or_amiss_is_told_as_well(
    desk: ConsoleContext, office: Office, staff_page: StaffPage, address: str
) -> None:
    page = staff_page("admin")
    # The browser would note a page that says why not as an error of ours.
    page.route("**/console/**", answered_as_found)
    wrong: list[str] = []
    for what, reach in STATES.items():
        reach(page, f"{address}console", office)
        wrong += at_every_width(page, what)

    assert wrong == []


def answered_as_found(route: Route) -> None:
    answer = route.fetch(max_redirects=0)
    route.fulfill(response=answer, status=200 if answer.status >= 400 else answer.status)


def go(path: str) -> Reach:
    def reach(page: Page, console: str, office: Office) -> None:
        page.goto(console + path)

    return reach


def send(path: str, button: str, **fields: str) -> Reach:
    """Fills fields of the page at `path` by their id and presses a button, whatever the browser itself would check."""

    def reach(page: Page, console: str, office: Office) -> None:
        page.goto(console + path.format(**vars(office)))
        page.evaluate("document.querySelectorAll('form').forEach((each) => { each.noValidate = true; })")
        page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
        for field, value in fields.items():
            page.locator(f"#{field}").fill(value)
        with page.expect_event("load" if "assist" not in path else "framenavigated"):
            page.locator("main").get_by_role("button", name=button, exact=True).first.click()

    return reach


def suggestions(page: Page, console: str, office: Office) -> None:
    page.goto(f"{console}/assist")
    page.locator("#typed").press_sequentially("盲人按摩")
    expect(page.locator("#suggestions a").first).to_be_visible()


def sheet(page: Page, console: str, office: Office) -> None:
    page.goto(f"{console}/assist")
    page.get_by_role("button", name="快捷键一览").click()
    expect(page.locator("#sheet")).to_be_visible()


def changed_meanwhile(page: Page, console: str, office: Office) -> None:
    page.goto(f"{console}/cases/{office.case}")
    page.evaluate("document.querySelectorAll('[name=version]').forEach((each) => { each.value = '0'; })")
    page.get_by_role("button", name="安排").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def locked(page: Page, console: str, office: Office) -> None:
    page.goto(f"{console}/")
    page.get_by_role("button", name="锁屏").click()
    expect(page.get_by_role("heading", name="已锁屏")).to_be_visible()


def wrong_password(page: Page, console: str, office: Office) -> None:
    page.get_by_label("密码").fill("wrong")
    page.get_by_label("动态码").fill("000000")
    page.get_by_role("button", name="继续").click()
    expect(page.locator(".alarm")).to_be_visible()


def signed_out(page: Page, console: str, office: Office) -> None:
    page.context.clear_cookies()
    page.goto(f"{console}/cases")
    page.get_by_label("账号").fill("limin")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_be_visible()


STATES: dict[str, Reach] = {
    "no page": go("/nothing"),
    "no case": go("/cases/12345678"),
    "suggestions": suggestions,
    "sheet of keys": sheet,
    "nothing registered yet": send("/assist/register", "问完了，念给对方核对"),
    "a sum that lacks something": send("/assist/sums/quota", "算一算"),
    "a case that somebody changed": changed_meanwhile,
    "a reason that is missing": send("/cases/{masked}", "打开"),
    "nobody found": send("/cases", "查找", search="陈小满"),
    "an account that cannot be": send("/accounts", "建立", login="?", name="孙梅"),
    "an account that is new": send("/accounts", "建立", login="sunmei", name="孙梅"),
    "a password that is wrong": send("/me", "更改密码", p1="wrong", p2="another long one", p3="another long one"),
    "recovery codes": send("/me", "换一组备用码", p6=PASSWORD),
    "an answer that says too much": send(
        "/documents/jiangxi-2022-2024/clauses/2.5.5/edit", "发布", plain="每人每月补贴8888元。"
    ),
    "a document without a file": send("/documents/add", "加入"),
    "locked": locked,
    "not opened": wrong_password,
    "not signed in": signed_out,
}
