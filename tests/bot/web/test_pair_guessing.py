"""Whoever knows somebody's phone does not find their registration by guessing its number over the web."""

import asyncio
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
import uvicorn

from bot.app.connections import configured
from bot.conversation import Conversation
from bot.settings import Settings
from bot.web.app import create_app
from registry.registrations.registrations import Consent, Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.values.case_numbers import new_number
from tests.bot.speech.hearing_and_speaking import speech

PHONE = "13700137001"


@pytest.fixture
async def web(conversation: Conversation) -> AsyncIterator[str]:
    """The address of the service on a real socket."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(configured(create_app(conversation, speech()), ()))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    await serving


async def look_up(web: str, number: str) -> str:
    """What is said to a new browser that asks for the registration `number` with the phone it knows."""
    async with httpx.AsyncClient(base_url=web, timeout=60) as browser:
        for text in ("查一下我的登记", number, PHONE):
            answer = await browser.post("/api/chat", json={"text": text})
    return "\n".join(each["text"] for each in answer.json()["messages"])


async def test_the_sixth_wrong_pair_waits_and_the_right_one_is_not_opened_meanwhile(
    web: str, settings: Settings
) -> None:
    registrations = Registrations(Database(settings.database_url), Cipher.load(settings.key_file))
    told = {"name": "赵大山", "phone": PHONE, "city": "南昌"}
    number = registrations.register("somebody else", "web", told, [Consent("general", "2025-03", True)], "guessing")

    guesses = [await look_up(web, new_number()) for _ in range(6)]
    right = await look_up(web, number)

    assert ["没有找到" in each for each in guesses] == [True] * 5 + [False]
    assert "请过1分钟再试" in guesses[5]
    assert "分钟再试" in right
    assert number not in right.replace(" ", "")
