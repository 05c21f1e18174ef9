"""Many at once, or records that are locked: everybody gets an answer that says when to try again."""

import asyncio
from contextlib import AbstractContextManager
from dataclasses import replace
from threading import Event, Lock
from typing import Any

import httpx
import pytest

from bot.console.app import create_console
from bot.console.context import ConsoleContext
from bot.web.app import create_app
from registry.errors import RegistryError
from registry.limits.waiting_line import WaitingLine
from registry.staff.passwords import Passwords
from tests.bot.console.accounts import QUICK
from tests.bot.console.visitors import PASSWORD, Visitor, text_of
from tests.bot.speech.hearing_and_speaking import speech

MANY = 80


class SlowHasher:
    """Takes until the test lets it go on, and knows how many it checked at once."""

    def __init__(self) -> None:
        self.go_on = Event()
        self.most = 0
        self._inside = 0
        self._lock = Lock()

    def hash(self, password: str) -> str:
        return "of nobody"

    def verify(self, hash: str, password: str) -> bool:
        with self._lock:
            self._inside += 1
            self.most = max(self.most, self._inside)
        self.go_on.wait(30)
        with self._lock:
            self._inside -= 1
        return True

    def check_needs_rehash(self, hash: str) -> bool:
        return False


class LockedDatabase:
    """Is used by somebody else."""

    def session(self) -> AbstractContextManager[None]:
        raise RegistryError("sqlite:///records.db: cannot be used (OperationalError: database is locked)")

    writing = session


def browser(desk: ConsoleContext) -> httpx.AsyncClient:
    app = create_app(desk.conversation, speech(), [create_console(desk)])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://console.test", timeout=60)


def with_records(desk: ConsoleContext, **changes: Any) -> ConsoleContext:
    """The desk with something else in its records."""
    return replace(desk, records=replace(desk.records, **changes))


async def sign_in(client: httpx.AsyncClient, login: str) -> httpx.Response:
    form = {"csrf": "x", "login": login, "password": PASSWORD}
    return await client.post("/console/sign-in", data=form, headers={"cookie": "zhuyetong_signing_in=x"})


async def test_of_many_sign_ins_at_once_a_few_are_checked_and_the_rest_are_told(desk: ConsoleContext) -> None:
    hasher = SlowHasher()
    async with browser(with_records(desk, passwords=Passwords(hasher, WaitingLine(3, 12)))) as client:
        trying = [asyncio.create_task(sign_in(client, f"stranger{each}")) for each in range(MANY)]
        done, _ = await asyncio.wait(trying, return_when=asyncio.FIRST_COMPLETED)
        first = done.pop().result()
        hasher.go_on.set()
        answers = await asyncio.gather(*trying)

    assert (first.status_code, first.headers["retry-after"]) == (503, "5")
    assert "系统正忙" in text_of(first)
    assert hasher.most == 3
    assert {each.status_code for each in answers} <= {403, 429, 503}


async def test_many_right_passwords_at_once_let_in_or_are_told(desk: ConsoleContext) -> None:
    async with browser(with_records(desk, passwords=QUICK)) as client:
        answers = await asyncio.gather(*(sign_in(client, "limin") for _ in range(MANY)))

    statuses = [each.status_code for each in answers]
    assert set(statuses) <= {303, 503}
    assert 303 in statuses


@pytest.mark.parametrize("path", ["/", "/cases", "/live/queue", "/locked"])
def test_where_the_records_are_locked_a_page_says_so(desk: ConsoleContext, path: str) -> None:
    with Visitor(with_records(desk, database=LockedDatabase())) as visitor:
        visitor.browser.cookies.set("zhuyetong_staff", "token", domain="console.test", path="/console")
        page = visitor.open(path)

    assert (page.status_code, page.headers["retry-after"]) == (503, "5")
    assert "请过几秒再试" in text_of(page)
    assert "locked" not in page.text


def test_signing_in_while_the_records_are_locked_says_so(desk: ConsoleContext) -> None:
    with Visitor(with_records(desk, database=LockedDatabase())) as visitor:
        page = visitor.sign_in("limin", code="")

    assert page.status_code == 503
