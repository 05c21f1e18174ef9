"""Somebody of staff with a browser."""

import re
from html import unescape
from types import TracebackType

import httpx
from httpx2 import Response
from starlette.testclient import TestClient

from bot.console.app import create_console
from bot.console.context import ConsoleContext
from bot.web.app import create_app
from tests.bot.console.accounts import code_of
from tests.bot.speech.hearing_and_speaking import speech

PASSWORD = "correct horse battery"


class Visitor:
    """Opens pages and sends the forms they hold, with what they hold."""

    def __init__(self, desk: ConsoleContext, base_url: str = "http://console.test") -> None:
        self._desk = desk
        app = create_app(desk.conversation, speech(), [create_console(desk)])
        self.browser = TestClient(app, base_url=base_url, follow_redirects=False, raise_server_exceptions=False)

    def sign_in(self, login: str, password: str = PASSWORD, code: str | None = None, to: str = "") -> Response:
        """Sends the form of signing in, with the one-time code of whoever has them where none is given."""
        if code is None:
            code = code_of(self._desk, login)
        address = "/console/sign-in" + (f"?next={to}" if to else "")
        token = csrf(self.browser.get(address))
        return self.browser.post(address, data={"csrf": token, "login": login, "password": password, "code": code})

    def open(self, path: str) -> Response:
        """A page of the console; `path` is below /console."""
        return self.browser.get(f"/console{path}")

    def send(self, path: str, page: str = "/", /, **fields: str) -> Response:
        """Sends a form to `path`, with the token that `page` holds."""
        return self.browser.post(f"/console{path}", data={"csrf": csrf(self.open(page)), **fields})

    def close(self) -> None:
        self.browser.close()

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def csrf(page: Response) -> str:
    """The token of the first form on a page; "" where it has none."""
    found = re.search(r'name="csrf" value="([^"]*)"', page.text)
    return unescape(found[1]) if found else ""


def text_of(page: httpx.Response | Response) -> str:
    """What a page says, without its markup."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.text)))
