"""What staff write reaches people once, and only from whoever has their request."""

import pytest

from registry.errors import PersonRequestError
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.person_requests import PersonRequests
from registry.talk.staff_messages import LONGEST_MESSAGE, StaffMessages
from registry.talk.transcripts import Transcripts
from registry.telegram.mail import TelegramMail
from tests.registry.conftest import Clock


@pytest.fixture
def persons(database: Database, cipher: Cipher, clock: Clock) -> PersonRequests:
    return PersonRequests(database, cipher, Transcripts(database, cipher, clock), clock)


@pytest.fixture
def messages(database: Database, cipher: Cipher, clock: Clock) -> StaffMessages:
    return StaffMessages(database, cipher, clock)


@pytest.fixture
def taken(persons: PersonRequests) -> int:
    number = persons.ask("web-1", "web", "asked", {})
    persons.take(number, "小周")
    return number


def test_a_message_waits_until_the_page_says_that_it_has_it(messages: StaffMessages, taken: int) -> None:
    first = messages.write(taken, " 您好，我是小周。 ", "小周")

    assert [each.text for each in messages.for_sender("web-1", None)] == ["您好，我是小周。"]
    # Loaded anew before it said so: nothing is lost.
    assert [each.id for each in messages.for_sender("web-1", 0)] == [first]
    assert messages.for_sender("web-1", first) == []
    assert messages.for_sender("web-1", None) == []
    assert messages.of_request(taken)[0].delivered_at is not None


def test_nobody_elses_messages_are_given_or_marked(messages: StaffMessages, taken: int) -> None:
    number = messages.write(taken, "您好", "小周")

    assert messages.for_sender("web-2", number) == []
    assert [each.id for each in messages.for_sender("web-1", None)] == [number]


@pytest.mark.parametrize("text", ["", "  ", "长" * (LONGEST_MESSAGE + 1)])
def test_an_empty_or_endless_message_is_refused(messages: StaffMessages, taken: int, text: str) -> None:
    with pytest.raises(PersonRequestError, match="a message has 1 to"):
        messages.write(taken, text, "小周")


def test_only_the_owner_of_a_taken_request_writes(messages: StaffMessages, persons: PersonRequests, taken: int) -> None:
    with pytest.raises(PersonRequestError, match="李敏 does not have it"):
        messages.write(taken, "您好", "李敏")
    persons.hand_back(taken, "小周")
    with pytest.raises(PersonRequestError, match="小周 does not have it"):
        messages.write(taken, "您好", "小周")
    with pytest.raises(PersonRequestError, match="request 0"):
        messages.write(0, "您好", "小周")


def test_a_message_to_telegram_goes_into_its_mail_once(
    messages: StaffMessages, persons: PersonRequests, database: Database, cipher: Cipher, taken: int
) -> None:
    number = persons.ask("telegram-5", "telegram", "asked", {})
    persons.take(number, "小周")
    messages.write(number, "您好", "小周")
    messages.write(taken, "给网页的", "小周")
    (waiting,) = messages.undelivered("telegram")

    assert (waiting.sender, waiting.message.text) == ("telegram-5", "您好")
    assert len(messages.send_by_telegram(waiting, ["{}"])) == 1
    assert messages.send_by_telegram(waiting, ["{}"]) == []
    assert messages.undelivered("telegram") == []
    assert [each.body for each in TelegramMail(database, cipher).left()] == ["{}"]


def test_what_a_message_says_is_not_in_its_repr(messages: StaffMessages, taken: int) -> None:
    messages.write(taken, "您的残疾证是二级", "小周")

    assert "二级" not in repr(messages.of_request(taken))
