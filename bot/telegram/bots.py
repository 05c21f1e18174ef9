"""Makes the Bot that talks with Telegram, and asks who it is."""

import asyncio

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.settings import TelegramSettings

_CONNECTIONS = 64
_SECONDS = 20.0
"""For an answer: who is impatient does not know whether Telegram has a message."""


def make_bot(settings: TelegramSettings, seconds: float = _SECONDS) -> Bot:
    """A Bot for the token and the server of `settings`."""
    return Bot(
        settings.token,
        base_url=f"{settings.server}/bot",
        base_file_url=f"{settings.server}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=_CONNECTIONS, read_timeout=seconds, connect_timeout=seconds / 2, pool_timeout=60.0
        ),
        get_updates_request=HTTPXRequest(connection_pool_size=1, connect_timeout=seconds / 2, pool_timeout=60.0),
    )


def who(settings: TelegramSettings) -> tuple[bool, str]:
    """Whether the token is good, and whose it is or what is wrong; never the token itself."""
    return asyncio.run(_who(settings))


async def _who(settings: TelegramSettings) -> tuple[bool, str]:
    try:
        async with make_bot(settings, seconds=5.0) as bot:
            return True, f"@{bot.username} ({bot.first_name})"
    except InvalidToken:
        return False, "the token is not accepted"
    except TelegramError as error:
        return False, f"{settings.server} was not reached ({type(error.__cause__ or error).__name__})"
