"""Only a whole yes is consent."""

import pytest

from bot.settings import Settings
from knowledge.consent.consent_reader import Answer, ConsentReader, TopicReader
from knowledge.consent.learn_consent import learn_consent


@pytest.fixture(scope="module")
def readers(settings: Settings) -> tuple[ConsentReader, TopicReader]:
    return learn_consent(settings.cache)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("同意", Answer.YES),
        ("可以", Answer.YES),
        ("行行行同意", Answer.YES),
        ("记嘛", Answer.YES),
        ("不同意", Answer.NO),
        ("别记了", Answer.NO),
        ("嗯，登记了会不会泄露", Answer.QUESTION),
        ("同意了是不是就不能反悔", Answer.QUESTION),
        ("只要不打电话我就同意", Answer.CONDITION),
        ("可以是可以，不过别告诉我老板", Answer.CONDITION),
        ("你好", Answer.UNCLEAR),
        ("好，谢谢你听我讲", Answer.UNCLEAR),
        ("嗯……这个嘛", Answer.UNCLEAR),
        ("步同意", Answer.NO),
        ("好的，等我问问儿子", Answer.CONDITION),
        ("同意，徐海波，18270098811", Answer.YES),
        ("同意，不过残疾的部分我不想写", Answer.PARTLY),
        ("我同意，但不要让老板知道我的病", Answer.CONDITION),
        ("也不是不行", Answer.UNCLEAR),
        ("算了问不出来，同意，快点登", Answer.UNCLEAR),
        ("算了，不同意", Answer.NO),
    ],
)
def test_a_question_a_condition_and_a_doubt_are_no_consent(
    readers: tuple[ConsentReader, TopicReader], text: str, answer: Answer
) -> None:
    assert readers[0].read(text) is answer


def test_data_may_stand_beside_consent(readers: tuple[ConsentReader, TopicReader]) -> None:
    assert readers[0].read("同意，我叫陈建平", tells=lambda part: "我叫" in part) is Answer.YES


@pytest.mark.parametrize(
    ("text", "topic"), [("你先讲讲要填些什么", "what"), ("以后能不能删掉", "undo"), ("要不要钱", "cost")]
)
def test_what_is_asked_before_consent_is_told_apart(
    readers: tuple[ConsentReader, TopicReader], text: str, topic: str
) -> None:
    assert readers[1].read(text, is_answered=False) == topic
