"""What was kept long enough is deleted on its day, and a dry run only tells."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone

import pytest

from registry.cases.cases import Cases
from registry.questions.unanswered import UnansweredQuestions
from registry.registrations.registrations import Registrations
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.person_requests import PersonRequests
from registry.talk.transcripts import Transcripts
from registry.upkeep.retention import expire, periods
from tests.registry.people import DACHUI, register

DAY = date(2025, 3, 1)
"""On which everything in these tests happens last."""
NOTHING = dict.fromkeys(
    (
        *("transcript_turns", "staff_messages", "calls", "person_requests", "unanswered_questions"),
        *("telegram_chats", "telegram_updates", "buckets", "cases"),
    ),
    0,
)


class Records:
    """Everything that expires, on one day."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self.database, self.cipher = database, cipher
        self.transcripts = Transcripts(database, cipher, self.now)
        self.persons = PersonRequests(database, cipher, self.transcripts, self.now)
        self.unanswered = UnansweredQuestions(database, self.now)
        self.registrations = Registrations(database, cipher, self.now)
        self.cases = Cases(database, cipher, self.now)

    def now(self) -> datetime:
        return datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=timezone.utc)

    def expire(self, days: int, dry_run: bool = False) -> Mapping[str, int]:
        """What went where it was looked at so many days later."""
        gone = expire(self.database, self.cipher, DAY + timedelta(days=days), dry_run)
        return {kind: count for kind, count in gone.items() if count}


@pytest.fixture
def records(database: Database, cipher: Cipher) -> Records:
    return Records(database, cipher)


def test_every_period_is_the_one_that_was_decided_and_has_a_reason() -> None:
    assert {kind: each.days for kind, each in periods().items()} == {
        "transcript_turns": 30,
        "staff_messages": 30,
        "calls": 180,
        "person_requests": 180,
        "cases": 730,
        "unanswered_questions": 365,
        "telegram_chats": 30,
        "telegram_updates": 7,
        "buckets": 1,
    }
    assert [kind for kind, each in periods().items() if len(each.reason) < 20] == []


def test_where_there_is_nothing_nothing_goes(records: Records) -> None:
    assert expire(records.database, records.cipher, DAY) == NOTHING


def test_turns_go_after_thirty_days(records: Records) -> None:
    records.transcripts.note("web-1", "甲", "")

    assert (records.expire(30), len(records.transcripts.of("web-1"))) == ({}, 1)
    assert (records.expire(31), len(records.transcripts.of("web-1"))) == ({"transcript_turns": 1}, 0)


def test_requests_go_half_a_year_after_they_were_handed_back_and_no_others(records: Records) -> None:
    first, taken, waiting = (records.persons.ask(f"web-{each}", "web", "asked", {}) for each in range(3))
    records.persons.take(first, "李敏")
    records.persons.hand_back(first, "李敏")
    records.persons.take(taken, "李敏")

    assert records.expire(180) == {}
    assert records.expire(181) == {"person_requests": 1}
    assert records.expire(10_000) == {}
    assert [each.number for each in records.persons.waiting()] == [taken, waiting]


def test_questions_go_a_year_after_they_were_last_asked(records: Records) -> None:
    records.unanswered.note("有住房补贴吗", "")

    assert (records.expire(365), len(records.unanswered.most_asked())) == ({}, 1)
    assert (records.expire(366), len(records.unanswered.most_asked())) == ({"unanswered_questions": 1}, 0)


@pytest.mark.parametrize("state", ["placed", "closed"])
def test_what_was_told_goes_two_years_after_the_last_change_of_a_case_that_is_over(
    records: Records, state: str
) -> None:
    number, live = register(records.registrations, 1), register(records.registrations, 2)
    records.cases.note(number, "打过电话", "李敏")
    records.cases.move(number, state, "李敏")

    kept = records.expire(730)
    told = records.registrations.show(number, "李敏").fields
    gone = records.expire(731)
    found, case = records.registrations.show(number, "李敏"), records.cases.show(number)
    assert (kept, told, gone) == ({}, DACHUI, {"cases": 1})
    assert (found.fields, found.state.value, case.notes) == ({}, state, [])
    # What was done on which day stays, for the statistics.
    assert [each.name for each in case.milestones if each.done] == ["job_need_registration"]
    assert [each.number for each in records.registrations.of_sender("web-1")] == []
    assert records.registrations.show(live, "李敏").fields == DACHUI
    assert records.expire(10_000) == {}


def test_what_was_merged_or_withdrawn_goes_too(records: Records) -> None:
    keep, other, withdrawn = (register(records.registrations, each) for each in range(3))
    records.cases.merge(keep, other, "李敏")
    records.registrations.withdraw_consent(withdrawn, "general", "self")

    assert records.expire(731) == {"cases": 2}
    assert records.registrations.show(other, "李敏").fields == {}
    assert records.registrations.show(keep, "李敏").fields == DACHUI


def test_a_dry_run_tells_what_would_go_and_leaves_it(records: Records) -> None:
    records.transcripts.note("web-1", "甲", "")
    records.unanswered.note("有住房补贴吗", "")
    records.cases.move(register(records.registrations), "closed", "李敏")
    before = records.expire(10_000, dry_run=True)

    assert before == {"transcript_turns": 1, "unanswered_questions": 1, "cases": 1}
    assert "expire" not in [each.action for each in Audit(records.database, records.cipher).entries()]
    assert records.expire(10_000) == before


def test_more_cases_than_one_statement_takes_go_all(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.upkeep.retention._BATCH", 2)
    for each in range(5):
        records.cases.move(register(records.registrations, each), "closed", "李敏")

    assert records.expire(731) == {"cases": 5}
    assert [each.fields for each in records.registrations.all()] == [{}] * 5


def test_what_expired_is_noted_in_the_audit(records: Records, clock: Callable[[], datetime]) -> None:
    records.transcripts.note("web-1", "甲", "")
    records.expire(31)

    last = [*Audit(records.database, records.cipher).entries()][-1]
    assert (last.actor, last.action) == ("retention", "expire")
    assert last.detail == {**NOTHING, "transcript_turns": 1, "on": "2025-04-01"}
