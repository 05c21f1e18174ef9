"""Whoever fails too often waits, and whoever gets in is forgiven where nobody else may have failed."""

from datetime import datetime, timedelta, timezone

import pytest

from registry.limits.throttling import Subject, forget_failures, locked_until, note_failure, wait_after
from registry.store.database import Database

NOON = datetime(2025, 3, 1, 12, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)
OWN, SHARED = Subject("a" * 64, allowed=2), Subject("b" * 64, allowed=3, forgiven=False)


@pytest.mark.parametrize(
    ("failed", "minutes"), [(0, 0), (2, 0), (3, 1), (4, 2), (5, 4), (6, 8), (7, 15), (13, 15), (1_000, 15)]
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failed: int, minutes: int) -> None:
    assert wait_after(failed, 3) == minutes * MINUTE


def test_of_two_subjects_the_longer_wait_counts_and_it_ends(database: Database) -> None:
    with database.writing() as session:
        waits = [note_failure(session, [OWN, SHARED], NOON) for _ in range(4)]

        assert waits == [None, NOON + MINUTE, NOON + 2 * MINUTE, NOON + 4 * MINUTE]
        assert locked_until(session, [SHARED], NOON) == NOON + 2 * MINUTE
        assert locked_until(session, [OWN, SHARED], NOON + 3 * MINUTE) == NOON + 4 * MINUTE
        assert locked_until(session, [OWN, SHARED], NOON + 4 * MINUTE) is None


def test_a_success_wipes_out_failures_but_not_those_that_may_be_of_others(database: Database) -> None:
    with database.writing() as session:
        for _ in range(3):
            note_failure(session, [OWN, SHARED], NOON)
        forget_failures(session, [OWN, SHARED, Subject("c" * 64, allowed=2)])
        session.flush()

        assert locked_until(session, [OWN], NOON) is None
        assert locked_until(session, [SHARED], NOON) == NOON + MINUTE
        assert note_failure(session, [OWN], NOON) is None


def test_failures_are_forgotten_a_day_after_the_last(database: Database) -> None:
    with database.writing() as session:
        note_failure(session, [OWN], NOON)
        assert note_failure(session, [OWN], NOON + timedelta(days=1)) == NOON + timedelta(days=1) + MINUTE
        assert note_failure(session, [OWN], NOON + timedelta(days=2, seconds=1)) is None
