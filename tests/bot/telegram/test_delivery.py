"""Each answer comes once, in order, whatever Telegram and the network do."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.messages import Message, Reply, Script
from bot.senders import Sender
from bot.settings import TelegramSettings
from bot.telegram.receiving import SECRET_HEADER, secret
from bot.telegram.service import WEBHOOK_PATH
from bot.web.app import create_app
from dialogue.mark import Status
from registry.limits.asked_from import AskedFrom
from registry.telegram.chats import TelegramChats
from registry.telegram.mail import TelegramMail
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.telegram.conftest import Open
from tests.bot.telegram.emulator import TOKEN, BotApi, Fault
from tests.bot.telegram.people import GROUP, in_group, text
from tests.bot.telegram.talking import Echo, said
from tests.bot.web.talking import FakeConversation


class FailsFirst:
    """Lets the first calls of a method fail, one after the other as it was told."""

    def __init__(self, method: str, *faults: Fault) -> None:
        self._method = method
        self._faults = list(faults)

    def __call__(self, method: str, about: Mapping[str, Any]) -> Fault | None:
        return self._faults.pop(0) if method == self._method and self._faults else None


async def test_an_update_that_is_delivered_five_times_is_answered_once(
    opened: Open, api: BotApi, talk: Echo, met: None
) -> None:
    api.repeats = 5
    number = api.push(**text("低保会停吗"))
    async with opened():
        await api.until(lambda: api._delivered[number] >= 5 and api.sent)
        await asyncio.sleep(0.1)

    assert (api.to(7), len(talk.turns)) == (["答：低保会停吗"], 1)


async def test_an_update_that_is_delivered_again_after_a_restart_is_not_answered_again(
    opened: Open, api: BotApi, met: None
) -> None:
    api.repeats = 2
    api.push(**text("低保会停吗"))
    async with opened():
        await api.until(lambda: api.sent)
    api.push(**text("那找谁"))
    async with opened():
        await api.until(lambda: len(api.sent) == 2)

    assert api.to(7) == ["答：低保会停吗", "答：那找谁"]


async def test_an_update_that_was_taken_and_not_answered_is_answered_after_a_restart(
    opened: Open, api: BotApi, met: None, mail: TelegramMail
) -> None:
    mail.take({5: json.dumps({"update_id": 5, **text("低保会停吗")})})
    async with opened():
        await api.until(lambda: api.sent)

    assert api.to(7) == ["答：低保会停吗"]


async def test_a_message_that_was_not_begun_is_sent_after_a_restart_and_one_that_was_begun_is_asked_about(
    opened: Open, api: BotApi, met: None, mail: TelegramMail
) -> None:
    bodies = [
        json.dumps({"chat": chat, "html": f"第{chat}句", "buttons": [], "if_unknown": "say_so"}) for chat in (7, 8)
    ]
    first, _ = mail.answer(5, "telegram-7", bodies)
    mail.begin(first.id)
    async with opened():
        await api.until(lambda: len(api.sent) == 2)

    assert (api.to(7), api.to(8)) == ([said("may_be_lost")], ["第8句"])
    assert mail.left() == []


async def test_a_flood_limit_holds_its_chat_and_no_other(opened: Open, api: BotApi, met: None) -> None:
    api.faults = FailsFirst("sendMessage", Fault(429, retry_after=2, description="Too Many Requests"))
    async with opened():
        started = time.monotonic()
        api.push(**text("一"))
        await api.until(lambda: api.calls["sendMessage"])
        api.push(**text("二", chat=8))
        await api.until(lambda: len(api.sent) == 2)

    other, held = api.sent
    assert (other.chat, held.chat, held.text) == (8, 7, "答：一")
    assert other.at - started < 1 < 2 <= held.at - started


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_after_an_error_of_telegram_s_own_the_message_is_sent_again(
    opened: Open, api: BotApi, met: None, status: int
) -> None:
    api.faults = FailsFirst("sendMessage", Fault(status), Fault(status))
    api.push(**text("一"))
    api.push(**text("二"))
    async with opened():
        await api.until(lambda: len(api.sent) == 2)

    assert api.to(7) == ["答：一", "答：二"]


@pytest.mark.parametrize("done", [True, False])
async def test_where_nobody_knows_whether_it_came_it_is_not_sent_twice_and_the_person_hears_how_to_get_it(
    opened: Open, api: BotApi, met: None, mail: TelegramMail, done: bool
) -> None:
    api.faults = FailsFirst("sendMessage", Fault(done=done), Fault(done=False))
    api.push(**text("一"))
    async with opened():
        await api.until(lambda: said("may_be_lost") in api.to(7))

    assert api.to(7) == (["答：一"] if done else []) + [said("may_be_lost")]
    assert api.sent[-1].buttons == [("再说一遍", "再说一遍")]
    assert mail.left() == []


async def test_a_chat_that_blocks_the_bot_keeps_nothing_waiting_and_gets_nothing_more(
    opened: Open, api: BotApi, met: None, mail: TelegramMail
) -> None:
    api.faults = FailsFirst("sendMessage", Fault(403, description="Forbidden: bot was blocked by the user"))
    api.push(**text("一"))
    api.push(**text("二", chat=8))
    async with opened():
        await api.until(lambda: api.to(8) and not mail.left())

    assert api.to(7) == []


async def test_a_group_that_got_another_number_is_answered_there(opened: Open, api: BotApi) -> None:
    moved = Fault(400, description="Bad Request: group chat was upgraded", migrate_to=-100_999)
    api.faults = FailsFirst("sendMessage", moved)
    api.push(**in_group("@zhuyetong_bot 低保会停吗"))
    async with opened():
        await api.until(lambda: api.sent)

    assert (api.to(GROUP), api.to(-100_999)) == ([], ["答：低保会停吗"])


async def test_telegram_that_cannot_be_reached_is_asked_again(opened: Open, api: BotApi, met: None) -> None:
    faults = {"getMe": FailsFirst("getMe", Fault(502)), "getUpdates": FailsFirst("getUpdates", Fault(), Fault(409))}
    api.faults = lambda method, about: faults[method](method, about) if method in faults else None
    api.push(**text("一"))
    async with opened():
        await api.until(lambda: api.sent)

    assert api.to(7) == ["答：一"]


async def test_a_token_that_is_not_accepted_closes_this_door_alone_and_is_not_logged(
    opened: Open, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    api.faults = FailsFirst("getMe", Fault(401, description="Unauthorized"))
    async with opened():
        await api.until(lambda: "BotFather" in caplog.text)

    assert TOKEN not in caplog.text


async def test_what_people_say_is_not_logged(
    opened: Open, api: BotApi, talk: Echo, met: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    api.faults = FailsFirst("sendMessage", Fault(), Fault(500), Fault(400, description="Bad Request"))
    api.push(**text("我叫王小明视力二级"))
    api.push(message={"message_id": "王小明", "chat": 3})
    api.push(**text("好", chat=8))
    async with opened():
        await api.until(lambda: api.to(8))

    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert [line for line in lines if "王小明" in line or "视力" in line or TOKEN in line] == []


async def test_two_hundred_chats_at_once_keep_their_order(
    opened: Open, api: BotApi, talk: Echo, chats: TelegramChats
) -> None:
    talk.slow = {"第0句": 0.05}
    for place in range(3):
        for chat in range(1, 201):
            api.push(**text(f"第{place}句", chat=chat))
    async with opened() as door:
        # Order is what is looked at here; the pace has tests of its own.
        door._limiter.turn = _at_once  # type: ignore[method-assign]
        await api.until(lambda: len(api.sent) == 600, seconds=300)

    wrong = {
        chat
        for chat in range(1, 201)
        if [each.split("\n\n")[-1] for each in api.to(chat)] != ["答：第0句", "答：第1句", "答：第2句"]
    }
    assert wrong == set()


@asynccontextmanager
async def _at_once(chat: int) -> AsyncIterator[None]:
    yield


async def test_a_blocked_conversation_holds_up_no_other(opened: Open, api: BotApi, talk: Echo, met: None) -> None:
    talk.slow["慢"] = 30.0
    api.push(**text("慢"))
    async with opened():
        await api.until(lambda: talk.turns)
        started = time.monotonic()
        api.push(**text("快", chat=8))
        await api.until(lambda: api.to(8))
        assert time.monotonic() - started < 1.0
    # What was under way is not lost: it is answered after the next start.
    talk.slow.clear()
    async with opened():
        await api.until(lambda: api.to(7))

    assert api.to(7) == ["答：慢"]


async def test_a_fault_of_ours_keeps_the_next_message_from_nothing(
    opened: Open, api: BotApi, talk: Echo, met: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(sender: Sender, response: str, script: Script | None = None, **values: str) -> Message:
        raise ValueError(response)

    monkeypatch.setattr(talk, "say", fail)
    api.push(**text("/easy"))
    api.push(**text("一"))
    async with opened():
        await api.until(lambda: api.sent)

    assert api.to(7) == ["答：一"]


async def test_a_pace_that_telegram_allows_is_kept(opened: Open, api: BotApi, talk: Echo) -> None:
    api.strict = True
    for chat in range(1, 41):
        api.push(**text("一", chat=chat))
        api.push(**text("二", chat=chat))
    async with opened():
        await api.until(lambda: len(api.sent) == 80, seconds=20)

    assert api.calls["sendMessage"] == 80


async def test_long_answers_come_in_parts_in_order(opened: Open, api: BotApi, talk: Echo, met: None) -> None:
    long = "".join(f"第{number}句话说的是这样一件不长不短的事情。" for number in range(400))
    talk.replies["长"] = Reply((Message(long, ""),), Status.ANSWERED)
    api.push(**text("长"))
    async with opened():
        await api.until(lambda: "".join(api.to(7)) == long)

    assert len(api.sent) == 3


async def test_a_webhook_is_registered_and_takes_only_what_telegram_sends(
    opened: Open, api: BotApi, talk: Echo, met: None, mail: TelegramMail
) -> None:
    update = {"update_id": 9, **text("低保会停吗")}
    async with opened(webhook="https://bot.example") as door:
        await api.until(lambda: api.webhook and door._open)
        transport = httpx.ASGITransport(Starlette(routes=door.routes))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            key = {SECRET_HEADER: secret(TOKEN)}
            requests: list[tuple[dict[str, str], str | bytes]] = [
                ({}, json.dumps(update)),
                ({SECRET_HEADER: "wrong"}, json.dumps(update)),
                (key, "no json"),
                (key, "[1]"),
                (key, b"x" * (2 << 20)),
                *[(key, json.dumps(update))] * 5,
            ]
            statuses = [
                (await client.post(WEBHOOK_PATH, headers=headers, content=content)).status_code
                for headers, content in requests
            ]
        await api.until(lambda: api.sent)

    assert statuses == [403, 403, 400, 400, 413, 200, 200, 200, 200, 200]
    assert (api.to(7), api.calls["getUpdates"]) == (["答：低保会停吗"], 0)
    assert api.webhook["url"] == f"https://bot.example{WEBHOOK_PATH}"
    assert api.webhook["secret_token"] == secret(TOKEN)


async def test_people_do_not_count_by_the_address_from_which_telegram_calls(
    opened: Open, api: BotApi, talk: Echo, met: None
) -> None:
    async with opened(webhook="https://bot.example") as door:
        await api.until(lambda: api.webhook and door._open)
        app = create_app(FakeConversation(), speech(), door.routes)  # type: ignore[arg-type]
        transport = httpx.ASGITransport(app, client=("149.154.167.197", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            update = {"update_id": 9, **text("低保会停吗")}
            await client.post(WEBHOOK_PATH, headers={SECRET_HEADER: secret(TOKEN)}, json=update)
        await api.until(lambda: api.sent)

    assert talk.asked_from == [AskedFrom()]


def test_the_token_is_in_no_repr() -> None:
    assert TOKEN not in repr(TelegramSettings(TOKEN))
