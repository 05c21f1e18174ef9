"""Whether an answer helped: counted from a page, and refused where it is no opinion."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.web.app import create_app
from bot.web.feedback import FeedbackDoor
from tests.bot.hearing_and_speaking import speech
from tests.web.talking import FakeConversation


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
    app = create_app(FakeConversation(), speech(), feedback=FeedbackDoor(count.note).answer)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


async def test_an_opinion_is_counted(client: httpx.AsyncClient, count: FakeCount) -> None:
    for useful in (True, False):
        answer = await client.post("/api/feedback", json={"sender": "web-1", "useful": useful})
        assert (answer.status_code, answer.content) == (204, b"")

    assert count.noted == [("web-1", "web", True), ("web-1", "web", False)]


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "useful",
        {"useful": True},
        {"sender": "", "useful": True},
        {"sender": "a" * 201, "useful": True},
        {"sender": 1, "useful": True},
        {"sender": "a", "useful": "yes"},
        {"sender": "a", "useful": 1},
        {"sender": "a", "useful": True, "text": "我叫王大锤"},
    ],
)
async def test_what_is_no_opinion_is_refused(client: httpx.AsyncClient, count: FakeCount, value: Any) -> None:
    assert (await client.post("/api/feedback", json=value)).status_code == 422
    assert count.noted == []


async def test_what_is_no_json_or_too_large_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/feedback", content=b"\xff{")).status_code == 422
    assert (await client.post("/api/feedback", content=b"[" * 2000)).status_code == 422
    assert (await client.post("/api/feedback", content=b" " * 5000)).status_code == 413


async def test_who_says_so_too_often_is_told(client: httpx.AsyncClient) -> None:
    sent = [await client.post("/api/feedback", json={"sender": "web-1", "useful": True}) for _ in range(4)]

    assert [each.status_code for each in sent] == [204, 204, 204, 429]
