"""The day of a record is the day in China, also in the evening of a machine in UTC."""

import io
from datetime import date, timedelta

import pytest

from registry.clock import beginning_of, day_of, today, utc_now
from registry.questions.clause_uses import ClauseUses
from registry.questions.unanswered import UnansweredQuestions
from registry.registrations.exporting import write_csv
from registry.registrations.registrations import Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.transcripts import Transcripts
from registry.upkeep.retention import expire
from tests.evening import DAY, EVENING, at_evening
from tests.registry.people import register


@pytest.mark.usefixtures("evening")
def test_today_is_the_day_in_china() -> None:
    assert (utc_now(), today(), day_of(EVENING)) == (EVENING, DAY, DAY)


def test_a_day_begins_at_midnight_in_china() -> None:
    assert beginning_of(DAY) == EVENING - timedelta(hours=1)
    assert day_of(beginning_of(DAY)) == DAY
    assert day_of(beginning_of(DAY) - timedelta(seconds=1)) == date(2026, 3, 1)


def test_a_question_is_noted_with_the_day_in_china(database: Database) -> None:
    questions = UnansweredQuestions(database, at_evening)
    questions.note("有住房补贴吗", "")

    assert [each.last_asked for each in questions.most_asked()] == [DAY]


@pytest.mark.usefixtures("evening")
def test_so_is_one_where_nobody_gives_a_clock(database: Database) -> None:
    questions = UnansweredQuestions(database)
    questions.note("有住房补贴吗", "")

    assert [each.last_asked for each in questions.most_asked()] == [DAY]


def test_a_clause_is_a_topic_for_thirty_days_in_china(database: Database) -> None:
    ClauseUses(database, at_evening).note("xinghe", "1.1")

    def topics(days: int) -> int:
        # The last moment of the day in China.
        later = beginning_of(DAY + timedelta(days=days + 1)) - timedelta(seconds=1)
        return len(ClauseUses(database, lambda: later).recent(5))

    assert (topics(29), topics(30)) == (1, 0)


def test_what_was_said_goes_after_thirty_days_in_china(database: Database, cipher: Cipher) -> None:
    transcripts = Transcripts(database, cipher, at_evening)
    transcripts.note("web-1", "甲", "")

    assert expire(database, cipher, DAY + timedelta(days=30))["transcript_turns"] == 0
    assert expire(database, cipher, DAY + timedelta(days=31))["transcript_turns"] == 1


def test_turns_of_the_day_in_china_are_not_of_the_days_before(database: Database, cipher: Cipher) -> None:
    transcripts = Transcripts(database, cipher, at_evening)
    transcripts.note("web-1", "甲", "")

    transcripts.forget_before(DAY)
    assert len(transcripts.of("web-1")) == 1
    transcripts.forget_before(DAY + timedelta(days=1))
    assert transcripts.of("web-1") == []


def test_a_table_has_moments_as_they_are_in_china(database: Database, cipher: Cipher) -> None:
    registrations, file = Registrations(database, cipher, at_evening), io.StringIO(newline="")
    register(registrations)
    write_csv(registrations.all("李敏"), file)

    assert "2026-03-02T01:00:00+08:00" in file.getvalue()
