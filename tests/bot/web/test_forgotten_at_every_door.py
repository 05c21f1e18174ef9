"""Through whichever door somebody came, everything that is kept of them is found by the same key and goes."""

from collections.abc import AsyncIterator, Awaitable, Callable
from secrets import randbelow, token_hex

import httpx
import pytest

from bot.app.service import build_callers, build_resume
from bot.audio_store import KeptAudio
from bot.conversation import Conversation
from bot.senders import TELEGRAM, Sender
from bot.settings import Settings
from bot.telegram.answering import Answering
from bot.telegram.updates import BotIdentity, ChatPlace, Said
from bot.web.app import create_app
from registry.records import Records
from registry.registrations.registrations import Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.telegram.chats import TelegramChats
from registry.telegram.mail import TelegramMail
from tests.bot.speech.hearing_and_speaking import said, speech
from tests.bot.telegram.talking import FakeSound
from tests.bot.web.cookies import sender_in
from tests.traces import Traces
from voice.sound.audio import write_wav

NAME, PHONE = "欧阳秋生", "13700137055"
REGISTERS = (
    *("转人工", "我要登记就业需求", "同意", "同意", f"我叫{NAME}", PHONE, "南昌进贤那边", "女的", "八五年的", "视力"),
    *("一级", "初中", "会按摩", "想做按摩", "就近", "不用培训", "不用照顾", "是"),
)
_OF_A_TALK = {"conversations", "transcript_turns"}

Says = Callable[[str], Awaitable[object]]


class Kept:
    """The records of the service under test, and what they hold of one person."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database, self.cipher = Database(settings.database_url), Cipher.load(settings.key_file)
        self.traces = Traces(self.database, self.cipher, settings.var)

    def number_of(self, sender: Sender) -> str:
        (registration,) = Registrations(self.database, self.cipher).of_sender(sender.key)
        return registration.number


@pytest.fixture
def kept(settings: Settings, conversation: Conversation) -> Kept:
    return Kept(settings)


@pytest.fixture
async def browser(kept: Kept, conversation: Conversation) -> AsyncIterator[httpx.AsyncClient]:
    engines = speech()
    engines._kept = KeptAudio(kept.settings.kept_audio, 7, kept.cipher)
    records = Records(kept.database, kept.cipher)
    callers = build_callers(kept.settings, records)
    app = create_app(conversation, engines, callers=callers, resume=build_resume(records, callers))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as browser:
        yield browser


async def no_file(name: str) -> bytes:
    """Nobody sends one here."""
    raise NotImplementedError(name)


async def say_all(says: Says, *texts: str) -> None:
    for text in texts:
        await says(text)


async def deleted(says: Says, kept: Kept, sender: Sender) -> str:
    """Deletes the registration by talking; gives the number it had."""
    number = kept.number_of(sender)
    await say_all(says, "删除我的登记", number, PHONE, "是")
    return number


async def test_whoever_registered_in_a_browser_is_nowhere_once_it_is_deleted(
    browser: httpx.AsyncClient, kept: Kept
) -> None:
    async def says(text: str) -> None:
        (await browser.post("/api/chat", json={"text": text})).raise_for_status()

    await say_all(says, *REGISTERS)
    await browser.post("/api/speech", content=write_wav(said("谢谢")))
    await browser.post("/api/resume-code", json={})
    sender = sender_in([{"name": each.name, "value": each.value} for each in browser.cookies.jar])
    before = kept.traces.found(sender, kept.number_of(sender), NAME)
    number = await deleted(says, kept, sender)

    assert {*before} >= {*_OF_A_TALK, "registrations", "person_requests", "resume_codes", "recordings"}
    assert kept.traces.found(sender, number, NAME) == []


async def test_whoever_registered_in_telegram_is_nowhere_once_it_is_deleted(
    kept: Kept, conversation: Conversation
) -> None:
    where = ChatPlace(chat := 10**9 + randbelow(10**9), chat)
    assert where.sender.door == TELEGRAM
    chats = TelegramChats(kept.database, kept.cipher)
    answering = Answering(conversation, chats, FakeSound(), BotIdentity(1, "bot"), no_file)
    turns = iter(range(10_000, 20_000))

    async def says(text: str) -> None:
        await answering.answer(Said(where, text), str(next(turns)))

    await say_all(says, *REGISTERS)
    mail = TelegramMail(kept.database, kept.cipher)
    mail.take({chat: NAME})
    mail.answer(chat, where.sender.key, [NAME])
    before = kept.traces.found(where.sender, kept.number_of(where.sender), NAME)
    number = await deleted(says, kept, where.sender)

    assert {*before} >= {*_OF_A_TALK, "registrations", "person_requests", "telegram_chats", "telegram_messages"}
    assert kept.traces.found(where.sender, number, NAME) == []


async def test_whoever_has_finished_in_a_browser_leaves_what_is_registered_alone(
    browser: httpx.AsyncClient, kept: Kept
) -> None:
    async def says(text: str) -> None:
        (await browser.post("/api/chat", json={"text": text})).raise_for_status()

    await say_all(says, *REGISTERS)
    sender = sender_in([{"name": each.name, "value": each.value} for each in browser.cookies.jar])
    number = kept.number_of(sender)
    await says("我用完了")

    # By the sender and the number alone: what others said in this folder's records may hold any name.
    found = {*kept.traces.found(sender, number, token_hex())}
    assert found == {"registrations", "consents", "cases", "milestones"}
