"""Questions the documents did not answer are counted, and say nothing of who asked."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from registry.database import Database
from registry.masking import MASK
from registry.unanswered import UnansweredQuestion, UnansweredQuestions


class Calendar:
    """A day that the test turns."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> date:
        return self.day


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

    assert unanswered.most_asked() == [UnansweredQuestion("有住房补贴吗", "xinghe/1.1", 1, date(2025, 3, 1))]


def test_a_question_asked_again_is_counted_with_its_last_day_and_its_last_nearest_clause(
    unanswered: UnansweredQuestions, calendar: Calendar
) -> None:
    unanswered.note("有住房补贴吗", "xinghe/1.1")
    calendar.day = date(2025, 4, 2)
    unanswered.note("有住房补贴吗", "")

    assert unanswered.most_asked() == [UnansweredQuestion("有住房补贴吗", "", 2, date(2025, 4, 2))]


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


def test_what_tells_who_asked_is_not_kept(unanswered: UnansweredQuestions, tmp_path: Path) -> None:
    unanswered.note("我叫王大锤，电话13800000000，有住房补贴吗", "")

    assert texts(unanswered) == [f"我叫{MASK}，电话{MASK}，有住房补贴吗"]
    kept = b"".join(path.read_bytes() for path in (tmp_path / "var").iterdir())
    assert ("大锤".encode() in kept, b"13800000000" in kept) == (False, False)


def test_the_same_question_of_two_people_is_one(unanswered: UnansweredQuestions) -> None:
    unanswered.note("我电话13800000000，有住房补贴吗", "")
    unanswered.note("我电话13900000000，有住房补贴吗", "")

    assert [each.times for each in unanswered.most_asked()] == [2]


def test_a_list_says_only_what_was_asked_how_often_and_on_which_day() -> None:
    assert [field.name for field in fields(UnansweredQuestion)] == ["text", "nearest", "times", "last_asked"]


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
