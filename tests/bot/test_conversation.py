"""What holds for every turn, whatever is asked."""

import asyncio
import logging

import pytest

from bot.conversation import LONGEST_TEXT, Conversation
from bot.engine.agent import Said, Talk
from bot.messages import Mode, Script, Turn
from bot.senders import TERMINAL, Sender
from bot.settings import Settings
from dialogue.mark import Mark, Status
from tests.person import Person


async def test_every_answer_carries_a_citation_with_the_clause_s_own_words(person: Person) -> None:
    reply = await person.says("农村电商扶持残疾人吗")
    citation = reply.messages[0].citations[0]

    assert (citation.document, citation.clause) == ("jiangxi-2022-2024", "2.6.4")
    assert citation.quote.startswith("支持农村新业态发展。")


async def test_easy_words_are_used_for_whoever_wants_them(person: Person) -> None:
    reply = await person.says("低保户残疾人第一次创业，低保停不停", mode=Mode.EASY)

    assert reply.messages[0].text.splitlines()[0] == "对象是享受城乡低保、首次自己就业创业的残疾人。"


async def test_speech_holds_no_symbols(person: Person) -> None:
    for question in ("单位要安排多少残疾人", "131服务是什么", "大学生有什么补贴", "原文怎么说"):
        for message in (await person.says(question)).messages:
            assert not set("（）()“”《》%\n/") & set(message.speech), message.speech


async def test_whoever_asks_in_traditional_characters_is_answered_in_them(person: Person) -> None:
    reply = await person.says("殘疾人就業輔導員是做什麼的")

    assert "輔導員" in reply.messages[0].text
    assert (
        reply.messages[0].citations[0].title == "殘疾人就業輔導員制度" or "殘" in reply.messages[0].citations[0].quote
    )


async def test_the_script_asked_for_wins_over_the_script_written(person: Person) -> None:
    reply = await person.says("殘疾人就業輔導員是做什麼的", script=Script.SIMPLIFIED)

    assert "辅导员" in reply.messages[0].text


async def test_five_thousand_characters_get_a_short_polite_reply(person: Person) -> None:
    reply = await person.says("我想问" * 2_000)

    assert (reply.status, len(reply.messages)) == (Status.CHAT, 1)
    assert "一两句话" in reply.messages[0].text


async def test_a_long_story_is_still_read(person: Person) -> None:
    story = "今年雨水多，稻子都倒了，我屋里头事情一大堆。" * 30 + "我是盲人，想去医院做按摩，医院收不收？"
    assert len(story) <= LONGEST_TEXT

    assert (await person.says(story)).status is not Status.ERROR


async def test_turns_of_one_sender_are_answered_in_order(conversation: Conversation) -> None:
    turns = [Turn(Sender(TERMINAL, "in-order"), text) for text in ("四个一是什么", "那找谁", "原文怎么说")]
    replies = await asyncio.gather(*(conversation.handle(turn) for turn in turns))

    assert [reply.messages[0].citations[0].clause for reply in replies] == ["2.9.3", "2.9.3", "2.9.3"]


async def test_senders_do_not_hear_of_each_other(conversation: Conversation) -> None:
    await conversation.handle(Turn(Sender(TERMINAL, "first"), "盲人按摩有什么扶持"))
    reply = await conversation.handle(Turn(Sender(TERMINAL, "second"), "那找谁"))

    assert reply.status is Status.CLARIFY


class BrokenEngine:
    """Fails at every turn, with what the person said in the error."""

    async def handle(
        self, sender: str, text: str, channel: str, about_turn: dict[str, object], turn: str | None = None
    ) -> list[Said]:
        raise RuntimeError("disk full")

    async def open(self, sender: str) -> Talk:
        return Talk()

    def say(self, response: str, **values: object) -> Said:
        return Said(response, response, mark=Mark(Status.ERROR))


class CountingEngine(BrokenEngine):
    """Counts how many turns it answers at one time."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def handle(
        self, sender: str, text: str, channel: str, about_turn: dict[str, object], turn: str | None = None
    ) -> list[Said]:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        return [self.say("utter_ok")]


class NobodyTakesOver:
    """Records of requests for a person in which nobody has taken one."""

    def in_hand(self, sender: str) -> bool:
        return False


class Kept:
    """Transcripts in memory."""

    def __init__(self) -> None:
        self.turns: list[tuple[str, str, str]] = []

    def note(self, sender: str, said: str, heard: str) -> None:
        self.turns.append((sender, said, heard))


async def test_a_fault_is_an_honest_reply_and_its_log_says_nothing_of_the_person(
    caplog: pytest.LogCaptureFixture,
) -> None:
    conversation = Conversation(BrokenEngine(), lambda: None, Kept(), NobodyTakesOver())  # type: ignore[arg-type, return-value]
    with caplog.at_level(logging.ERROR):
        reply = await conversation.handle(Turn(Sender(TERMINAL, "someone"), "我是精神残疾，电话13800000000"))

    assert reply.status is Status.ERROR
    assert "精神" not in caplog.text
    assert "13800000000" not in caplog.text


async def test_what_the_plan_does_not_say_is_listed_for_staff_without_saying_who_asked(
    person: Person, settings: Settings
) -> None:
    from registry.questions.unanswered import UnansweredQuestions
    from registry.store.database import Database

    await person.says("我叫王小明，电话13800000000，残疾证丢了怎么补办")
    listed = UnansweredQuestions(Database(settings.database_url)).most_asked()
    texts = [each.text for each in listed if "我叫" in each.text and "补办" in each.text]

    assert len(texts) == 1
    assert "王小明" not in texts[0]
    assert "13800000000" not in texts[0]


async def test_a_turn_that_comes_again_is_answered_as_before_and_taken_in_once(person: Person) -> None:
    await person.says("我要登记")
    await person.says("同意")
    first = await person.says("不同意", id="7")
    again = await person.says("不同意", id="7")
    later = await person.says("王小明", id="8")

    assert (first.asking, again, later.asking) == ("name", first, "phone")


async def test_a_conversation_that_is_forgotten_begins_anew(conversation: Conversation, person: Person) -> None:
    await person.says("我要登记")
    await conversation.forget(person.who)

    assert await person.form() is None
    assert conversation._transcripts.of(person.sender) == []


async def test_whoever_ends_in_the_middle_is_told_that_nothing_is_registered(person: Person) -> None:
    for said in ("我要登记就业需求", "同意", "同意", "我叫刘小梅"):
        await person.says(said)
    ended = await person.says("我用完了")
    again = await person.says("我用完了")

    assert "还没有登记上" in ended.messages[0].text
    assert "登记过的还在" in again.messages[0].text


@pytest.mark.parametrize(("text", "at_one_time"), [("问" * 300, 1), ("问", 3)])
async def test_long_turns_go_one_after_the_other_and_short_ones_do_not_wait_for_them(
    text: str, at_one_time: int
) -> None:
    engine = CountingEngine()
    conversation = Conversation(engine, lambda: None, Kept(), NobodyTakesOver())  # type: ignore[arg-type, return-value]

    await asyncio.gather(*(conversation.handle(Turn(Sender(TERMINAL, f"s-{each}"), text)) for each in range(3)))

    assert engine.most == at_one_time
