"""Whether an answer helped: counted from a page, and refused where it is no opinion."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.web.app import create_app
from bot.web.feedback import FeedbackDoor
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.web.cookies import callers, cookie_of
from tests.bot.web.talking import FakeConversation

JSON = {"content-type": "application/json"}


class FakeCount:
    """Counts three opinions of each sender."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, str, bool]] = []

    def note(self, sender: str, door: str, useful: bool) -> bool:
        if len(self.noted) == 3:
            return False
        self.noted.append((sender, door, useful))
        return True


@pytest.fixture
def count() -> FakeCount:
    return FakeCount()


@pytest.fixture
async def client(count: FakeCount) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(FakeConversation(), speech(), feedback=FeedbackDoor(count.note, callers()).answer)  # type: ignore[arg-type]
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test", cookies=cookie_of()) as client:
        yield client


async def test_an_opinion_is_counted(client: httpx.AsyncClient, count: FakeCount) -> None:
    for useful in (True, False):
        answer = await client.post("/api/feedback", json={"useful": useful})
        assert (answer.status_code, answer.content) == (204, b"")

    assert count.noted == [("web-1", "web", True), ("web-1", "web", False)]


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "useful",
        {},
        {"useful": "yes"},
        {"useful": 1},
        {"sender": "a", "useful": True},
        {"useful": True, "text": "我叫王大锤"},
    ],
)
async def test_what_is_no_opinion_is_refused(client: httpx.AsyncClient, count: FakeCount, value: Any) -> None:
    assert (await client.post("/api/feedback", content=json.dumps(value), headers=JSON)).status_code == 422
    assert count.noted == []


async def test_what_is_no_json_or_too_large_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/feedback", content=b"\xff{", headers=JSON)).status_code == 422
    assert (await client.post("/api/feedback", content=b"[" * 2000, headers=JSON)).status_code == 422
    assert (await client.post("/api/feedback", content=b" " * 5000, headers=JSON)).status_code == 413


async def test_who_says_so_too_often_is_told(client: httpx.AsyncClient) -> None:
    sent = [await client.post("/api/feedback", json={"useful": True}) for _ in range(4)]

    assert [each.status_code for each in sent] == [204, 204, 204, 429]


async def test_whoever_was_answered_nothing_has_no_opinion_of_it(client: httpx.AsyncClient, count: FakeCount) -> None:
    client.cookies.clear()

    assert (await client.post("/api/feedback", json={"useful": True})).status_code == 403
    assert count.noted == []
