"""Going on with a conversation on another device, over HTTP."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.web.app import create_app
from bot.web.resume import ResumeDoor
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.resume_codes import ResumeCodes
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.web.cookies import ME, callers, cookie_of
from tests.bot.web.talking import FakeConversation

JSON = {"content-type": "application/json"}


class Device(httpx.AsyncClient):
    """A browser with cookies of its own."""

    async def code(self) -> dict[str, Any]:
        code: dict[str, Any] = (await self.post("/api/resume-code", json={})).json()
        return code

    async def resumes(self, code: str) -> httpx.Response:
        return await self.post("/api/resume", json={"code": code})

    async def says(self, text: str) -> None:
        await self.post("/api/chat", json={"text": text})


@pytest.fixture
def fake() -> FakeConversation:
    return FakeConversation()


@pytest.fixture
def codes(tmp_path: Path) -> ResumeCodes:
    return ResumeCodes(Database(f"sqlite:///{tmp_path}/records.db"), Cipher.load(tmp_path / "key"))


@pytest.fixture
def device(codes: ResumeCodes, fake: FakeConversation) -> Callable[[], Device]:
    who = callers()
    app = create_app(fake, speech(), resume=ResumeDoor(codes, who), callers=who)  # type: ignore[arg-type]
    return lambda: Device(transport=httpx.ASGITransport(app), base_url="http://test")


@pytest.fixture
def client(device: Callable[[], Device]) -> Device:
    client = device()
    client.cookies.update(cookie_of())
    return client


async def test_the_number_of_one_device_is_the_conversation_of_the_other(
    client: Device, device: Callable[[], Device], fake: FakeConversation
) -> None:
    given, other = await client.code(), device()
    answer = await other.resumes(f"{given['code'][:4]} {given['code'][4:]}")
    await other.says("再说一遍")

    assert given["minutes"] == 10
    assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (204, b"", "no-store")
    assert fake.turns[0].sender == ME


async def test_a_wrong_number_and_a_used_one_are_told_alike(client: Device) -> None:
    code = (await client.code())["code"]
    await client.resumes(code)
    used, wrong = await client.resumes(code), await client.resumes("x")

    assert (used.status_code, used.json()) == (wrong.status_code, wrong.json())
    assert used.status_code == 403


async def test_a_browser_without_a_conversation_gets_no_number(client: Device) -> None:
    client.cookies.clear()

    assert (await client.post("/api/resume-code", json={})).status_code == 403


async def test_whoever_guesses_is_told_how_long_to_wait(client: Device) -> None:
    answers = [await client.resumes("00000000") for _ in range(11)]

    assert [each.status_code for each in answers] == [403] * 9 + [429] * 2
    assert "1分钟" in answers[-1].json()["error"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"{}", b'{"code": 5}', b'{"code": ""}', b"x" * 5_000])
async def test_what_is_no_request_is_refused_with_a_sentence(client: Device, body: bytes) -> None:
    answer = await client.post("/api/resume", content=body, headers=JSON)

    assert (answer.status_code, list(answer.json())) == (422, ["error"])
