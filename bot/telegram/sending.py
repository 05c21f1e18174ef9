"""Sends messages so that each comes once: waits where Telegram says so, and repeats only what it cannot have."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from enum import Enum

import httpx
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.telegram.outgoing import IfUnknown, Outgoing, from_json
from bot.telegram.send_limiter import SendLimiter
from bot.telegram.serial_executor import SerialExecutor
from bot.telegram.sound import Sound, SoundError, VoiceNote
from registry.telegram.mail import OutgoingMessage, TelegramMail

logger = logging.getLogger(__name__)

_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.WriteError,
    httpx.WriteTimeout,
)
"""After these Telegram has no whole request."""
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0
_TRIES_OF_A_WORD = 3
_VOICE_FORBIDDEN = "voice_messages_forbidden"


class Fate(Enum):
    """What became of a request."""

    NOT_SENT = "not sent"
    UNKNOWN = "unknown"


def fate(error: NetworkError) -> Fate:
    """Whether Telegram may have acted on a request that failed so."""
    cause = error.__cause__
    # With no fault of the network beneath, Telegram itself answered with 5xx: it did not do it.
    if not isinstance(cause, httpx.HTTPError) or isinstance(cause, _NEVER_SENT):
        return Fate.NOT_SENT
    return Fate.UNKNOWN


class Sender:
    """Takes messages to Telegram, one after the other for each chat that calls it."""

    def __init__(
        self,
        bot: Bot,
        mail: TelegramMail,
        executor: SerialExecutor,
        limiter: SendLimiter,
        sound: Sound,
        may_be_lost: Callable[[Outgoing], Awaitable[Outgoing]],
        blocked: Callable[[int], None],
    ) -> None:
        """`may_be_lost` gives the word that stands in for a message that may be lost; `blocked` hears of a chat that
        nothing reaches any more."""
        self._bot = bot
        self._mail = mail
        self._executor = executor
        self._limiter = limiter
        self._sound = sound
        self._may_be_lost = may_be_lost
        self._blocked = blocked

    # Every way in which Telegram may fail stands in one list, in the order in which its errors inherit.
    async def deliver(self, message: OutgoingMessage) -> None:  # noqa: C901
        """Returns when Telegram has `message` or never will."""
        outgoing = from_json(message.body)
        tries = 0
        begun, wait = message.begun, _FIRST_WAIT
        while True:
            if begun:
                tries += 1
                if outgoing.if_unknown is IfUnknown.SAY_SO:
                    outgoing = await self._may_be_lost(outgoing)
                    await self._executor.do(self._mail.replace, message.id, outgoing.to_json())
                    tries = 0
                elif outgoing.if_unknown is IfUnknown.LEAVE_IT or tries >= _TRIES_OF_A_WORD:
                    break
            begun = False
            try:
                note = await self._sound.speak(outgoing.speech, outgoing.pace) if outgoing.speech else None
                async with self._limiter.turn(outgoing.chat):
                    if not await self._executor.do(self._mail.begin, message.id):
                        # Whoever had everything deleted is not written to any more.
                        return
                    await self._send(outgoing, note)
            except RetryAfter as error:
                await self._executor.do(self._mail.not_sent, message.id)
                self._limiter.hold(outgoing.chat, seconds_to_wait(error))
            except ChatMigrated as error:
                outgoing = outgoing.moved(error.new_chat_id)
                await self._executor.do(self._mail.replace, message.id, outgoing.to_json())
            except Forbidden:
                self._blocked(outgoing.chat)
                break
            except BadRequest as error:
                self._refused(error)
                break
            except NetworkError as error:
                begun = fate(error) is Fate.UNKNOWN
                if not begun:
                    await self._executor.do(self._mail.not_sent, message.id)
                logger.warning("Telegram was not reached (%s)", type(error.__cause__ or error).__name__)
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_WAIT)
            except SoundError as error:
                logger.warning("a spoken answer is left out: %s", error)
                break
            except TelegramError as error:
                # Its text may hold the token.
                logger.error("Telegram refused a message (%s)", type(error).__name__)
                break
            else:
                break
        await self._executor.do(self._mail.done, message.id)

    async def _send(self, outgoing: Outgoing, note: VoiceNote | None) -> None:
        reply = ReplyParameters(outgoing.reply_to, allow_sending_without_reply=True) if outgoing.reply_to else None
        if note is not None:
            await self._bot.send_voice(
                outgoing.chat, note.data, duration=max(1, round(note.seconds)), reply_parameters=reply
            )
            return
        rows = [[InlineKeyboardButton(title, callback_data=data)] for title, data in outgoing.buttons]
        await self._bot.send_message(
            outgoing.chat,
            outgoing.html,
            parse_mode=ParseMode.HTML,
            reply_markup=InlineKeyboardMarkup(rows) if rows else None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_parameters=reply,
        )

    def _refused(self, error: BadRequest) -> None:
        if _VOICE_FORBIDDEN in error.message.lower():
            # They have the text already, and chose not to be sent voice.
            logger.info("a voice note was not wanted")
        else:
            logger.error("Telegram refused a message: %s", error.message)


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    # An int, or from PTB's next version on a timedelta.
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()
