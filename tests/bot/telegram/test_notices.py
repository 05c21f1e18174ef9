"""Whoever asked for it hears of their case: once, and not at night."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.messages import Message, Reply
from bot.telegram.notices import may_ring
from dialogue.mark import Status
from registry.cases.cases import Cases
from registry.clock import CHINA
from registry.registrations.registrations import Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.telegram.chats import TelegramChats
from registry.telegram.mail import TelegramMail
from tests.bot.telegram.conftest import NOON, Open
from tests.bot.telegram.emulator import BotApi, Fault
from tests.bot.telegram.people import text
from tests.bot.telegram.talking import Echo, said
from tests.registry.people import AGREED, DACHUI

SENDER = "telegram-7"


@pytest.fixture
def cases(database: Database, cipher: Cipher) -> Cases:
    return Cases(database, cipher)


@pytest.fixture
def registrations(database: Database, cipher: Cipher) -> Registrations:
    return Registrations(database, cipher)


@pytest.fixture
def number(registrations: Registrations, chats: TelegramChats, met: None) -> str:
    number = registrations.register(SENDER, "telegram", DACHUI, AGREED, "request-1")
    chats.want_notices(SENDER, True)
    return number


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


@pytest.mark.parametrize(("hour", "rings"), [(0, False), (7, False), (8, True), (21, True), (22, False), (23, False)])
def test_nobody_is_woken(hour: int, rings: bool) -> None:
    assert may_ring(datetime(2025, 3, 1, hour, 30, tzinfo=CHINA)) is rings


async def test_what_was_done_and_what_is_near_is_told_once_though_the_service_starts_again(
    opened: Open, api: BotApi, cases: Cases, number: str, mail: TelegramMail
) -> None:
    cases.milestone_done(number, "ability_assessment", "能打字", "amy")
    cases.plan(number, NOON.date() + timedelta(days=1), "打电话", "amy")
    for _ in range(2):
        async with opened(now=at(NOON), seconds_between_notices=0.05):
            await api.until(lambda: len(api.sent) == 2)
            await asyncio.sleep(0.2)

    assert api.to(7) == [
        said("notice_done", milestone="就业能力评估"),
        said("notice_next_near", on="2025年3月2日"),
    ]
    assert mail.left() == []


async def test_at_night_nothing_is_sent_and_in_the_morning_it_is(
    opened: Open, api: BotApi, cases: Cases, number: str
) -> None:
    cases.milestone_done(number, "ability_assessment", "能打字", "amy")
    async with opened(now=at(NOON + timedelta(hours=12)), seconds_between_notices=0.05):
        await asyncio.sleep(0.3)
        at_night = list(api.sent)
    async with opened(now=at(NOON + timedelta(hours=21)), seconds_between_notices=0.05):
        await api.until(lambda: api.sent)

    assert at_night == []


async def test_a_notice_that_may_have_come_is_not_sent_again(
    opened: Open, api: BotApi, cases: Cases, number: str, mail: TelegramMail
) -> None:
    api.faults = lambda method, about: Fault(done=True) if method == "sendMessage" and about else None
    cases.milestone_done(number, "ability_assessment", "能打字", "amy")
    async with opened(now=at(NOON), seconds_between_notices=0.05):
        await api.until(lambda: api.sent and not mail.left())
        await asyncio.sleep(0.2)

    assert len(api.sent) == 1


@pytest.mark.parametrize("words", ["取消提醒", "不要提醒。", "停止提醒"])
async def test_notices_are_cancelled_by_saying_so(
    opened: Open, api: BotApi, cases: Cases, number: str, words: str
) -> None:
    api.push(**text(words))
    async with opened(now=at(NOON), seconds_between_notices=0.05):
        await api.until(lambda: api.sent)
        cases.milestone_done(number, "ability_assessment", "能打字", "amy")
        await asyncio.sleep(0.3)

    assert api.to(7) == [said("notices_off")]


async def test_after_a_registration_notices_are_offered_and_begin_with_a_button_or_its_number(
    opened: Open, api: BotApi, talk: Echo, met: None, chats: TelegramChats, registrations: Registrations
) -> None:
    talk.replies["是"] = Reply((Message("登记好了。", ""),), Status.ANSWERED)
    chats.asks(SENDER, "confirm")
    registrations.register(SENDER, "telegram", DACHUI, AGREED, "request-1")
    api.push(**text("是"))
    async with opened():
        await api.until(lambda: api.sent)
        api.push(**text("1"))
        await api.until(lambda: len(api.sent) == 2)

    offered, taken = api.sent
    assert offered.text == f"登记好了。\n\n{said('offer_notices')}\n1. 要提醒\n2. 不要提醒"
    assert (taken.text, chats.meet(SENDER, 7).notices) == (said("notices_on"), True)
