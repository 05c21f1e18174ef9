"""Questions the documents did not answer are counted, and say nothing of who asked."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from registry.clock import beginning_of
from registry.errors import QuestionError
from registry.questions.unanswered import QUESTION_MAY_BECOME, QuestionState, UnansweredQuestion, UnansweredQuestions
from registry.store.database import Database
from registry.values.masking import MASK


class Calendar:
    """A day that the test turns, at its noon."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> datetime:
        return beginning_of(self.day) + timedelta(hours=12)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar(date(2025, 3, 1))


@pytest.fixture
def unanswered(url: str, calendar: Calendar) -> UnansweredQuestions:
    return UnansweredQuestions(Database(url), calendar)


def texts(unanswered: UnansweredQuestions) -> list[str]:
    return [each.text for each in unanswered.most_asked()]


def test_nothing_was_asked_at_first(unanswered: UnansweredQuestions) -> None:
    assert unanswered.most_asked() == []


def test_a_question_is_noted_with_its_nearest_clause_and_its_day(unanswered: UnansweredQuestions) -> None:
    unanswered.note("有住房补贴吗", "xinghe/1.1")

    assert unanswered.most_asked() == [
        UnansweredQuestion("有住房补贴吗", "xinghe/1.1", 1, date(2025, 3, 1), QuestionState.OPEN, None, 1)
    ]


def test_a_question_asked_again_is_counted_with_its_last_day_and_its_last_nearest_clause(
    unanswered: UnansweredQuestions, calendar: Calendar
) -> None:
    unanswered.note("有住房补贴吗", "xinghe/1.1")
    calendar.day = date(2025, 4, 2)
    unanswered.note("有住房补贴吗", "")

    assert unanswered.most_asked() == [
        UnansweredQuestion("有住房补贴吗", "", 2, date(2025, 4, 2), QuestionState.OPEN, None, 1)
    ]


def test_the_most_frequent_question_comes_first(unanswered: UnansweredQuestions) -> None:
    for text in ("甲", "乙", "乙", "丙", "乙", "丙"):
        unanswered.note(text, "")

    assert texts(unanswered) == ["乙", "丙", "甲"]


def test_of_questions_as_frequent_the_latest_comes_first(unanswered: UnansweredQuestions, calendar: Calendar) -> None:
    unanswered.note("早", "")
    calendar.day = date(2025, 4, 2)
    unanswered.note("晚", "")

    assert texts(unanswered) == ["晚", "早"]


def test_no_more_questions_come_than_asked_for(unanswered: UnansweredQuestions) -> None:
    for text in "甲乙丙":
        unanswered.note(text, "")

    assert len(unanswered.most_asked(limit=2)) == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_tells_who_asked_is_not_kept(unanswered: UnansweredQuestions, tmp_path: Path) -> None:
    unanswered.note("我叫王大锤，电话13800000000，有住房补贴吗", "")

    assert texts(unanswered) == [f"我叫{MASK}，电话{MASK}，有住房补贴吗"]
    kept = b"".join(path.read_bytes() for path in (tmp_path / "var").iterdir())
    assert ("大锤".encode() in kept, b"13800000000" in kept) == (False, False)


def test_the_same_question_of_two_people_is_one(unanswered: UnansweredQuestions) -> None:
    unanswered.note("我电话13800000000，有住房补贴吗", "")
    unanswered.note("我电话13900000000，有住房补贴吗", "")

    assert [each.times for each in unanswered.most_asked()] == [2]


def test_a_list_says_only_what_was_asked_how_often_on_which_day_and_who_of_staff_has_it() -> None:
    assert [field.name for field in fields(UnansweredQuestion)] == [
        "text",
        "nearest",
        "times",
        "last_asked",
        "state",
        "owner",
        "number",
    ]


def test_a_long_question_is_cut(unanswered: UnansweredQuestions) -> None:
    unanswered.note("问" * 301, "")
    unanswered.note("问" * 400, "")

    assert [(each.text, each.times) for each in unanswered.most_asked()] == [("问" * 300, 2)]


def test_a_phone_number_where_a_long_question_is_cut_is_not_kept_in_part(unanswered: UnansweredQuestions) -> None:
    unanswered.note("问" * 297 + "13800000000", "")

    assert texts(unanswered) == ["问" * 297 + MASK]


def test_questions_are_there_when_the_database_is_opened_again(url: str, unanswered: UnansweredQuestions) -> None:
    unanswered.note("有住房补贴吗", "")

    assert texts(UnansweredQuestions(Database(url))) == ["有住房补贴吗"]


# who has it ----------------------------------------------------------------------------------------------------------


def test_a_question_goes_from_open_to_taken_to_answered_and_is_asked_on(unanswered: UnansweredQuestions) -> None:
    unanswered.note("有住房补贴吗", "")
    seen = []
    for to in ("taken", "answered", "open"):
        unanswered.move(1, to, "李敏")
        unanswered.note("有住房补贴吗", "")
        seen += [(each.state.value, each.owner, each.times) for each in unanswered.most_asked()]

    assert seen == [("taken", "李敏", 2), ("answered", "李敏", 3), ("open", None, 4)]


@pytest.mark.parametrize("start", QuestionState)
@pytest.mark.parametrize("to", QuestionState)
def test_a_question_becomes_only_what_the_table_has(
    unanswered: UnansweredQuestions, start: QuestionState, to: QuestionState
) -> None:
    unanswered.note("有住房补贴吗", "")
    for step in {"open": [], "taken": ["taken"], "answered": ["taken", "answered"]}[start.value]:
        unanswered.move(1, step, "李敏")

    if to in QUESTION_MAY_BECOME[start]:
        unanswered.move(1, to.value, "李敏")
        assert [each.state for each in unanswered.most_asked()] == [to]
    else:
        with pytest.raises(QuestionError, match=f"^question 1: is {start.value}; it may become "):
            unanswered.move(1, to.value, "李敏")
        assert [each.state for each in unanswered.most_asked()] == [start]


@pytest.mark.parametrize(
    ("number", "to", "owner", "problem"),
    [
        (1, "taken", "王芳", "question 1: 李敏 has it; ask 李敏 to give it back"),
        (1, "answered", "王芳", "question 1: 李敏 has it; ask 李敏 to give it back"),
        (1, "lost", "李敏", "question 1: there is no such state; there are open, taken, answered"),
        (1, "answered", " ", "question 1: an owner needs a name; give one"),
        (2, "taken", "李敏", "question 2: there is none; the list has their numbers"),
        (2**31, "taken", "李敏", f"question {2**31}: there is none; the list has their numbers"),
    ],
)
def test_what_cannot_be_done_with_a_question_is_refused_with_what_next(
    unanswered: UnansweredQuestions, number: int, to: str, owner: str, problem: str
) -> None:
    unanswered.note("有住房补贴吗", "")
    unanswered.move(1, "taken", "李敏")

    with pytest.raises(QuestionError) as caught:
        unanswered.move(number, to, owner)

    assert str(caught.value) == problem


def test_the_same_question_asked_by_many_at_once_is_one(url: str, calendar: Calendar) -> None:
    lists = [UnansweredQuestions(Database(url), calendar) for _ in range(8)]
    starting = Barrier(8)

    def ask(asked: UnansweredQuestions) -> None:
        starting.wait()
        asked.note("有住房补贴吗", "")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, lists))

    assert [(each.text, each.times) for each in lists[0].most_asked()] == [("有住房补贴吗", 8)]


def test_a_zero_byte_in_a_question_is_left_out(unanswered: UnansweredQuestions) -> None:
    unanswered.note("有住房\0补贴吗", "")

    assert texts(unanswered) == ["有住房补贴吗"]


def test_questions_are_listed_by_their_state(database: Database) -> None:
    questions = UnansweredQuestions(database)
    for text in ("甲", "乙"):
        questions.note(text, "")
    first, second = (each.number for each in sorted(questions.most_asked(), key=lambda each: each.number))
    questions.move(first, "taken", "李敏")

    assert [each.number for each in questions.most_asked(states=["taken"])] == [first]
    assert [each.number for each in questions.most_asked(states=["open", "answered"])] == [second]
