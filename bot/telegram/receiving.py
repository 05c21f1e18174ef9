"""Receives updates by polling or by webhook, and keeps them before Telegram may forget them."""

import asyncio
import hashlib
import hmac
import json
import logging
import warnings
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.http.body import read_body
from bot.telegram.sending import seconds_to_wait
from registry.errors import RegistryError

logger = logging.getLogger(__name__)

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update we ask for."""
SECONDS_TO_WAIT = 25
"""How long Telegram keeps a call open while there is nothing."""
_AT_ONCE = 100
_LONGEST_WAIT = 30.0
_LARGEST_BODY = 1 << 20
_MOST_WAITING = 2_000
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

# We want updates as Telegram wrote them: one that PTB cannot read would keep it from reading all the others.
warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'")

Take = Callable[[Mapping[int, str]], Awaitable[None]]
"""Keeps updates, bodies by number, before it returns."""


async def poll(bot: Bot, take: Take, waiting: Callable[[], int]) -> None:
    """Asks for updates until it is cancelled; `waiting` says how many are not answered yet."""
    offset, wait = 0, 1.0
    while True:
        if waiting() > _MOST_WAITING:
            await asyncio.sleep(0.1)
            continue
        try:
            updates = await bot.do_api_request(
                "getUpdates",
                {"offset": offset, "limit": _AT_ONCE, "timeout": SECONDS_TO_WAIT, "allowed_updates": [*ALLOWED]},
                read_timeout=SECONDS_TO_WAIT + 10,
            )
            bodies = _bodies(updates)
            if bodies:
                await take(bodies)
                offset = max(bodies) + 1
            wait = 1.0
        except (TelegramError, RegistryError) as error:
            logger.warning("%s; asking again in %.0f s", _told(error), wait)
            await asyncio.sleep(seconds_to_wait(error) if isinstance(error, RetryAfter) else wait)
            wait = min(wait * 2, _LONGEST_WAIT)


def secret(token: str) -> str:
    """What Telegram sends along when it calls, so that nobody else can: the same for the same token."""
    return hmac.new(token.encode(), b"zhuyetong: webhook", hashlib.sha256).hexdigest()


async def called(request: Request, take: Take, expected: str) -> Response:
    """Takes the update that Telegram calls with: 200 once it is kept."""
    if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), expected.encode()):
        return PlainTextResponse("not Telegram", 403)
    body = await read_body(request, _LARGEST_BODY)
    if body is None:
        return PlainTextResponse("too large", 413)
    try:
        bodies = _bodies([json.loads(body)])
    except (ValueError, RecursionError):
        bodies = {}
    if not bodies:
        return PlainTextResponse("no update", 400)
    try:
        await take(bodies)
    except RegistryError:
        logger.exception("an update was not kept; Telegram sends it again")
        return PlainTextResponse("try again", 503)
    return PlainTextResponse("")


def _bodies(updates: Any) -> Mapping[int, str]:
    """Updates by their numbers; what has none is nothing we could claim or answer."""
    found: Sequence[Any] = updates if isinstance(updates, list) else ()
    return {
        each["update_id"]: json.dumps(each, ensure_ascii=False)
        for each in found
        if isinstance(each, dict) and type(each.get("update_id")) is int
    }


def _told(error: Exception) -> str:
    """What happened, without the token that some texts hold."""
    if isinstance(error, Conflict):
        return "another process asks Telegram for this bot's updates; end it, or give it a token of its own"
    if isinstance(error, InvalidToken):
        return "Telegram does not accept the token; ask @BotFather for it and set TELEGRAM_BOT_TOKEN"
    if isinstance(error, RegistryError):
        return str(error)
    return f"Telegram was not reached ({type(error.__cause__ or error).__name__})"
