"""A person is asked for, takes over, and hands back; through the real engine and its records."""

import pytest

from bot.conversation import Conversation
from bot.settings import Settings
from dialogue.mark import Status
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.person_requests import PersonRequests
from registry.talk.transcripts import Transcripts
from tests.person import Person


@pytest.fixture
def persons(conversation: Conversation, settings: Settings) -> PersonRequests:
    """The records as another process sees them."""
    database, cipher = Database(settings.database_url), Cipher.load(settings.key_file)
    return PersonRequests(database, cipher, Transcripts(database, cipher))


def number_of(persons: PersonRequests, sender: str) -> int:
    return next(each.number for each in persons.waiting() if persons.show(each.number).sender == sender)


async def test_a_request_holds_what_was_said_and_what_is_known(person: Person, persons: PersonRequests) -> None:
    await person.says("帮我算一下超比例奖励")
    await person.says("我们厂一百二十个人")
    reply = await person.says("转人工")
    number = number_of(persons, person.sender)
    request = persons.show(number)

    assert reply.status is Status.HANDOFF
    assert str(number) in reply.messages[0].text
    assert all(hotline in reply.messages[0].text for hotline in ("12385", "12333", "12345"))
    assert [turn.said for turn in request.transcript] == ["帮我算一下超比例奖励", "我们厂一百二十个人"]
    assert request.known["职工总数"] == "120人"
    assert request.reason.value == "asked"


async def test_asking_again_is_the_same_request(person: Person, persons: PersonRequests) -> None:
    first = await person.says("转人工")
    second = await person.says("我要找人工客服")

    assert first.messages[0].text == second.messages[0].text


async def test_nothing_is_said_while_a_person_has_it_and_the_talk_goes_on_afterwards(
    person: Person, persons: PersonRequests, settings: Settings
) -> None:
    await person.says("帮我算一下超比例奖励")
    await person.says("转人工")
    number = number_of(persons, person.sender)
    persons.take(number, "小周")
    silent = await person.says("您好,我厂里一百二十个人")
    persons.hand_back(number, "小周")
    after = await person.says("一百二十个人")
    transcripts = Transcripts(Database(settings.database_url), Cipher.load(settings.key_file))

    assert (silent.messages, silent.status) == ((), Status.HANDOFF)
    assert after.asking == "disabled_staff"
    assert "您好,我厂里一百二十个人" in [turn.said for turn in transcripts.of(person.sender)]


async def test_before_anybody_takes_it_questions_are_still_answered(person: Person) -> None:
    await person.says("转人工")
    reply = await person.says("盲人医疗按摩人员的职称评定归哪个部门管")

    assert reply.status is Status.ANSWERED


async def test_after_two_failures_a_person_is_offered_and_a_yes_records_why(
    person: Person, persons: PersonRequests
) -> None:
    first = await person.says("广东省残疾人创业补贴有哪些")
    second = await person.says("残疾证怎么办")
    accepted = await person.says("好的")
    request = persons.show(number_of(persons, person.sender))

    assert "要给您找人工吗" not in first.messages[-1].text
    assert "要给您找人工吗" in "".join(message.text for message in second.messages)
    assert accepted.status is Status.HANDOFF
    assert request.reason.value == "failed"


async def test_an_answer_between_them_makes_two_failures_one(person: Person) -> None:
    await person.says("广东省残疾人创业补贴有哪些")
    await person.says("盲人医疗按摩人员的职称评定归哪个部门管")
    reply = await person.says("残疾证怎么办")

    assert "要给您找人工吗" not in "".join(message.text for message in reply.messages)


async def test_a_no_to_the_offer_finds_nobody(person: Person, persons: PersonRequests) -> None:
    await person.says("广东省残疾人创业补贴有哪些")
    await person.says("残疾证怎么办")
    reply = await person.says("不用")

    assert reply.status is Status.COMMAND
    assert person.sender not in [persons.show(each.number).sender for each in persons.waiting()]
