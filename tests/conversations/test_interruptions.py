"""Every question of every journey × everything people do instead of answering it, through the real engine."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from form_questions import QUESTIONS, Question

from actions.resources import give, resources
from bot.app.service import build_service
from bot.conversation import Conversation
from bot.messages import Reply
from bot.settings import Settings
from dialogue.mark import Status
from knowledge.facts.annotated_examples import slots
from tests.person import Person

MUCH = 3
"""Answers that nobody throws away by one word."""

SHORT = {"consent": "同意我记下来，就说“同意”", "consent_disability": "残疾情况同意记，就说“同意”"}

at_every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)


def heard(reply: Reply) -> str:
    return "\n".join(message.text for message in reply.messages)


class Clock:
    """The time the actions are told."""

    def __init__(self) -> None:
        self.now = datetime.now(timezone.utc)

    def later(self, pause: timedelta) -> None:
        self.now += pause


async def reach(person: Person, question: Question) -> Reply:
    """Talks until `question` is asked."""
    reply = None
    for said in question.before:
        reply = await person.says(said)
    assert reply is not None
    assert reply.asking == question.slot, heard(reply)
    return reply


async def answer(person: Person, question: Question) -> None:
    """Answers `question`; the form then has the value, whatever came before it."""
    reply = await person.says(question.answer)
    assert reply.asking != question.slot, heard(reply)
    assert (await person.form())["values"][question.slot] == question.value


@at_every_question
async def test_a_policy_question_is_answered_first_and_the_question_asked_once_more(
    person: Person, question: Question
) -> None:
    before = await reach(person, question)
    reply = await person.says("盲人医疗按摩人员的职称评定归哪个部门管?")

    assert reply.status is Status.ANSWERED
    assert reply.messages[0].citations[0].clause == "2.8.1"
    assert reply.asking == question.slot
    assert heard(reply).count(asked_again(question, before)) == 1
    await answer(person, question)


def asked_again(question: Question, first: Reply) -> str:
    """The words in which what was asked `first` is asked once more: what is long only in short."""
    return SHORT.get(question.slot) or first.messages[-1].text.splitlines()[-1]


@at_every_question
async def test_help_is_given_and_the_question_stays_open(person: Person, question: Question) -> None:
    await reach(person, question)
    reply = await person.says("帮助")

    assert "转人工" in heard(reply)
    assert reply.asking == question.slot
    await answer(person, question)


@at_every_question
async def test_the_question_is_repeated_word_for_word(person: Person, question: Question) -> None:
    before = await reach(person, question)
    reply = await person.says("再说一遍")

    assert [message.text for message in reply.messages] == [message.text for message in before.messages]
    assert reply.asking == question.slot
    await answer(person, question)


@at_every_question
@pytest.mark.parametrize("said", ["说慢一点", "快一点", "换简体", "说简单点", "说详细点", "为什么问这个"])
async def test_how_it_is_said_is_changed_and_the_question_stays_open(
    person: Person, question: Question, said: str
) -> None:
    await reach(person, question)
    reply = await person.says(said)

    assert reply.asking == question.slot, heard(reply)
    await answer(person, question)


@at_every_question
async def test_gibberish_is_not_taken_and_after_two_tries_the_question_is_put_another_way(
    person: Person, question: Question
) -> None:
    first = await reach(person, question)
    replies = [await person.says(said) for said in ("阿斯顿发个", "qwerty uiop", "嗯嗯啊啊哈哈")]

    assert [reply.asking for reply in replies] == [question.slot] * 3
    assert asked_again(question, first) in heard(replies[0])
    assert "换个问法" in heard(replies[1])
    assert "转人工" in heard(replies[2])
    assert question.slot not in (await person.form())["values"]
    await answer(person, question)


@at_every_question
async def test_silence_is_waited_for(person: Person, question: Question) -> None:
    await reach(person, question)
    reply = await person.says("……")

    assert "不着急" in heard(reply)
    assert reply.asking == question.slot
    await answer(person, question)


@at_every_question
@pytest.mark.parametrize("leaving", ["取消", "不办了", "停"])
async def test_a_journey_that_was_left_is_taken_up_again(person: Person, question: Question, leaving: str) -> None:
    await reach(person, question)
    told = len((await person.form())["values"])
    left = await person.says(leaving)
    if told >= MUCH:
        assert "先停下" in heard(left)
        assert left.asking == question.slot
        left = await person.says(leaving)
    between = await person.says("残疾人就业辅导员是什么")
    resumed = await person.says("继续")

    assert left.asking is None, heard(left)
    assert between.asking is None
    assert resumed.asking == question.slot
    await answer(person, question)


@at_every_question
async def test_a_restart_of_the_process_loses_nothing(
    person: Person, question: Question, restarted: Conversation
) -> None:
    await reach(person, question)

    await answer(person.at(restarted), question)


@at_every_question
async def test_after_a_week_s_pause_the_journey_goes_on(person: Person, question: Question, clock: Clock) -> None:
    await reach(person, question)
    clock.later(timedelta(days=7))
    reply = await person.says("你好")

    assert "上次" in heard(reply)
    assert reply.asking == question.slot
    await answer(person, question)


@at_every_question
async def test_a_person_is_asked_for_and_the_journey_goes_on(person: Person, question: Question) -> None:
    await reach(person, question)
    reply = await person.says("转人工")

    assert reply.status is Status.HANDOFF
    assert "12385" in heard(reply)
    assert reply.asking == question.slot
    await answer(person, question)


@at_every_question
async def test_going_back_asks_the_question_before_again(person: Person, question: Question) -> None:
    await reach(person, question)
    reply = await person.says("返回")
    before = [each.slot for each in QUESTIONS if each.journey == question.journey]

    if len(question.before) == 1 or question.slot == "wage_class":
        assert reply.asking is not None
    else:
        assert reply.asking in before[: before.index(question.slot)]


EARLIER = {
    "quota-establishment": ("刚才单位性质说错了,是省级机关", "unit_kind", "organ"),
    "quota-staff": ("刚才编制说错了,是九十个", "establishment", "90"),
    "quota-disabled_staff": ("刚才职工人数说错了,是两百五", "staff", "250"),
    "reward-disabled_staff": ("说错了,职工是一百三十人", "staff", "130"),
    "reward-wage": ("残疾人那个数说错了,应该是六个", "disabled_staff", "6"),
    "reward-wage_class": ("职工总数报错了,是一百四十", "staff", "140"),
    "dibao_years-receives_dibao": ("说错了,他不是残疾人", "disabled", "no"),
    "dibao_years-self_employed": ("刚才说错了,没有低保", "receives_dibao", "no"),
    "dibao_years-first_time": ("刚才说错了,是给别人打工", "self_employed", "no"),
    "dibao_years-started": ("说错了,不是第一次,以前开过店", "first_time", "no"),
    "posts_again-passed": ("刚才次数说错了,是两次", "placements", "2"),
    "navigator-disability_type": ("说错了,我是替家里人问的", "asker", "family"),
    "navigator-aim": ("残疾类别说错了,是听力残疾", "disability_type", "听力"),
    "navigator-residence": ("刚才说错了,我想找工作", "aim", "job"),
    "navigator-student": ("说错了,我住城里", "residence", "urban"),
    "navigator-receives_dibao": ("刚才说错了,是大学刚毕业的", "student", "yes"),
}


@pytest.mark.parametrize(
    "question",
    [each for each in QUESTIONS if each.name in EARLIER],
    ids=lambda question: question.name,
)
async def test_an_earlier_answer_is_corrected(person: Person, question: Question) -> None:
    await reach(person, question)
    said, slot, value = EARLIER[question.name]
    reply = await person.says(said)

    assert (await person.form())["values"][slot] == value, heard(reply)


TWO_AT_ONCE = {
    "quota-unit_kind": ("我们是事业单位,编制一百二", {"unit_kind": "institution", "establishment": "120"}),
    "quota-establishment": ("编制一百二,在职的一百五十人", {"establishment": "120", "staff": "150"}),
    "quota-staff": ("一共三百人,残疾人三个", {"staff": "300", "disabled_staff": "3"}),
    "reward-staff": ("一共三百人,残疾人九个", {"staff": "300", "disabled_staff": "9"}),
    "reward-disabled_staff": ("六个,最低工资1850", {"disabled_staff": "6", "wage": "1850"}),
    "dibao_years-disabled": ("是残疾人,也吃低保", {"disabled": "yes", "receives_dibao": "yes"}),
    "dibao_years-receives_dibao": ("有低保,自己开了个早餐店", {"receives_dibao": "yes", "self_employed": "yes"}),
    "dibao_years-self_employed": ("自己干的,第一次", {"self_employed": "yes", "first_time": "yes"}),
    "dibao_years-first_time": ("第一次,2023年5月开始的", {"first_time": "yes", "started": "2023-05"}),
    "posts_again-placements": ("一次,考核合格", {"placements": "1", "passed": "yes"}),
    "navigator-asker": ("我自己,我听不见", {"asker": "self", "disability_type": "听力"}),
    "navigator-disability_type": ("腿不好,想找工作", {"disability_type": "肢体", "aim": "job"}),
    "navigator-aim": ("想学技术,我住农村", {"aim": "training", "residence": "rural"}),
    "navigator-residence": ("农村的,没上过大学", {"residence": "rural", "student": "no"}),
    "navigator-student": ("不是大学生,吃低保的", {"student": "no", "receives_dibao": "yes"}),
}


@pytest.mark.parametrize(
    "question",
    [each for each in QUESTIONS if each.name in TWO_AT_ONCE],
    ids=lambda question: question.name,
)
async def test_two_answers_at_once_are_both_taken(person: Person, question: Question) -> None:
    await reach(person, question)
    said, values = TWO_AT_ONCE[question.name]
    reply = await person.says(said)
    kept = (await person.form())["values"]

    assert {slot: kept.get(slot) for slot in values} == values, heard(reply)


@pytest.mark.parametrize(
    "question", [each for each in QUESTIONS if slots()[each.slot].kind == "choice"], ids=lambda question: question.name
)
async def test_a_choice_is_made_by_its_digit(person: Person, question: Question) -> None:
    asked = await reach(person, question)
    reply = await person.says("1")

    assert asked.messages[-1].buttons

    assert reply.asking != question.slot, heard(reply)
    assert question.slot in (await person.form())["values"]


@pytest.fixture
def clock(conversation: Conversation) -> Iterator[Clock]:
    before = resources()
    clock = Clock()
    give(replace(before, now=lambda: clock.now))
    yield clock
    give(before)


@pytest.fixture(scope="session")
def restarted(conversation: Conversation, settings: Settings) -> Conversation:
    """A second service on the same records, as after a restart: nothing of it was at hand before."""
    before = resources()
    again = build_service(settings).conversation
    give(before)
    return again
