"""The web chat in every state for every way of using it: axe, sizes, widths, the keyboard, a screen reader."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from bot.web.app import create_app
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.web.browser.conftest import ARGUMENTS, OpenPage, Serve, find_chromium, open_watched
from tests.bot.web.browser.walking import HEARD, QUESTION, ask, conversation, tab_to
from tests.bot.web.talking import FakeConversation

NARROW = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}
"""1280 by 1024 at 400 %."""


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One for all these tests, each of which has a window of its own."""
    browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    wrong: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(address: str, **about: Any) -> Page:
        contexts.append(browser.new_context(locale="zh-CN", **about))
        return open_watched(contexts[-1], address, wrong)

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def fake() -> FakeConversation:
    return conversation()


@pytest.fixture
def address(fake: FakeConversation, serve: Serve) -> str:
    return serve(create_app(fake, speech()))  # type: ignore[arg-type]


def choose(page: Page, *names: str) -> None:
    """In the settings, which are open afterwards."""
    page.locator("#settings > summary").click()
    for name in names:
        page.locator("#settings label", has_text=re.compile(f"^{name}$")).click()


def answered(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("summary", has_text="原文").first.click()
    ask(page, "补贴")


def form(page: Page) -> None:
    ask(page, "我要登记就业需求")


def nothing_written(page: Page) -> None:
    page.locator("#send").click()
    expect(page.locator("#note")).to_be_visible()


def offline(page: Page) -> None:
    # What is cut off while it is under way, such as the beginning of the session, is told to the console.
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    ask(page, QUESTION)


def begin_again(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("#restart").click()


def listening(page: Page) -> None:
    page.locator("#talk").click()
    expect(page.locator("#talk")).to_have_attribute("aria-pressed", "true")


def chosen(state: Callable[[Page], None], *names: str) -> Callable[[Page], None]:
    """`state` with these settings."""

    def reach(page: Page) -> None:
        choose(page, *names)
        state(page)

    return reach


STATES: dict[str, Callable[[Page], None]] = {
    "empty": lambda page: page.focus("#text"),
    "settings": choose,
    "answered": answered,
    "form": form,
    "nothing written": nothing_written,
    "offline": offline,
    "begin again": begin_again,
    "listening": listening,
    "black on white": chosen(answered, "白底黑字"),
    "white on black": chosen(answered, "黑底白字"),
    "easy": chosen(form, "简单好懂"),
    "largest, traditional": chosen(answered, "最大", "繁體"),
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> dict[str, list[str]]:
    """What axe finds, and where."""
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    return {each["id"]: [node["html"] for node in each["nodes"]] for each in found}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(state: str, address: str, open_page: OpenPage) -> None:
    page = open_page(address, viewport={"width": 768, "height": 1024})
    STATES[state](page)

    assert violations(page) == {}


def test_axe_would_find_something(open_page: OpenPage) -> None:
    page = open_page("about:blank")
    page.set_content("<main><button></button><p style='color:#999'>看不清的字</p></main>")

    assert {"button-name", "color-contrast"} <= violations(page).keys()


@pytest.mark.parametrize("about", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_axe_finds_nothing_whatever_the_device_is_set_to(
    about: dict[str, str], address: str, open_page: OpenPage
) -> None:
    page = open_page(address, **about)
    answered(page)

    assert violations(page) == {}


def too_small(page: Page, least: int) -> list[str]:
    """What can be pressed and is smaller than `least` pixels either way; a radio button is its whole label."""
    small: list[str] = page.evaluate(
        """least => [...document.querySelectorAll("a, button, summary, select, textarea, label:has(input)")]
            .filter((each) => each.checkVisibility())
            .map((each) => [each, each.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < least || box.width < least))
            .map(([each, box]) => `${each.outerHTML.slice(0, 80)} ${box.width}×${box.height}`)""",
        least,
    )
    return small


@pytest.mark.parametrize(("words", "least"), [("一般", 44), ("简单好懂", 60)])
@pytest.mark.parametrize("width", [320, 1280])
def test_what_can_be_pressed_is_large_enough(
    words: str, least: int, width: int, address: str, open_page: OpenPage
) -> None:
    page = open_page(address, viewport={"width": width, "height": 800})
    choose(page, words)
    answered(page)

    assert too_small(page, least) == []
    page.locator("#restart").click()
    assert too_small(page, least) == []


@pytest.mark.parametrize("size", ["标准", "最大"])
def test_nothing_has_to_be_scrolled_sideways(size: str, address: str, open_page: OpenPage) -> None:
    page = open_page(address)
    choose(page, size)
    answered(page)
    form(page)
    for width, height in (*ZOOMED.values(),), (320, 640), (375, 667), (768, 1024), (1280, 800):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(_CUT_OFF) == []


_CUT_OFF = """
  [...document.querySelectorAll("body *")]
    .filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== "visible")
    .filter((each) => !each.matches(".visually-hidden"))
    .map((each) => each.outerHTML.slice(0, 120))
"""


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, ZOOMED])
def test_with_the_keyboard_alone_one_asks_reads_the_source_and_registers(
    viewport: dict[str, int], address: str, open_page: OpenPage, fake: FakeConversation
) -> None:
    page = open_page(address, viewport=viewport)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # The skip link.
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#log > li")).to_have_count(3)
    tab_to(page, "summary:has(+ blockquote)", back=True)
    page.keyboard.press("Enter")
    expect(page.locator("#log blockquote")).to_be_visible()

    tab_to(page, "#text")
    page.keyboard.type("我要登记就业需求")
    page.keyboard.press("Enter")
    expect(page.locator("#log")).to_contain_text("同意我记下来吗")
    tab_to(page, ".of-a-form .option", back=True)
    page.keyboard.press("1")
    expect(page.locator("#log")).to_contain_text("叫什么名字")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.type("叫章一")
    page.keyboard.press("Enter")
    expect(page.locator("#log")).to_contain_text("电话是多少")
    page.keyboard.type("13800000000")
    page.keyboard.press("Enter")
    expect(page.locator("#log")).to_contain_text("都对吗")
    tab_to(page, ".of-a-form li:first-child .option", back=True)
    page.keyboard.press("Enter")
    expect(page.locator("#log")).to_contain_text("登记好了")

    said = ["我要登记就业需求", "同意", "叫章一", "13800000000", "对"]
    assert [turn.text for turn in fake.turns] == [QUESTION, *said]


def test_each_message_is_announced_exactly_once(address: str, open_page: OpenPage) -> None:
    page = open_page("about:blank")
    page.add_init_script(HEARD)
    page.goto(address)
    ask(page, QUESTION)
    page.wait_for_timeout(300)
    form(page)
    page.wait_for_timeout(300)
    page.locator("#log .option").first.click()
    expect(page.locator("#log")).to_contain_text("叫什么名字")
    page.wait_for_timeout(300)
    nothing_written(page)
    page.wait_for_timeout(300)

    assert page.evaluate("heard.length") == 4
    heard = "".join(page.evaluate("heard"))
    for message in (
        "不会停。低保待遇延退3年。",
        "请留意：方案到期了。",
        "同意我记下来吗？",
        "叫什么名字？",
        "还没有写字",
    ):
        assert heard.count(message) == 1
    assert "有2个选项。" in heard


def test_no_time_passes_that_a_person_has_to_keep_to(address: str, open_page: OpenPage) -> None:
    page = open_page("about:blank")
    page.clock.install()
    page.goto(address)
    form(page)
    page.locator("#text").fill("叫章一")
    page.clock.fast_forward("12:00:00")

    expect(page.locator("#text")).to_have_value("叫章一")
    expect(page.locator(".of-a-form .option")).to_have_count(2)


def test_an_error_is_tied_to_the_field_and_the_focus_stays_there(address: str, open_page: OpenPage) -> None:
    page = open_page(address)
    nothing_written(page)

    field = page.locator("#text")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("还没有写字"))
    field.fill("补贴")
    field.press("Enter")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_settings_hold_at_the_next_visit_and_reach_the_server(
    address: str, open_page: OpenPage, fake: FakeConversation
) -> None:
    page = open_page(address)
    choose(page, "很大", "黑底白字", "简单好懂", "繁體")
    page.reload()

    root = page.locator("html")
    for name, value in {"size": "larger", "contrast": "dark", "words": "easy", "script": "hant"}.items():
        expect(root).to_have_attribute(f"data-{name}", value)
    expect(root).to_have_attribute("lang", "zh-Hant")
    expect(page.locator("#label")).to_have_text("您想問什麼？")
    ask(page, QUESTION)
    assert [(turn.mode.value, turn.script.value) for turn in fake.turns] == [("easy", "hant")]  # type: ignore[union-attr]
    choose(page, "简体")
    expect(page.locator("#label")).to_have_text("您想问什么？")


def test_without_javascript_a_question_and_its_choices_are_answered(
    address: str, open_page: OpenPage, fake: FakeConversation
) -> None:
    page = open_page(address, java_script_enabled=False)
    page.locator("#text").fill("补贴")
    page.locator("#send").click()
    page.get_by_role("button", name="1：培训补贴").click()

    expect(page.locator(".log")).to_contain_text("您说培训。")
    first, second = fake.turns
    assert first.sender == second.sender


def test_the_page_after_a_form_has_no_violations_and_fits(address: str, open_page: OpenPage) -> None:
    page = open_page(address, viewport=NARROW, java_script_enabled=True)
    page.set_content(f'<form method="post" action="{address}"><input name="text" value="补贴"><button></button></form>')
    page.locator("button").click()
    page.locator(".composer").wait_for()

    assert violations(page) == {}
    assert too_small(page, 44) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_an_answer_is_saved_with_its_source(address: str, open_page: OpenPage) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="保存").click()

    assert waiting.value.suggested_filename == "助业通的回答.txt"
    text = waiting.value.path().read_text("utf-8-sig")
    assert text.startswith("不会停。")
    assert "原文：低保延退3年（二(五)5）\n低保对象首次自主创业的" in text


def test_one_answer_is_printed_with_its_source_and_nothing_else(address: str, open_page: OpenPage) -> None:
    page = open_page(address)
    page.evaluate("window.print = () => {}")
    ask(page, QUESTION)
    page.get_by_role("button", name="打印").click()
    page.emulate_media(media="print")

    expect(page.locator("#log > li:visible")).to_have_count(1)
    expect(page.locator("#log blockquote")).to_be_visible()
    for hidden in ("#composer", "#starters", "#settings", ".printed .tools"):
        expect(page.locator(hidden)).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#log > li:visible")).to_have_count(3)


def test_digits_in_the_field_are_written(address: str, open_page: OpenPage, fake: FakeConversation) -> None:
    page = open_page(address)
    ask(page, "补贴")
    page.locator("#text").press("1")

    expect(page.locator("#text")).to_have_value("1")
    assert len(fake.turns) == 1
