"""Accounts, sessions and what else the console records, in SQLite and in PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest

from registry.cases.case_list import CaseFilter, CaseList
from registry.cases.cases import Cases
from registry.cases.unmasking import Unmasking
from registry.errors import CaseChanged, SignInRefused, StaffError
from registry.limits.throttling import wait_after
from registry.questions.daily_counts import DailyCounts, totals
from registry.questions.taught import TaughtQuestions
from registry.registrations.registrations import Registrations
from registry.staff.accounts import Staff
from registry.staff.sessions import StaffSessions
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.pauses import Pauses
from tests.registry.people import register

PASSWORD = "four words apart"


@pytest.fixture
def staff(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Staff:
    staff = Staff(database, cipher, clock)
    staff.add("limin", "李敏", "agent", PASSWORD, "root")
    return staff


@pytest.fixture
def sessions(staff: Staff, database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> StaffSessions:
    return StaffSessions(database, cipher, clock)


def test_a_session_is_of_its_token_and_of_no_other(sessions: StaffSessions) -> None:
    token = sessions.sign_in("limin", PASSWORD, "", "127.0.0.1")
    there = sessions.of(token)

    assert there is not None
    assert (there.member.login, there.locked) == ("limin", False)
    assert [sessions.of(each) for each in ("", "x", token[:-1], "\udcff")] == [None] * 4
    sessions.sign_out(token)
    assert sessions.of(token) is None


def test_its_repr_holds_no_secret(sessions: StaffSessions) -> None:
    there = sessions.of(sessions.sign_in("limin", PASSWORD, "", "127.0.0.1"))

    assert there is not None
    assert there.csrf not in repr(there)


def test_a_session_begun_while_the_account_was_taken_away_is_none(staff: Staff, sessions: StaffSessions) -> None:
    staff.set_active("limin", False, "zhaolei")
    # Too late to be ended with the others.
    token = sessions.begin("limin")

    assert sessions.of(token) is None


def test_many_tries_at_once_are_all_counted(sessions: StaffSessions) -> None:
    starting = Barrier(8)

    def guess(_: int) -> None:
        starting.wait()
        with pytest.raises(SignInRefused):
            sessions.sign_in("limin", "wrong password", "", "127.0.0.1")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(8)))
    with pytest.raises(SignInRefused) as caught:
        sessions.sign_in("limin", PASSWORD, "", "127.0.0.1")
    assert caught.value.until is not None


def test_waits_double_and_end() -> None:
    waits = [wait_after(failed, 5) for failed in (4, 5, 6, 7, 9, 1000)]

    assert waits == [timedelta(minutes=each) for each in (0, 1, 2, 4, 15, 15)]


def test_two_accounts_of_one_name_are_refused(staff: Staff) -> None:
    with pytest.raises(StaffError, match="there is such an account already"):
        staff.add("limin", "王芳", "agent", PASSWORD, "root")


def test_a_case_of_an_earlier_version_is_not_changed(database: Database, cipher: Cipher) -> None:
    registrations, cases = Registrations(database, cipher), Cases(database, cipher)
    number = register(registrations)
    read = cases.show(number).version
    cases.note(number, "甲", "limin")

    with pytest.raises(CaseChanged):
        cases.move(number, "closed", "wangfang", version=read)
    with pytest.raises(CaseChanged):
        registrations.change(number, "county", "南昌县", "wangfang", version=read)
    cases.move(number, "closed", "wangfang", version=read + 1)
    assert cases.show(number).version == read + 2


def test_cases_are_found_by_what_is_due_and_who_they_are(database: Database, cipher: Cipher) -> None:
    registrations, cases, found = Registrations(database, cipher), Cases(database, cipher), CaseList(database, cipher)
    today = date(2025, 3, 10)
    first = register(registrations)
    second = register(registrations, 2, name="李小龙", phone="13900000002")
    cases.plan(first, today - timedelta(days=1), "打电话", "limin")
    cases.plan(second, today, "", "limin", milestone="service")

    def numbers(**wanted: str) -> list[str]:
        return [each.number for each in found.find(CaseFilter(**wanted), today, "limin").lines]

    assert numbers(due="overdue") == [first]
    assert numbers(due="today") == [second]
    assert numbers(due="unplanned") == []
    assert numbers(search="李小龙") == [second]
    assert numbers(search="138 0000 0001", state="closed") == []
    assert numbers(city="南昌") == [second, first]


def test_a_case_is_open_for_whoever_opened_it(
    database: Database, cipher: Cipher, clock: Callable[[], datetime]
) -> None:
    number, unmasking = register(Registrations(database, cipher)), Unmasking(database, cipher, clock)
    unmasking.open(number, "回电给本人", "limin")

    assert [unmasking.is_open(number, each) for each in ("limin", "wangfang")] == [True, False]


def test_counts_add_up_over_processes(database: Database) -> None:
    day, counts = date(2025, 3, 10), DailyCounts(database)
    starting = Barrier(4)

    def add(_: int) -> None:
        starting.wait()
        DailyCounts(database).add({(day, "web", "answered"): 2})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(4)))
    assert totals(counts.between(day, day), "what") == {"answered": 8}


def test_a_question_taught_again_moves_to_the_other_clause(database: Database, cipher: Cipher) -> None:
    taught = TaughtQuestions(database, cipher)
    taught.add("低保会停吗，电话13800000001", "d", "1", "limin")
    taught.add("低保会停吗，电话13800000001", "d", "2", "wangfang")

    assert [(each.text, each.clause, each.by) for each in taught.all()] == [("低保会停吗，电话＊", "2", "wangfang")]


def test_the_latest_turn_of_the_switch_counts(database: Database, cipher: Cipher) -> None:
    pauses = Pauses(database, cipher)
    assert pauses.notice() == ""
    pauses.turn_off("正在更新", "zhaolei")
    assert pauses.notice() == "正在更新"
    pauses.turn_on("zhaolei")

    assert (pauses.notice(), [each.paused for each in pauses.history()]) == ("", [False, True])
