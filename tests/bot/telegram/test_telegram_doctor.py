"""`zhuyetong doctor` says whose the token is, or what is wrong with it."""

import asyncio

import pytest

from bot.cli.doctor import _telegram
from bot.findings import Finding
from bot.settings import Settings, TelegramSettings
from tests.bot.telegram.emulator import TOKEN, BotApi, Fault


async def finding(server: str) -> Finding:
    # In a thread: the doctor has a loop of its own.
    return await asyncio.to_thread(_telegram, Settings(telegram=TelegramSettings(TOKEN, server)))


async def test_a_good_token_tells_the_bot_s_name(api: BotApi) -> None:
    assert await finding(api.url) == Finding("Telegram", True, "@zhuyetong_bot (助业通)")


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault(401, description="Unauthorized"), "the token is not accepted"),
        (Fault(502), "was not reached (NetworkError)"),
    ],
)
async def test_what_is_wrong_is_told_without_the_token(api: BotApi, fault: Fault, text: str) -> None:
    api.faults = lambda method, about: fault if method == "getMe" and not about else None
    found = await finding(api.url)

    assert (found.good, text in found.text, TOKEN in repr(found)) == (False, True, False)


async def test_a_server_that_is_not_there_is_named(api: BotApi) -> None:
    found = await finding("http://127.0.0.1:1")

    assert found.text == "http://127.0.0.1:1 was not reached (ConnectError)"


def test_without_a_token_the_door_is_closed_and_nothing_is_wrong() -> None:
    assert _telegram(Settings()).good
