"""The pages in the machine's own Chromium."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_BEEPING = "--use-fake-device-for-media-stream"
ARGUMENTS = (
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    _BEEPING,
)
"""A browser with a microphone that beeps and that it may use, and a page that may sound."""

OpenPage = Callable[..., Page]
Serve = Callable[[Any], str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture
def playwright() -> Iterator[Playwright]:
    """One for each test: while it is open, its event loop runs, and no other can in the tests that follow."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def chromium(playwright: Playwright) -> str:
    return find_chromium(playwright)


def find_chromium(playwright: Playwright) -> str:
    """Where Chromium is: the system's, else the one that Playwright has fetched."""
    found = next(filter(None, map(which, NAMES)), playwright.chromium.executable_path)
    if not Path(found).exists():
        # `make test` has tried to install it, and has said what is missing.
        pytest.skip("Chromium is not installed; run `bash tools/browser.sh`, which installs it or says how")
    return found


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves an application and gives its address; a page at localhost may use the microphone."""
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serve(app: Any) -> str:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, ws="wsproto", log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        servers.append((server, thread))
        while not server.started:
            assert thread.is_alive(), "the application did not start; its log says why"
            time.sleep(0.02)
        return f"http://127.0.0.1:{listening.getsockname()[1]}/"

    yield serve
    for server, thread in servers:
        server.should_exit = True
        thread.join(10)


def open_watched(context: BrowserContext, address: str, wrong: list[str]) -> Page:
    """A page at `address`; whatever goes wrong in its JavaScript, or against its policy, is added to `wrong`."""
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(address)
    return page


@pytest.fixture
def open_page(playwright: Playwright, chromium: str) -> Iterator[OpenPage]:
    """Opens pages; whatever goes wrong in their JavaScript fails the test at its end.

    `microphone` is a WAV file that the microphone hears again and again, True one that beeps, and False none at all.
    """
    browsers: list[Browser] = []
    wrong: list[str] = []

    def open_page(address: str, microphone: Path | bool = True, **about: Any) -> Page:
        arguments = [each for each in ARGUMENTS if microphone or each != _BEEPING]
        if isinstance(microphone, Path):
            arguments.append(f"--use-file-for-fake-audio-capture={microphone}")
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        browsers.append(browser)
        context: BrowserContext = browser.new_context(locale="zh-CN", **about)
        return open_watched(context, address, wrong)

    yield open_page
    for browser in browsers:
        try:
            browser.close()
        except Error as error:
            wrong.append(f"the browser did not close: {error}")
    assert wrong == []
