"""Whoever never registered has their talk deleted by saying so, and is asked once."""

import pytest
from test_registration import AGREED, ANSWERS, heard, number_of, registered, talk

from bot.conversation import Conversation
from bot.settings import Settings
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.person_requests import PersonRequests
from registry.talk.transcripts import Transcripts
from tests.person import Person

PHONE = "13800138000"


class Kept:
    """What is kept of a person who talked."""

    def __init__(self, settings: Settings) -> None:
        self._database, self._cipher = Database(settings.database_url), Cipher.load(settings.key_file)
        self._transcripts = Transcripts(self._database, self._cipher)
        self._persons = PersonRequests(self._database, self._cipher, self._transcripts)

    def said(self, sender: str) -> list[str]:
        return [turn.said for turn in self._transcripts.of(sender)]

    def waits(self, sender: str) -> bool:
        return self._persons.state_of(sender) is not None


@pytest.fixture
def kept(settings: Settings, conversation: Conversation) -> Kept:
    return Kept(settings)


@pytest.mark.parametrize("said", ["删除我的聊天记录", "把我说的都删掉", "刪除我的聊天記錄", "我跟你说的话都删了吧"])
async def test_who_never_registered_is_asked_once_and_a_yes_deletes_the_talk(
    person: Person, kept: Kept, said: str
) -> None:
    await talk(person, "我是盲人，单位要安排多少残疾人", "转人工")
    asked = await person.says(said)
    done = await person.says("是")

    assert (asked.asking, done.asking) == ("confirm_forgetting", None), heard(asked)
    assert any(number in heard(asked) for number in ("登记号", "登記號"))
    assert any(done_so in heard(done) for done_so in ("删好了", "刪好了"))
    assert (kept.said(person.sender), kept.waits(person.sender), await person.form()) == ([], False, None)


@pytest.mark.parametrize("said", ["不删了", "算了，先留着"])
async def test_without_a_yes_nothing_of_the_talk_is_deleted(person: Person, kept: Kept, said: str) -> None:
    await talk(person, "残疾人创业有补贴吗", "删除我的聊天记录", said)

    assert kept.said(person.sender)[:2] == ["残疾人创业有补贴吗", "删除我的聊天记录"]


async def test_who_registered_elsewhere_tells_the_number_and_goes_on_as_ever(
    person: Person, conversation: Conversation
) -> None:
    number = await number_of(person)
    elsewhere = type(person)(conversation, f"{person.sender}-elsewhere")
    reply = await talk(elsewhere, "删除我的登记", number, PHONE)
    assert reply.asking == "confirm_deletion", heard(reply)
    done = await elsewhere.says("是")

    assert "回执" in heard(done)
    assert registered(person) == []


async def test_who_registered_here_is_asked_for_the_number(person: Person) -> None:
    await number_of(person)
    reply = await person.says("删除我的聊天记录")

    assert reply.asking != "confirm_forgetting", heard(reply)


async def test_before_saving_what_was_told_is_deleted_with_its_transcript_and_without_a_number(
    person: Person, kept: Kept
) -> None:
    await talk(person, *AGREED, *ANSWERS[:3])
    assert kept.said(person.sender)
    reply = await person.says("把我刚才说的都删掉")

    assert (reply.asking, "什么都没有存" in heard(reply)) == (None, True), heard(reply)
    assert (kept.said(person.sender), await person.form(), registered(person)) == ([], None, [])
