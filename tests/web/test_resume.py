"""Going on with a conversation on another device, over HTTP."""

from pathlib import Path

import httpx
import pytest

from bot.web.app import create_app
from bot.web.resume import ResumeDoor
from registry.database import Database
from registry.encryption import Cipher
from registry.resume_codes import ResumeCodes
from tests.bot.hearing_and_speaking import speech
from tests.web.talking import FakeConversation


@pytest.fixture
def client(tmp_path: Path) -> httpx.AsyncClient:
    codes = ResumeCodes(Database(f"sqlite:///{tmp_path}/records.db"), Cipher.load(tmp_path / "key"))
    app = create_app(FakeConversation(), speech(), resume=ResumeDoor(codes))  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


async def test_the_number_of_one_device_is_the_conversation_of_the_other(client: httpx.AsyncClient) -> None:
    given = (await client.post("/api/resume-code", json={"sender": "web-1"})).json()
    typed = f"{given['code'][:4]} {given['code'][4:]}"
    answer = await client.post("/api/resume", json={"code": typed})

    assert given["minutes"] == 10
    assert answer.json() == {"sender": "web-1"}
    assert answer.headers["cache-control"] == "no-store"


async def test_a_wrong_number_and_a_used_one_are_told_alike(client: httpx.AsyncClient) -> None:
    code = (await client.post("/api/resume-code", json={"sender": "web-1"})).json()["code"]
    await client.post("/api/resume", json={"code": code})
    used = await client.post("/api/resume", json={"code": code})
    wrong = await client.post("/api/resume", json={"code": "x"})

    assert (used.status_code, used.json()) == (wrong.status_code, wrong.json())
    assert used.status_code == 403


async def test_whoever_guesses_is_told_how_long_to_wait(client: httpx.AsyncClient) -> None:
    answers = [await client.post("/api/resume", json={"code": "00000000"}) for _ in range(11)]

    assert [each.status_code for each in answers] == [403] * 9 + [429] * 2
    assert "1分钟" in answers[-1].json()["error"]


@pytest.mark.parametrize("path", ["/api/resume-code", "/api/resume"])
@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"{}", b'{"sender": 5}', b'{"code": ""}', b"x" * 5_000])
async def test_what_is_no_request_is_refused_with_a_sentence(client: httpx.AsyncClient, path: str, body: bytes) -> None:
    answer = await client.post(path, content=body)

    assert (answer.status_code, list(answer.json())) == (422, ["error"])


async def test_no_number_leads_to_a_talk_in_telegram(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/resume-code", json={"sender": "telegram-42"})).status_code == 422


async def test_half_a_character_is_no_sender(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/resume-code", content=b'{"sender": "\\ud800"}')).status_code == 422
