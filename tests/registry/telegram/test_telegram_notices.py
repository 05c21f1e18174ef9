"""People in Telegram hear of their case where they want to, once, and are forgotten with it."""

from datetime import date, timedelta

import pytest

from registry.cases.cases import Cases
from registry.registrations.registrations import Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.telegram.chats import TelegramChat, TelegramChats
from registry.telegram.mail import TelegramMail
from registry.telegram.notices import Notice, TelegramNotices
from registry.upkeep.retention import expire
from tests.registry.conftest import Clock
from tests.registry.people import AGREED, DACHUI

TODAY = date(2025, 3, 1)
SENDER = "telegram-42"


@pytest.fixture
def chats(database: Database, cipher: Cipher, clock: Clock) -> TelegramChats:
    return TelegramChats(database, cipher, clock)


@pytest.fixture
def notices(database: Database, cipher: Cipher, clock: Clock) -> TelegramNotices:
    return TelegramNotices(database, cipher, clock)


@pytest.fixture
def cases(database: Database, cipher: Cipher, clock: Clock) -> Cases:
    return Cases(database, cipher, clock)


@pytest.fixture
def registrations(database: Database, cipher: Cipher, clock: Clock) -> Registrations:
    return Registrations(database, cipher, clock)


@pytest.fixture
def number(registrations: Registrations, chats: TelegramChats) -> str:
    """Of the case of somebody who registered in Telegram and wants to hear of it."""
    chats.meet(SENDER, 42)
    number = registrations.register(SENDER, "telegram", DACHUI, AGREED, "request-1")
    chats.want_notices(SENDER, True)
    return number


def test_a_chat_is_new_once_and_its_wishes_are_kept(chats: TelegramChats) -> None:
    assert chats.meet(SENDER, 42) == TelegramChat(is_new=True)

    chats.prefer(SENDER, voice="always")
    chats.prefer(SENDER, easy=True)
    chats.asks(SENDER, "phone")

    assert chats.meet(SENDER, 42) == TelegramChat(False, "always", True, "phone", False)
    assert chats.meet("telegram-43", 43).is_new


def test_a_milestone_that_was_done_is_told_once(notices: TelegramNotices, cases: Cases, number: str) -> None:
    assert notices.due(TODAY) == []

    cases.milestone_done(number, "ability_assessment", "能打字", "amy")
    (notice,) = notices.due(TODAY)

    assert notice == Notice(number, 42, "ability_assessment", None)
    assert [len(notices.claim(notice, SENDER, ["做好了"])) for _ in range(2)] == [1, 0]
    assert notices.due(TODAY) == []


def test_what_was_done_before_they_asked_for_it_is_not_told(
    notices: TelegramNotices, cases: Cases, chats: TelegramChats, number: str
) -> None:
    cases.milestone_done(number, "ability_assessment", "能打字", "amy")
    chats.want_notices(SENDER, True)

    assert notices.due(TODAY) == []


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, True), (2, True), (3, False)])
def test_a_day_that_is_near_is_told(notices: TelegramNotices, cases: Cases, number: str, days: int, told: bool) -> None:
    day = TODAY + timedelta(days=days)
    cases.plan(number, day, "打电话", "amy")
    cases.plan(number, day, "", "amy", milestone="service")

    expected = [Notice(number, 42, "service", day), Notice(number, 42, None, day)]
    assert notices.due(TODAY) == (expected if told else [])


def test_a_day_that_was_moved_is_told_again(notices: TelegramNotices, cases: Cases, number: str) -> None:
    cases.plan(number, TODAY, "打电话", "amy")
    (notice,) = notices.due(TODAY)
    notices.claim(notice, SENDER, ["今天"])
    cases.plan(number, TODAY + timedelta(days=1), "打电话", "amy")

    assert [each.on for each in notices.due(TODAY)] == [TODAY + timedelta(days=1)]


@pytest.mark.parametrize("reason", ["cancelled", "blocked", "withdrawn", "closed"])
def test_whoever_does_not_want_it_any_more_is_told_nothing(
    notices: TelegramNotices,
    cases: Cases,
    chats: TelegramChats,
    registrations: Registrations,
    number: str,
    reason: str,
) -> None:
    cases.milestone_done(number, "ability_assessment", "能打字", "amy")
    (notice,) = notices.due(TODAY)
    {
        "cancelled": lambda: chats.want_notices(SENDER, False),
        "blocked": lambda: chats.block(SENDER, True),
        "withdrawn": lambda: registrations.withdraw_consent(number, "general", "self"),
        "closed": lambda: cases.move(number, "closed", "amy"),
    }[reason]()

    # Neither found, nor sent where it was found a moment before.
    assert (notices.due(TODAY), notices.claim(notice, SENDER, ["做好了"])) == ([], [])


def test_a_deletion_takes_the_chat_and_the_notices_that_wait(
    database: Database,
    cipher: Cipher,
    notices: TelegramNotices,
    cases: Cases,
    chats: TelegramChats,
    registrations: Registrations,
    number: str,
) -> None:
    cases.milestone_done(number, "ability_assessment", "能打字", "amy")
    (notice,) = notices.due(TODAY)
    notices.claim(notice, SENDER, ["做好了"])

    receipt = registrations.delete(number, "self")

    gone = {table: count for table, count in receipt.counts.items() if table.startswith("telegram")}
    assert gone == {"telegram_notices": 1, "telegram_messages": 1, "telegram_chats": 1}
    assert TelegramMail(database, cipher).left() == []
    assert chats.meet(SENDER, 42).is_new


def test_chats_are_kept_no_longer_than_the_talk_or_the_registration_they_want_to_hear_of(
    database: Database, cipher: Cipher, chats: TelegramChats, number: str
) -> None:
    chats.meet("telegram-43", 43)
    chats.want_notices("telegram-43", True)

    counts = expire(database, cipher, TODAY + timedelta(days=40))

    assert (counts["telegram_chats"], chats.meet(SENDER, 42).is_new) == (1, False)
