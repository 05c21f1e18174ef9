"""Browsers are known by their cookie, programs by their key, and what comes from elsewhere is refused."""

import time
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import ClientDisconnect

from bot.messages import Message, Reply
from bot.senders import WEB, Sender
from bot.web.app import create_app
from bot.web.cookies import LASTS
from dialogue.mark import Status
from tests.bot.speech.hearing_and_speaking import said, speech
from tests.bot.web.cookies import KEY, ME, PROGRAM, callers, cookie_of
from tests.bot.web.talking import Client, FakeConversation
from voice.sound.audio import write_wav

EMBEDDING = "https://www.example.cn"


@pytest.fixture
def fake() -> FakeConversation:
    return FakeConversation()


def browser(
    fake: FakeConversation, *, embedded: bool = False, base: str = "http://test", **about: object
) -> httpx.AsyncClient:
    embedding = (EMBEDDING,) if embedded else ()
    app = create_app(fake, speech(), embedding=embedding, callers=callers(embedded))  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base, **about)  # type: ignore[arg-type]


async def test_a_browser_goes_on_by_its_cookie_alone(fake: FakeConversation) -> None:
    async with browser(fake) as one, browser(fake) as other:
        begun = (await one.post("/api/session", json={})).json()
        await one.post("/api/chat", json={"text": "一"})
        again = (await one.post("/api/session", json={})).json()
        await other.get("/")
        await other.post("/api/chat", json={"text": "二"})

    first, second = (turn.sender for turn in fake.turns)
    assert (begun, again) == ({"goes_on": False}, {"goes_on": True})
    assert first != second
    assert {first.door, second.door} == {"web"}
    assert len(first.name) >= 22


async def test_a_cookie_that_was_not_used_for_a_day_is_nobody_s(fake: FakeConversation) -> None:
    async with browser(fake, cookies=cookie_of(used=time.time() - LASTS - 1)) as client:
        await client.post("/api/chat", json={"text": "一"})

    assert fake.turns[0].sender != ME


async def test_a_cookie_that_is_used_lasts_on_and_is_not_set_each_time(fake: FakeConversation) -> None:
    async with browser(fake, cookies=cookie_of(used=time.time() - 3_600)) as client:
        late = await client.post("/api/chat", json={"text": "一"})
    async with browser(fake, cookies=cookie_of()) as client:
        soon = await client.post("/api/chat", json={"text": "二"})

    assert ("set-cookie" in late.headers, "set-cookie" in soon.headers) == (True, False)
    assert [turn.sender for turn in fake.turns] == [ME, ME]


@pytest.mark.parametrize("forged", ["1.99999999999.", "1.99999999999.0", "telegram-777001", "..", "\u00ff.1.2", ""])
async def test_a_cookie_that_is_not_ours_is_nobody_s(fake: FakeConversation, forged: str) -> None:
    async with browser(fake) as client:
        headers = {b"cookie": f"zhuyetong={forged}".encode()}
        await client.post("/api/chat", json={"text": "一"}, headers=headers)

    assert fake.turns[0].sender.name not in forged.split(".")


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(fake: FakeConversation) -> None:
    async with browser(fake) as client:
        plain = (await client.get("/")).headers["set-cookie"]
    async with browser(fake, base="https://test") as client:
        answer = await client.get("/")
    async with browser(fake, embedded=True, base="https://test") as client:
        framed = (await client.get("/")).headers["set-cookie"]
    secure = answer.headers["set-cookie"]

    assert plain.startswith("zhuyetong=")
    assert plain.endswith("; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax")
    assert secure.startswith("__Host-zhuyetong=")
    assert secure.endswith("HttpOnly; SameSite=Lax; Secure")
    assert framed.endswith("HttpOnly; SameSite=None; Secure; Partitioned")
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"


async def test_a_program_without_a_key_names_nobody_of_the_web_or_telegram(fake: FakeConversation) -> None:
    async with browser(fake, cookies=cookie_of()) as client:
        for name in ("telegram-777001", ME.key):
            await client.post("/api/chat", json={"sender": name, "text": "一"})
            await client.post("/api/speech", params={"sender": name}, content=write_wav(said("一")))

    assert {turn.sender.door for turn in fake.turns} == {"open"}
    assert not any(turn.sender.identified for turn in fake.turns)


async def test_a_program_with_a_key_answers_for_its_people(fake: FakeConversation) -> None:
    async with browser(fake, headers={"authorization": f"Bearer {KEY}"}) as client:
        await client.post("/api/chat", json={"sender": "p-1", "text": "一"})
        nobody = await client.post("/api/chat", json={"text": "一"})

    (turn,) = fake.turns
    assert (turn.sender.key, turn.sender.identified) == (f"api-{PROGRAM}-p-1", True)
    assert nobody.status_code == 422


async def test_a_wrong_key_is_refused_with_a_sentence(fake: FakeConversation) -> None:
    async with browser(fake, headers={"authorization": f"Bearer {KEY[:-1]}"}) as client:
        answer = await client.post("/api/chat", json={"sender": "p-1", "text": "一"})

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert "密钥" in answer.json()["error"]
    assert fake.turns == []


async def test_the_end_forgets_the_talk_and_the_cookie(fake: FakeConversation) -> None:
    async with browser(fake) as client:
        await client.post("/api/session", json={})
        await client.post("/api/chat", json={"text": "一"})
        await client.post("/api/session/end", json={})

        assert fake.forgotten == [fake.turns[0].sender]
        assert list(client.cookies) == []


async def test_saying_so_in_words_takes_the_cookie_too(fake: FakeConversation) -> None:
    fake.answers["我用完了"] = Reply((Message("好", "好"),), Status.ENDED)
    async with browser(fake) as client:
        await client.post("/api/chat", json={"text": "一"})
        await client.post("/api/chat", json={"text": "我用完了"})

        assert list(client.cookies) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": "http://test.evil.example"},
        {"sec-fetch-site": "cross-site", "origin": "http://test"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/chat", "/api/speech", "/api/session", "/api/session/end", "/api/feedback"])
async def test_another_site_s_page_changes_nothing(fake: FakeConversation, path: str, headers: dict[str, str]) -> None:
    async with browser(fake, cookies=cookie_of()) as client:
        answer = await client.post(path, json={"text": "转人工"}, headers=headers)

    assert answer.status_code == 403
    assert "别的网站" in answer.json()["error"]
    assert (fake.turns, fake.forgotten) == ([], [])


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example", "host": "test"}, {"sec-fetch-site": "cross-site"}]
)
async def test_another_site_s_page_opens_no_talk(fake: FakeConversation, headers: dict[str, str]) -> None:
    app = create_app(fake, speech(), callers=callers())  # type: ignore[arg-type]
    async with Client(app, headers=headers) as client:
        assert await client.ended() == 1008

    assert client.lines == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin", "origin": "http://test"},
        {"origin": "http://test"},
        {"sec-fetch-site": "cross-site", "origin": EMBEDDING},
    ],
)
async def test_our_own_page_and_programs_are_answered(fake: FakeConversation, headers: dict[str, str]) -> None:
    async with browser(fake, embedded=True) as client:
        assert (await client.post("/api/chat", json={"text": "一"}, headers=headers)).status_code == 200


async def test_a_form_of_another_site_is_no_json(fake: FakeConversation) -> None:
    async with browser(fake) as client:
        answer = await client.post("/api/chat", content=b'{"text": "x"}', headers={"content-type": "text/plain"})

    assert answer.status_code == 415
    assert fake.turns == []


async def test_a_talk_aloud_is_the_browser_s_by_the_cookie_of_the_handshake(fake: FakeConversation) -> None:
    app = create_app(fake, speech(), callers=callers())  # type: ignore[arg-type]
    (cookie,) = cookie_of().items()
    async with Client(app, headers={"cookie": "=".join(cookie)}) as client:
        await client.says(type="hello")
        await client.next("hello")
        await client.says(type="text", text="再说一遍")
        await client.next("reply")

    assert fake.turns[0].sender == Sender(WEB, "1")


@pytest.mark.parametrize("path", ["/api/chat", "/api/speech"])
async def test_who_hangs_up_while_sending_leaves_no_traceback(
    fake: FakeConversation, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def cut_off() -> AsyncIterator[bytes]:
        yield b'{"text": '
        raise ClientDisconnect

    async with browser(fake) as client:
        await client.post(path, content=cut_off(), headers={"content-type": "application/json"})

    assert caplog.records == []
