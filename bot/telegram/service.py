"""The door in Telegram while the service runs: receives, answers in order, sends, and begins where it left off."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import BotCommand, Update
from telegram.constants import ChatAction
from telegram.error import InvalidToken, TelegramError

from bot.settings import TelegramSettings
from bot.telegram.answering import Answer, Answering, Talk
from bot.telegram.bots import make_bot
from bot.telegram.commands import commands
from bot.telegram.notices import give_notices
from bot.telegram.outgoing import IfUnknown, Outgoing, from_json, texts
from bot.telegram.per_chat_queue import PerChatQueue
from bot.telegram.receiving import ALLOWED, called, poll, secret
from bot.telegram.rendering import render, render_unnumbered
from bot.telegram.send_limiter import SendLimiter
from bot.telegram.sending import Sender
from bot.telegram.serial_executor import SerialExecutor
from bot.telegram.sound import Sound
from bot.telegram.staff import carry_messages
from bot.telegram.updates import BotIdentity, ChatPlace, Ignored, Incoming, Pressed, read_update, sender_in
from registry.clock import utc_now
from registry.errors import RegistryError
from registry.limits.asked_from import AskedFrom, asked_from
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.staff_messages import StaffMessages
from registry.telegram.chats import TelegramChats
from registry.telegram.mail import OutgoingMessage, TelegramMail
from registry.telegram.notices import TelegramNotices
from voice.speaking.sentences import first_part, sentences

logger = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram/webhook"
_SECONDS_BEFORE_TYPING, _SECONDS_TYPING_LASTS = 0.5, 4.5
_SECONDS_TO_END = 5.0
_LONGEST_WAIT = 60.0
_SECONDS_BETWEEN_NOTICES = 300.0
_SECONDS_BETWEEN_LOOKS_AT_STAFF = 1.0
_Result = TypeVar("_Result")


class TelegramDoor:
    """Serves one bot."""

    def __init__(
        self,
        settings: TelegramSettings,
        talk: Talk,
        database: Database,
        cipher: Cipher,
        sound: Sound,
        now: Callable[[], datetime] = utc_now,
        seconds_between_notices: float = _SECONDS_BETWEEN_NOTICES,
    ) -> None:
        self._settings = settings
        self._talk = talk
        self._sound = sound
        self._now = now
        self._between_notices = seconds_between_notices
        self._mail = TelegramMail(database, cipher, now)
        self._chats = TelegramChats(database, cipher, now)
        self._notices = TelegramNotices(database, cipher, now)
        self._staff = StaffMessages(database, cipher, now)
        self._bot = make_bot(settings)
        self._executor = SerialExecutor()
        self._work = PerChatQueue()
        self._limiter = SendLimiter()
        self._sender = Sender(
            self._bot, self._mail, self._executor, self._limiter, sound, self._may_be_lost, self._blocked
        )
        self._asides: set[asyncio.Task[None]] = set()
        self._answering: Answering | None = None
        self._me = BotIdentity(0, "")
        self._open = False
        self._taking = asyncio.Lock()

    @property
    def routes(self) -> list[Route]:
        """Where Telegram calls; none where we ask."""
        if not self._settings.webhook:
            return []

        async def webhook(request: Request) -> Response:
            return await called(request, self._take, secret(self._settings.token))

        return [Route(WEBHOOK_PATH, webhook, methods=["POST"])]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Runs beside the other doors: a Telegram that cannot be reached keeps none of them from opening."""
        task = asyncio.create_task(self._run())
        task.add_done_callback(_log_fault)
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._work.close(_SECONDS_TO_END)
            for aside in [*self._asides]:
                aside.cancel()
            await self._bot.shutdown()
            self._executor.close()

    async def _run(self) -> None:
        try:
            await _patiently(self._bot.initialize)
        except InvalidToken:
            logger.error("Telegram does not accept the token; ask @BotFather for it and set TELEGRAM_BOT_TOKEN")
            return
        self._me = BotIdentity(self._bot.id, self._bot.username)
        self._answering = Answering(self._talk, self._chats, self._sound, self._me, self._fetch)
        await _patiently(self._introduce)
        logger.info("Telegram: @%s is open", self._me.name)
        await self._take_up()
        tasks = [asyncio.create_task(self._give_notices()), asyncio.create_task(self._carry_messages())]
        if not self._settings.webhook:
            tasks.append(asyncio.create_task(poll(self._bot, self._take, lambda: self._work.count)))
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _introduce(self) -> None:
        """Sets the menu of commands, and how updates come."""
        await self._bot.set_my_commands([BotCommand(name, title) for name, title in commands().menu.items()])
        if self._settings.webhook:
            url = self._settings.webhook.rstrip("/") + WEBHOOK_PATH
            await self._bot.set_webhook(url, secret_token=secret(self._settings.token), allowed_updates=[*ALLOWED])
        else:
            await self._bot.delete_webhook()

    async def _take_up(self) -> None:
        """Goes on where the last process ended: what it was sending first, then what it had not answered."""
        async with self._taking:
            self._open = True
            for message in await self._executor.do(self._mail.left):
                self._post(message)
            for number, body in (await self._executor.do(self._mail.unanswered)).items():
                self._queue(number, body)

    async def _take(self, bodies: Mapping[int, str]) -> None:
        # One after the other, so that they are queued in the order in which they were kept, and none twice.
        async with self._taking:
            for number in await self._executor.do(self._mail.take, bodies):
                # Before that it is kept, and `_take_up` finds it.
                if self._open:
                    self._queue(number, bodies[number])

    def _queue(self, number: int, body: str) -> None:
        try:
            update = Update.de_json(json.loads(body), self._bot)
            incoming = read_update(update, self._me)
        # One that PTB cannot read must not keep others from being read; its own text would quote it.
        except Exception as error:  # noqa: BLE001
            logger.error("update %s cannot be read (%s)", number, type(error).__name__)
            incoming = Ignored("it cannot be read")
        chat = 0 if isinstance(incoming, Ignored) else incoming.where.chat
        self._work.add(chat, lambda: self._do(number, incoming))

    def _post(self, message: OutgoingMessage) -> None:
        self._work.add(from_json(message.body).chat, lambda: self._sender.deliver(message))

    async def _do(self, number: int, incoming: Incoming) -> None:
        if isinstance(incoming, Ignored):
            await self._executor.do(self._mail.answer, number, "", [])
            return
        # Where updates are brought to us it is Telegram that asks, and not one person from one address.
        asked_from.set(AskedFrom())
        where = incoming.where
        if isinstance(incoming, Pressed):
            self._aside(self._bot.answer_callback_query(incoming.query, incoming.title or None))
        assert self._answering is not None
        typing = asyncio.create_task(self._typing(where))
        try:
            answer = await self._answering.answer(incoming, str(number))
        finally:
            typing.cancel()
        bodies = [each.to_json() for each in await self._outgoing(where, answer)]
        for message in await self._executor.do(self._mail.answer, number, where.sender.key, bodies):
            await self._sender.deliver(message)

    async def _outgoing(self, where: ChatPlace, answer: Answer) -> list[Outgoing]:
        outgoing = [*texts(where.chat, render(answer.messages, answer.status), where.message)]
        speech = "".join(message.speech for message in answer.messages)
        if answer.aloud and speech:
            pace = await self._talk.pace(where.sender)
            # The first sentences as a note of their own: it is there while the rest is still being spoken.
            outgoing += [
                Outgoing(where.chat, speech="".join(part), pace=pace, if_unknown=IfUnknown.LEAVE_IT)
                for part in first_part(sentences(speech), pace)
                if part
            ]
        return outgoing

    async def _may_be_lost(self, outgoing: Outgoing) -> Outgoing:
        said = await self._talk.say(sender_in(outgoing.chat), "utter_telegram_may_be_lost")
        rendered = render_unnumbered(said.messages[0])
        return Outgoing(outgoing.chat, rendered.html, rendered.buttons, if_unknown=IfUnknown.SEND_AGAIN)

    def _blocked(self, chat: int) -> None:
        self._chats.block(sender_in(chat).key, True)

    async def _typing(self, where: ChatPlace) -> None:
        """Shows that we are at it, where it takes long enough to wonder."""
        await asyncio.sleep(_SECONDS_BEFORE_TYPING)
        while True:
            self._aside(self._bot.send_chat_action(where.chat, ChatAction.TYPING))
            await asyncio.sleep(_SECONDS_TYPING_LASTS)

    async def _fetch(self, file: str) -> bytes:
        found = await self._bot.get_file(file)
        return bytes(await found.download_as_bytearray())

    async def _give_notices(self) -> None:
        while True:
            try:
                await give_notices(self._notices, self._talk, self._now, self._post)
            except Exception:
                # Next time it may be possible.
                logger.exception("notices in Telegram could not be given")
            await asyncio.sleep(self._between_notices)

    async def _carry_messages(self) -> None:
        while True:
            try:
                carry_messages(self._staff, self._post)
            except RegistryError:
                # They are still there the next time.
                logger.exception("what staff wrote could not be carried to Telegram")
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS_AT_STAFF)

    def _aside(self, call: Awaitable[object]) -> None:
        """Makes a call that no answer waits for, and that nobody misses where it fails."""
        task = asyncio.create_task(_quietly(call))
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)


async def _quietly(call: Awaitable[object]) -> None:
    try:
        await call
    except TelegramError as error:
        logger.info("Telegram was not told (%s)", type(error).__name__)


async def _patiently(call: Callable[[], Awaitable[_Result]]) -> _Result:
    """What `call` gives once Telegram can be reached; raises InvalidToken."""
    wait = 1.0
    while True:
        try:
            return await call()
        except InvalidToken:
            raise
        except TelegramError as error:
            logger.warning("Telegram was not reached (%s); trying again in %.0f s", type(error).__name__, wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)


def _log_fault(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and task.exception():
        logger.error("the door in Telegram closed", exc_info=task.exception())
