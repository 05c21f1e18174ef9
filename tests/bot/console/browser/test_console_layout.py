"""How the console looks where nobody watches: on a tablet, and in the colours that somebody chose for everything."""

import pytest
from playwright.sync_api import Page

from bot.console.context import ConsoleContext
from tests.bot.console.browser.conftest import StaffPage
from tests.bot.console.browser.office import Office, furnish
from tests.bot.console.browser.test_console_pages import pages, too_wide

_TABLET = {"width": 768, "height": 1024}
_CUT = """() => {
  const widthOf = (field) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = getComputedStyle(field).font;
    return pen.measureText(field.placeholder).width + 2 * parseFloat(getComputedStyle(field).paddingLeft);
  };
  const isCut = (each) => {
    // What a field holds is scrolled by whoever writes in it.
    if (each.matches("input, textarea, select")) return Boolean(each.placeholder) && widthOf(each) > each.clientWidth;
    return getComputedStyle(each).overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1;
  };
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest(".sr, svg") && isCut(each))
    .map((each) => each.outerHTML.slice(0, 90));
}"""
_TOUCHING = """() => [...document.querySelectorAll("main .card")]
  .flatMap((one, place, all) => all.slice(place + 1).map((other) => [one, other]))
  .filter(([one, other]) => !one.contains(other) && one.checkVisibility() && other.checkVisibility())
  .filter(([one, other]) => {
    const [a, b] = [one, other].map((each) => each.getBoundingClientRect());
    return a.left < b.right && b.left < a.right && a.top < b.bottom + 8 && b.top < a.bottom + 8;
  })
  .map(([one, other]) => `${one.outerHTML.slice(0, 60)} and ${other.outerHTML.slice(0, 60)}`)"""
_UNFOCUSED = """() => {
  const reached = "a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex='0']";
  return [...document.querySelectorAll(reached)].filter((each) => {
    if (!each.checkVisibility({ visibilityProperty: true }) || each.disabled) return false;
    each.focus();
    const style = getComputedStyle(each);
    return style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2;
  }).map((each) => each.outerHTML.slice(0, 90));
}"""
_ONLY_COLOUR = """() => {
  const all = (what) => [...document.querySelectorAll(what)];
  const style = (each) => getComputedStyle(each);
  const edged = (each) => ["Top", "Left", "Bottom"].some((side) => parseFloat(style(each)[`border${side}Width`]));
  const told = [".badge:not(:empty)", "#urgent a", ".say", ".told", ".alarm", ".notice", ".quote", "pre.words", ".tile",
    ".card", "[aria-current]", ".mark", "kbd"].join();
  const grounds = all("button:not(.main), .button:not(.main)").map((each) => style(each).backgroundColor);
  return [
    ...all(told).filter((each) => each.checkVisibility() && !edged(each)),
    ...all(".bar-fill, .chart text").filter((each) => style(each).fill !== style(document.body).color),
    ...all("button.main, .button.main").filter((each) => grounds.includes(style(each).backgroundColor)),
  ].map((each) => each.outerHTML.slice(0, 90));
}"""


@pytest.fixture
def office(desk: ConsoleContext) -> Office:
    return furnish(desk)


def wrong_on(page: Page, *asked: str) -> list[str]:
    return [each for script in asked for each in page.evaluate(script)]


def test_on_a_tablet_nothing_is_cut_off_and_no_two_cards_touch(
    desk: ConsoleContext, office: Office, staff_page: StaffPage, address: str
) -> None:
    page = staff_page("admin")
    page.set_viewport_size(_TABLET)  # type: ignore[arg-type]
    wrong: list[str] = []
    for path in pages(desk, office):
        page.goto(f"{address}console{path}")
        wrong += [f"{path}: {each}" for each in [*wrong_on(page, _CUT, _TOUCHING), *too_wide(page)]]

    assert wrong == []


def test_in_forced_colours_one_sees_where_one_is_and_nothing_is_told_by_colour_alone(
    desk: ConsoleContext, office: Office, staff_page: StaffPage, address: str
) -> None:
    page = staff_page("admin", forced_colors="active")
    wrong: list[str] = []
    for path in pages(desk, office):
        page.goto(f"{address}console{path}")
        page.keyboard.press("Tab")  # From here on the browser shows the focus, wherever it goes.
        wrong += [f"{path}: {each}" for each in [*wrong_on(page, _ONLY_COLOUR, _UNFOCUSED), *too_wide(page)]]

    assert wrong == []


def test_at_a_desk_nothing_is_cut_off_and_no_two_cards_touch(
    desk: ConsoleContext, office: Office, staff_page: StaffPage, address: str
) -> None:
    page = staff_page("admin")
    page.set_viewport_size({"width": 1280, "height": 900})
    wrong: list[str] = []
    for path in pages(desk, office):
        page.goto(f"{address}console{path}")
        wrong += [f"{path}: {each}" for each in wrong_on(page, _CUT, _TOUCHING)]

    assert wrong == []
