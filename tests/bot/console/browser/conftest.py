"""The console in Chromium, with invented people in its records."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bot.app.service import build_messages
from bot.console.app import create_console
from bot.console.context import ConsoleContext
from bot.console.sections import HOME
from bot.conversation import Conversation
from bot.web.app import create_app
from tests.bot.console.browser.office import SilentEngine
from tests.bot.console.conftest import ROLES, facts_read
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.web.browser.conftest import OpenPage, Serve, chromium, open_page, playwright, serve
from tests.bot.web.cookies import callers

__all__ = ["chromium", "open_page", "playwright", "serve"]

StaffPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture
def address(desk: ConsoleContext, serve: Serve) -> str:
    """Of the service, with the web chat that the console writes to; ends with a slash."""
    # Learnt once on a machine, and in no time that a page waits for.
    facts_read()
    library = desk.base.current().library
    conversation = Conversation(SilentEngine(), lambda: library, desk.records.transcripts, desk.records.persons)  # type: ignore[arg-type]
    messages = build_messages(desk.records, callers())
    return serve(create_app(conversation, speech(), [create_console(desk)], messages=messages, callers=callers()))


@pytest.fixture
def staff_page(desk: ConsoleContext, address: str, open_page: OpenPage) -> StaffPage:
    """Opens a page of the console as somebody of the role, who signed in before."""

    def staff_page(role: str, path: str = "/", **about: object) -> Page:
        page = open_page("about:blank", **about)
        sign_in(page, desk, role)
        page.goto(f"{address}console{path}")
        return page

    return staff_page


def sign_in(page: Page, desk: ConsoleContext, role: str) -> None:
    """Gives the browser a session of somebody of the role."""
    value = desk.records.sessions.begin(ROLES[role])
    page.context.add_cookies(
        [
            {
                "name": "zhuyetong_staff",
                "value": value,
                "httpOnly": True,
                "domain": "127.0.0.1",
                "path": HOME,
                "sameSite": "Strict",
            }
        ]
    )
