"""An answer is heard as one that the question invites."""

import pytest

from voice.listening.expected_answer import Answer, narrowed


@pytest.mark.parametrize(
    ("heard", "digits"),
    [
        ("幺三八零零零零幺二三四", "13800001234"),
        ("幺三八洞洞洞洞幺二三四", "13800001234"),
        ("要三八零零零零要二三四", "13800001234"),
        ("138零零零零1234", "13800001234"),
        ("一三八，零零零零，一二三四。", "13800001234"),
        ("一三吧零零零零一二三思", "13800001234"),
    ],
)
def test_a_number_that_was_read_out_is_digits(heard: str, digits: str) -> None:
    assert narrowed([heard], "phone") == Answer(digits, True)


@pytest.mark.parametrize("heard", ["我没有电话", "跳过", "为什么要电话", "用我儿子的可以吗"])
def test_what_is_no_number_stays(heard: str) -> None:
    assert narrowed([heard], "phone") is None


ANSWERS = ("是", "不是", "同意", "不同意", "跳过", "九江", "南昌")


@pytest.mark.parametrize(
    ("heard", "answer"),
    [
        ("四", "是"),
        ("不四", "不是"),
        ("同一", "同意"),
        ("南仓", "南昌"),
        ("揪江", "九江"),
        ("条过", "跳过"),
        ("是。", "是"),
    ],
)
def test_a_short_answer_is_one_that_sounds_the_same(heard: str, answer: str) -> None:
    assert narrowed([heard], "confirm", ANSWERS) == Answer(answer, True)


def test_an_answer_with_another_sound_is_asked_back() -> None:
    assert narrowed(["红衣"], "consent", ANSWERS) == Answer("同意", False)


@pytest.mark.parametrize("heard", ["上饶", "我想一想", "慢", ""])
def test_what_is_no_answer_is_none(heard: str) -> None:
    assert narrowed([heard], "confirm", ANSWERS) is None


def test_the_transcript_with_a_whole_number_counts() -> None:
    assert narrowed(["3748337887", "13748337887"], "phone") == Answer("13748337887", True)


def test_words_around_a_number_stay() -> None:
    assert narrowed(["我的电话是一三八零零零零一二三四"], "phone") == Answer("我的电话是13800001234", True)
    assert narrowed(["幺三八零零零零幺二三四是我儿子的"], "phone") == Answer("13800001234是我儿子的", True)


def test_an_answer_is_never_turned_into_its_contrary() -> None:
    assert narrowed(["同意"], "consent", ("不同意",)) is None
    assert narrowed(["不同意"], "consent", ("同意",)) is None
