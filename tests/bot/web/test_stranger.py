"""A stranger who knows only the web's address, over real HTTP and WebSocket: nothing of others is read or changed."""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import uvicorn
import websockets

from bot.conversation import Conversation
from bot.engine.agent import Talk
from bot.messages import Reply, Turn
from bot.senders import OPEN, TELEGRAM, WEB, Sender
from bot.web.app import create_app
from dialogue.mark import Status
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.test_senders import VARIANTS

PERSONAL = ("我要登记就业需求", "查一下我的登记", "我要改登记的电话", "删除我的登记", "把我登记的内容给我")


@pytest.fixture
async def address(conversation: Conversation) -> AsyncIterator[str]:
    """Of the service, as uvicorn serves it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(create_app(conversation, speech()), ws="wsproto", log_level="error", access_log=False)
        )
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await serving


async def talk(address: str, hello: str, *texts: str) -> list[dict[str, Any]]:
    """What comes back to a hello and then these texts."""
    lines: list[dict[str, Any]] = []
    async with websockets.connect(f"ws://{address}/api/voice") as client:  # type: ignore[attr-defined]
        await client.send(hello)
        for text in ("", *texts):
            if text:
                await client.send(json.dumps({"type": "text", "text": text}))
            while not lines or lines[-1]["type"] not in ({"reply", "error"} if text else {"hello", "error"}):
                received = await asyncio.wait_for(client.recv(), 30)
                if isinstance(received, str):
                    lines.append(json.loads(received))
            if lines[-1].get("fatal"):
                return lines
            lines.append({"type": "next"})
    return lines


@pytest.fixture
def victim() -> Sender:
    return Sender(TELEGRAM, f"777001{os.urandom(3).hex()}")


async def test_nobody_on_the_web_reads_or_changes_a_talk_in_telegram(
    address: str, conversation: Conversation, victim: Sender
) -> None:
    for text in ("我要登记就业需求", "同意", "同意", "我叫刘春梅", "13800138000"):
        reply = await conversation.handle(Turn(victim, text, "telegram"))
    before = (await conversation._engine.open(victim.key)).slots["form"]
    spellings = [each.replace("telegram-777001", victim.key) for each in VARIANTS if "telegram-777001" in each]
    for spelt in (victim.key, *spellings, f"tele\\ude00{victim.key[4:]}"):
        lines = await talk(
            address, f'{{"type": "hello", "sender": "{spelt}"}}', "再说一遍", "电话错了，是13999999999", "是"
        )
        told = json.dumps(lines, ensure_ascii=False)
        assert "刘春梅" not in told
        assert reply.messages[0].text not in told
        async with httpx.AsyncClient(base_url=f"http://{address}") as client:
            body = f'{{"sender": "{spelt}", "text": "再说一遍"}}'.encode()
            answer = await client.post("/api/chat", content=body, headers={"content-type": "application/json"})
        assert reply.messages[0].text not in answer.text

    assert (await conversation._engine.open(victim.key)).slots["form"] == before


@pytest.mark.parametrize("text", PERSONAL)
async def test_a_name_of_one_s_own_opens_nothing_personal(conversation: Conversation, text: str) -> None:
    who = Sender(OPEN, f"a-{os.urandom(4).hex()}")
    reply: Reply = await conversation.handle(Turn(who, text))

    assert reply.asking is None
    assert "认不出您是谁" in reply.messages[0].text


async def test_a_name_of_one_s_own_is_given_the_hotlines_and_no_place_in_the_queue(conversation: Conversation) -> None:
    who = Sender(OPEN, f"a-{os.urandom(4).hex()}")
    reply = await conversation.handle(Turn(who, "转人工"))

    assert reply.status is Status.HANDOFF
    assert "12385" in reply.messages[0].text
    assert "编号" not in reply.messages[0].text
    assert conversation._persons.state_of(who.key) is None


async def test_a_name_of_one_s_own_is_answered_and_told_sums(conversation: Conversation) -> None:
    who = Sender(OPEN, f"a-{os.urandom(4).hex()}")
    answered = await conversation.handle(Turn(who, "农村电商扶持残疾人吗"))
    summed = await conversation.handle(Turn(who, "帮我算一下单位要安排几个残疾人"))

    assert (answered.status, summed.status) == (Status.ANSWERED, Status.FORM)


@pytest.mark.parametrize("text", ["我用完了", "我用完了。", "我用完了，谢谢！"])
async def test_whoever_says_they_have_finished_leaves_nothing_behind(conversation: Conversation, text: str) -> None:
    who = Sender(WEB, os.urandom(8).hex())
    for said in ("我要登记就业需求", "同意", "同意", "我叫刘春梅"):
        await conversation.handle(Turn(who, said))
    reply = await conversation.handle(Turn(who, text))

    assert reply.status is Status.ENDED
    assert await conversation._engine.open(who.key) == Talk()
    assert conversation._transcripts.of(who.key) == []
