"""The web chat where it is not simply open: without a network, on another site, on another device."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.web.app import create_app
from bot.web.resume import ResumeDoor
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.resume_codes import ResumeCodes
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.web.browser.conftest import OpenPage, Serve
from tests.bot.web.browser.walking import QUESTION, ask, conversation
from tests.bot.web.cookies import callers


@pytest.fixture
def address(serve: Serve) -> str:
    return serve(create_app(conversation(), speech()))  # type: ignore[arg-type]


def other_site(script: str) -> Starlette:
    """A page of somebody else with our one line in it."""
    page = f'<!DOCTYPE html><title>残联</title><h1>残联</h1><script src="{script}widget.js" defer></script>'

    async def answer(request: object) -> HTMLResponse:
        return HTMLResponse(page)

    return Starlette(routes=[Route("/", answer), Route("/favicon.ico", answer)])


def kept(page: Page) -> list[str]:
    """The addresses that stay on the device."""
    addresses = "caches.open('zhuyetong-shell').then((all) => all.keys()).then((all) => all.map(({ url }) => url))"
    return [urlsplit(each).path for each in page.evaluate(addresses)]


def test_the_page_opens_without_a_network_and_no_answer_is_kept(address: str, open_page: OpenPage) -> None:
    page = open_page(address)
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    ask(page, QUESTION)
    addresses = kept(page)

    assert {"/", "/page/style.css", "/page/chat.js"} <= set(addresses)
    assert [each for each in addresses if each != "/" and not each.startswith("/page/")] == []
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#note")).to_contain_text("没有网络")
    expect(page.locator("#log > li")).to_have_count(0)
    expect(page.locator("#starters button")).to_have_count(8)


def test_another_site_that_is_named_holds_the_page_with_one_line(serve: Serve, open_page: OpenPage) -> None:
    # The address is known only once it is served, so the site is named by the host that both share.
    chat = serve(create_app(conversation(), speech(), embedding=("http://localhost:*",)))  # type: ignore[arg-type]
    site = serve(other_site(chat)).replace("127.0.0.1", "localhost")
    page = open_page(site)
    button = page.get_by_role("button", name="助业通：就业政策问答")
    expect(button).to_have_attribute("aria-expanded", "false")
    assert page.locator("iframe").get_attribute("src") is None
    button.press("Enter")

    inside = page.frame_locator("iframe[title='助业通：就业政策问答']")
    inside.locator("#text").fill(QUESTION)
    inside.locator("#send").click()
    expect(inside.locator("#log")).to_contain_text("不会停")
    page.get_by_role("button", name="收起助业通").press("Enter")
    expect(page.locator("iframe")).to_be_hidden()


def test_any_other_site_cannot_hold_the_page(address: str, serve: Serve, chromium: str, playwright: object) -> None:
    site = serve(other_site(address)).replace("127.0.0.1", "localhost")
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])  # type: ignore[attr-defined]
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    page.goto(site)
    page.locator("button").click()
    page.wait_for_timeout(1_000)

    assert any("frame-ancestors" in text for text in refused)
    browser.close()


def test_a_number_goes_on_with_the_conversation_on_another_device(
    tmp_path: Path, serve: Serve, open_page: OpenPage
) -> None:
    codes = ResumeCodes(Database(f"sqlite:///{tmp_path}/records.db"), Cipher.load(tmp_path / "key"))
    fake = conversation()
    door = ResumeDoor(codes, callers())
    address = serve(create_app(fake, speech(), resume=door, callers=callers()))  # type: ignore[arg-type]
    first, second = open_page(address), open_page(address)
    ask(first, QUESTION)
    for page in (first, second):
        page.locator("#resume > summary").click()
    first.get_by_role("button", name="要一个号码").click()
    shown = first.locator("#code-given", has_text=re.compile(r"\d{4} \d{4}"))
    given = re.findall(r"\d{4} \d{4}", shown.inner_text())
    field = second.get_by_label("别的设备上要来的号码")
    field.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("还没有写号码"))
    field.fill(given[0])
    field.press("Enter")

    expect(second.locator("#log")).to_contain_text("您说再说一遍。")
    asked, repeated = fake.turns
    assert asked.sender == repeated.sender
    expect(second.locator("#text")).to_be_focused()
