"""One client cannot stop the service: every door of the web makes whoever asks too much wait, and says how long."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.senders import OPEN, Sender
from bot.tasks import cancel_and_wait
from bot.web.addresses import counted_as
from bot.web.app import create_app
from bot.web.feedback import FeedbackDoor
from bot.web.limiting import Limiting, TooMany
from bot.web.resume import ResumeDoor
from registry.errors import RegistryError
from registry.limits.buckets import BucketsInMemory
from registry.limits.limits import Limiter, limits
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.resume_codes import ResumeCodes
from tests.bot.speech.hearing_and_speaking import said, speech
from tests.bot.web.cookies import KEY, callers, cookie_of
from tests.bot.web.talking import Client, FakeConversation
from voice.sound.audio import write_wav

NOON = datetime(2025, 3, 1, 12, 0, 0, tzinfo=timezone.utc)


class BrokenBuckets:
    """A database that is gone."""

    waits = True

    def take(self, wanted: object) -> Any:
        raise RegistryError("gone")


@pytest.fixture
def cipher(tmp_path: Path) -> Cipher:
    return Cipher.load(tmp_path / "key")


@pytest.fixture
def fake() -> FakeConversation:
    return FakeConversation()


@pytest.fixture
def app(fake: FakeConversation, cipher: Cipher, tmp_path: Path) -> Starlette:
    codes = ResumeCodes(Database(f"sqlite:///{tmp_path}/records.db"), cipher)
    return create_app(
        fake,  # type: ignore[arg-type]
        speech(),
        resume=ResumeDoor(codes, callers()),
        feedback=FeedbackDoor(lambda *_: True, callers()).answer,
        limiter=Limiter(BucketsInMemory(lambda: NOON), cipher),
        callers=callers(),
    )


AT_ONCE = limits()["chat"].rates["sender"].at_once


def from_address(app: Any, address: str, **about: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(address, 1)), base_url="http://test", **about)


@pytest.fixture
def client(app: Starlette) -> httpx.AsyncClient:
    return from_address(app, "192.0.2.1", cookies=cookie_of())


async def statuses(client: httpx.AsyncClient, times: int, path: str, **about: Any) -> list[int]:
    return [(await client.post(path, **about)).status_code for _ in range(times)]


def turn(sender: str) -> dict[str, str]:
    return {"sender": sender, "text": "低保会停吗"}


async def test_who_writes_too_fast_is_told_how_long_to_wait(client: httpx.AsyncClient, fake: FakeConversation) -> None:
    first = await statuses(client, AT_ONCE, "/api/chat", json=turn("a"))
    answer = await client.post("/api/chat", json=turn("a"))

    assert (set(first), answer.status_code, answer.headers["retry-after"]) == ({200}, 429, "1")
    assert "请过1秒再发" in answer.json()["error"]
    assert len(fake.turns) == AT_ONCE


async def test_a_long_text_counts_for_several(client: httpx.AsyncClient) -> None:
    long = {"sender": "a", "text": "问" * 1_000}

    assert await statuses(client, 2, "/api/chat", json=long) == [200, 429]


async def test_many_senders_of_one_address_are_one_client(client: httpx.AsyncClient) -> None:
    answers = [(await client.post("/api/chat", json=turn(f"web-{number}"))).status_code for number in range(31)]

    assert answers == [200] * 30 + [429]


async def test_new_cookies_of_one_address_are_one_client(app: Any, fake: FakeConversation) -> None:
    answers = []
    for _ in range(31):
        async with from_address(app, "192.0.2.1") as browser:
            answers.append((await browser.post("/api/chat", json={"text": "低保会停吗"})).status_code)

    assert answers == [200] * 30 + [429]
    assert len({each.sender for each in fake.turns}) == 30


async def test_the_people_of_a_program_are_not_one_client_because_of_its_address(app: Starlette) -> None:
    at_once = limits()["chat"].rates["program"].at_once
    async with from_address(app, "192.0.2.1", headers={"authorization": f"Bearer {KEY}"}) as program:
        answers = [(await program.post("/api/chat", json=turn(f"p-{each}"))).status_code for each in range(at_once + 1)]
    async with from_address(app, "192.0.2.1") as other:
        beside = await other.post("/api/chat", json=turn("a"))

    assert answers == [200] * at_once + [429]
    assert beside.status_code == 200


async def test_a_program_s_own_people_write_no_faster_than_others(app: Starlette) -> None:
    async with from_address(app, "192.0.2.1", headers={"authorization": f"Bearer {KEY}"}) as program:
        assert await statuses(program, AT_ONCE + 1, "/api/chat", json=turn("p-1")) == [200] * AT_ONCE + [429]


async def test_a_key_that_is_none_of_ours_has_no_bucket_of_its_own(app: Starlette) -> None:
    answers = []
    async with from_address(app, "192.0.2.1") as client:
        for number in range(16):
            headers = {"authorization": f"Bearer {number}"}
            answers.append((await client.post("/api/resume", json={}, headers=headers)).status_code)

    assert answers == [422] * 15 + [429]


async def test_others_are_answered_meanwhile(app: Any, client: httpx.AsyncClient) -> None:
    await statuses(client, 40, "/api/chat", json=turn("a"))

    async with from_address(app, "192.0.2.2") as bystander:
        assert (await bystander.post("/api/chat", json=turn("b"))).status_code == 200


@pytest.mark.parametrize(
    ("path", "about", "name", "kind"),
    [
        ("/api/speech?sender=a", {"content": write_wav(said("问"))}, "speech", "sender"),
        ("/api/resume-code", {"json": {}}, "resume_code", "address"),
        ("/api/resume", {"json": {"code": "00000000"}}, "resume", "address"),
        ("/api/feedback", {"json": {"useful": True}}, "feedback", "address"),
        ("/api/session/end", {"json": {}}, "ending", "address"),
    ],
)
async def test_every_door_of_the_web_has_a_limit(
    client: httpx.AsyncClient, path: str, about: dict[str, Any], name: str, kind: str
) -> None:
    await statuses(client, limits()[name].rates[kind].at_once, path, **about)
    answer = await client.post(path, **about)

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert f"请过{answer.headers['retry-after']}秒" in answer.json()["error"]


async def test_what_was_written_on_the_plain_page_is_still_in_the_field(client: httpx.AsyncClient) -> None:
    form = {"text": "我吃低保<会不会停"}
    await statuses(client, AT_ONCE, "/", data=form)
    page = await client.post("/", data=form)

    assert (page.status_code, page.headers["retry-after"]) == (429, "1")
    assert "请过1秒再发" in page.text
    assert ">我吃低保&lt;会不会停</textarea>" in page.text


async def test_a_connection_too_many_is_refused_before_it_is_accepted(app: Starlette) -> None:
    for _ in range(limits()["voice"].rates["address"].at_once):
        async with Client(app) as client:
            await client.says(type="hello", sender="a")
            await client.next("hello")
    async with Client(app) as client:
        assert await client.ended() == 1013

    assert client.lines == []


async def test_who_writes_too_fast_in_a_talk_is_told_and_it_goes_on(app: Any, fake: FakeConversation) -> None:
    async with Client(app) as client:
        await client.says(type="hello", sender="a")
        await client.next("hello")
        for _ in range(AT_ONCE + 1):
            await client.says(type="text", text="问")
        error = await client.next("error")
        await client.says(type="rate", rate=1.5)
        await client.sends("{")
        await client.next("error", code="malformed")

    assert (error["code"], error["fatal"], error["seconds"]) == ("too_many", False, 1)
    assert fake.paces == {Sender(OPEN, "a"): 1.5}


async def test_where_nobody_can_count_people_are_answered(fake: FakeConversation, cipher: Cipher) -> None:
    app = create_app(fake, speech(), limiter=Limiter(BrokenBuckets(), cipher))  # type: ignore[arg-type]

    assert await statuses(from_address(app, "192.0.2.1"), 20, "/api/chat", json=turn("a")) == [200] * 20


async def test_one_address_cannot_hold_every_place_for_a_recording(app: Starlette) -> None:
    async def never() -> AsyncIterator[bytes]:
        yield b"RIFF"
        await asyncio.sleep(3_600)

    async with from_address(app, "192.0.2.1") as one, from_address(app, "192.0.2.2") as other:
        held = [asyncio.create_task(one.post("/api/speech?sender=a", content=never())) for _ in range(2)]
        await asyncio.sleep(0.05)
        third = await one.post("/api/speech?sender=a", content=write_wav(said("问")))
        bystander = await other.post("/api/speech?sender=b", content=write_wav(said("问")))
        await cancel_and_wait(held)

    assert (third.status_code, third.json()["code"], bystander.status_code) == (503, "busy", 200)


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", "unknown"),
    ],
)
def test_an_address_counts_as_the_network_of_one_customer(host: str, counted: str) -> None:
    assert counted_as(host) == counted


async def test_whoever_is_refused_waits_for_it_unless_too_many_do(
    cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[float] = []

    async def hold(seconds: float) -> None:
        held.append(seconds)

    limiting = Limiting(Limiter(BucketsInMemory(lambda: NOON), cipher), hold)
    for _ in range(AT_ONCE):
        await limiting.check("chat", Sender(OPEN, "a"))
    with pytest.raises(TooMany):
        await limiting.check("chat", Sender(OPEN, "a"))
    assert held == [1.0]

    monkeypatch.setattr("bot.web.limiting._HELD_AT_ONE_TIME", 0)
    with pytest.raises(TooMany):
        await limiting.check("chat", Sender(OPEN, "a"))
    assert held == [1.0]
