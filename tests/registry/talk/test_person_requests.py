"""Whoever wants a person is recorded once, taken by one owner, and handed back by the same."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import date, datetime, timezone
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from registry.errors import PersonRequestError, RegistryError
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.person_requests import PersonRequest, PersonRequestInFull, PersonRequests
from registry.talk.request_states import COMES_FROM, Reason, RequestState, refusal
from registry.talk.transcripts import Transcripts, TranscriptTurn

KNOWN = {"残疾类别": "视力", "城市": "南昌"}


@pytest.fixture
def transcripts(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Transcripts:
    return Transcripts(database, cipher, clock)


@pytest.fixture
def persons(
    database: Database, cipher: Cipher, transcripts: Transcripts, clock: Callable[[], datetime]
) -> PersonRequests:
    return PersonRequests(database, cipher, transcripts, clock)


@pytest.fixture
def elsewhere(url: str, folder: Path, persons: PersonRequests) -> PersonRequests:
    """The same records as another process opens them."""
    database, cipher = Database(url), Cipher.load(folder / "key")
    return PersonRequests(database, cipher, Transcripts(database, cipher))


# ask -----------------------------------------------------------------------------------------------------------------


def test_nobody_waits_at_first(persons: PersonRequests) -> None:
    assert (persons.waiting(), persons.in_hand("web-1")) == ([], False)


def test_a_request_holds_who_asked_where_why_what_is_known_and_what_was_said(
    persons: PersonRequests, transcripts: Transcripts
) -> None:
    transcripts.note("web-1", "我视力二级", "您想问什么？")
    transcripts.note("web-2", "别人", "")

    number = persons.ask("web-1", "web", "failed", KNOWN)

    assert persons.show(number) == PersonRequestInFull(
        number,
        datetime(2025, 3, 1, 8, 0, 3, tzinfo=timezone.utc),
        "web",
        Reason.FAILED,
        RequestState.OPEN,
        None,
        "web-1",
        KNOWN,
        [TranscriptTurn("我视力二级", "您想问什么？", datetime(2025, 3, 1, 8, 0, 1, tzinfo=timezone.utc))],
    )


def test_what_is_said_later_is_not_in_the_request(persons: PersonRequests, transcripts: Transcripts) -> None:
    number = persons.ask("web-1", "web", "asked", {})
    transcripts.note("web-1", "还在吗", "")

    assert persons.show(number).transcript == []


def test_a_request_keeps_what_was_said_when_the_transcript_is_forgotten(
    persons: PersonRequests, transcripts: Transcripts
) -> None:
    transcripts.note("web-1", "我视力二级", "")
    number = persons.ask("web-1", "web", "asked", {})
    transcripts.forget_before(date(2025, 3, 2))

    assert [turn.said for turn in persons.show(number).transcript] == ["我视力二级"]


@pytest.mark.parametrize("taken", [False, True])
def test_asking_again_brings_the_same_request_up_to_date(
    persons: PersonRequests, transcripts: Transcripts, taken: bool
) -> None:
    number = persons.ask("web-1", "web", "asked", {"城市": "南昌"})
    if taken:
        persons.take(number, "李敏")
    before = persons.show(number)
    transcripts.note("web-1", "我视力二级", "")

    assert persons.ask("web-1", "web", "failed", KNOWN) == number
    after = persons.show(number)
    assert (after.known, [turn.said for turn in after.transcript]) == (KNOWN, ["我视力二级"])
    assert (after.since, after.reason, after.state, after.owner) == (
        before.since,
        before.reason,
        before.state,
        before.owner,
    )


def test_asking_again_after_it_was_handed_back_is_a_new_request(persons: PersonRequests) -> None:
    first = persons.ask("web-1", "web", "asked", KNOWN)
    persons.take(first, "李敏")
    persons.hand_back(first, "李敏")

    second = persons.ask("web-1", "web", "asked", {})

    assert second != first
    assert [each.number for each in persons.waiting()] == [second]
    assert (persons.show(first).state, persons.show(first).known) == (RequestState.HANDED_BACK, KNOWN)


def test_every_sender_has_a_request_of_their_own(persons: PersonRequests) -> None:
    first, second = (persons.ask(sender, "web", "asked", {}) for sender in ("web-1", "web-2"))

    assert [each.number for each in persons.waiting()] == [first, second]


def test_asking_several_times_at_once_is_one_request(persons: PersonRequests, elsewhere: PersonRequests) -> None:
    starting = Barrier(8)

    def ask(asked: PersonRequests) -> int:
        starting.wait()
        return asked.ask("web-1", "web", "asked", KNOWN)

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(ask, [persons, elsewhere] * 4))

    assert [each.number for each in persons.waiting()] == [*numbers]


def test_the_database_itself_holds_no_two_requests_of_a_sender_that_wait(
    persons: PersonRequests, database: Database
) -> None:
    unique = inspect(database.engine).get_unique_constraints("person_requests")

    assert [each["column_names"] for each in unique] == [["live_sender"]]


class Late(PersonRequests):
    """Finds no request and cannot add one, as PostgreSQL has it where another process commits one in between."""

    looks = 0

    def _record(self, *about: Any) -> int:
        self.looks += 1
        if self.looks == 1:
            raise IntegrityError("insert", {}, Exception("live_sender"))
        return super()._record(*about)


def test_a_request_that_another_process_recorded_in_between_is_brought_up_to_date(
    database: Database, cipher: Cipher, transcripts: Transcripts, persons: PersonRequests
) -> None:
    number = persons.ask("web-1", "web", "asked", {})

    assert Late(database, cipher, transcripts).ask("web-1", "web", "asked", KNOWN) == number
    assert persons.show(number).known == KNOWN


def test_a_person_who_asks_is_recorded_even_where_a_turn_cannot_be_read(
    persons: PersonRequests, transcripts: Transcripts, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    transcripts.note("web-1", "我视力二级", "")
    with database.session() as session:
        session.execute(text("update transcript_turns set said = 'gAAAAAB'"))

    number = persons.ask("web-1", "web", "asked", KNOWN)

    assert (persons.show(number).known, persons.show(number).transcript) == (KNOWN, [])
    assert "transcript_turns 1: cannot be decrypted" in caplog.text


# take and hand back --------------------------------------------------------------------------------------------------


def test_a_request_is_in_hand_from_the_taking_to_the_handing_back(persons: PersonRequests) -> None:
    number = persons.ask("web-1", "web", "asked", {})
    waiting = persons.in_hand("web-1")
    persons.take(number, "李敏")
    taken = persons.in_hand("web-1")
    persons.hand_back(number, "李敏")

    assert (waiting, taken, persons.in_hand("web-1")) == (False, True, False)


def test_only_the_sender_of_the_request_is_in_hand(persons: PersonRequests) -> None:
    persons.take(persons.ask("web-1", "web", "asked", {}), "李敏")
    persons.ask("web-2", "web", "asked", {})

    assert (persons.in_hand("web-1"), persons.in_hand("web-2"), persons.in_hand("web-3")) == (True, False, False)


def test_what_one_process_takes_and_hands_back_another_one_sees(
    persons: PersonRequests, elsewhere: PersonRequests
) -> None:
    number = persons.ask("web-1", "web", "asked", {})
    elsewhere.take(number, "李敏")
    taken = persons.in_hand("web-1")
    elsewhere.hand_back(number, "李敏")

    assert (taken, persons.in_hand("web-1")) == (True, False)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_look_whether_a_sender_is_in_hand_goes_by_an_index(persons: PersonRequests, database: Database) -> None:
    with database.session() as session:
        plan = session.execute(
            text("explain query plan select id from person_requests where live_sender = 'a' and state = 'taken'")
        )
        steps = [row.detail for row in plan]

    assert [step.startswith("SEARCH person_requests USING INDEX") for step in steps] == [True]


def test_taking_or_handing_back_again_by_the_same_owner_changes_nothing(persons: PersonRequests) -> None:
    number = persons.ask("web-1", "web", "asked", {})
    persons.take(number, "李敏")
    persons.take(number, "李敏")
    taken = persons.show(number)
    persons.hand_back(number, "李敏")
    persons.hand_back(number, "李敏")

    assert (taken.state, taken.owner) == (RequestState.TAKEN, "李敏")
    assert persons.show(number).state is RequestState.HANDED_BACK


def test_of_two_owners_who_take_at_once_one_has_it_and_the_other_is_told_who(
    persons: PersonRequests, elsewhere: PersonRequests
) -> None:
    number = persons.ask("web-1", "web", "asked", {})
    starting = Barrier(2)

    def take(taker: PersonRequests, owner: str) -> str:
        starting.wait()
        try:
            taker.take(number, owner)
        except PersonRequestError as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = [*pool.map(take, (persons, elsewhere), ("李敏", "王芳"))]

    owner = persons.show(number).owner
    assert sorted(told) == ["", f"request {number}: {owner} has it; ask {owner} to hand it back"]


def test_nobody_but_its_owner_hands_a_request_back(persons: PersonRequests) -> None:
    number = persons.ask("web-1", "web", "asked", {})
    persons.take(number, "李敏")

    with pytest.raises(PersonRequestError) as caught:
        persons.hand_back(number, "王芳")

    assert str(caught.value) == f"request {number}: 李敏 has it; ask 李敏 to hand it back"
    assert persons.in_hand("web-1")


@pytest.mark.parametrize("number", [0, -1, 2, 2**31, 10**30])
def test_a_number_without_a_request_is_named(persons: PersonRequests, number: int) -> None:
    persons.ask("web-1", "web", "asked", {})
    for call in (persons.show, lambda n: persons.take(n, "李敏"), lambda n: persons.hand_back(n, "李敏")):
        with pytest.raises(PersonRequestError) as caught:
            call(number)
        assert str(caught.value) == f"request {number}: there is none; the list has the numbers of those that wait"


@pytest.mark.parametrize("owner", ["", "  "])
def test_nobody_takes_a_request_without_a_name(persons: PersonRequests, owner: str) -> None:
    number = persons.ask("web-1", "web", "asked", {})

    with pytest.raises(PersonRequestError, match=f"^request {number}: an owner needs a name; give one$"):
        persons.take(number, owner)


OPEN, TAKEN, BACK = RequestState


def test_every_state_but_the_first_comes_from_one_other() -> None:
    assert COMES_FROM == {TAKEN: OPEN, BACK: TAKEN}


@pytest.mark.parametrize(
    ("state", "owner", "to", "reason"),
    [
        (OPEN, None, TAKEN, ""),
        (OPEN, None, BACK, "nobody has taken it; take it before it is handed back"),
        (TAKEN, "李敏", TAKEN, ""),
        (TAKEN, "李敏", BACK, ""),
        (TAKEN, "王芳", TAKEN, "王芳 has it; ask 王芳 to hand it back"),
        (TAKEN, "王芳", BACK, "王芳 has it; ask 王芳 to hand it back"),
        (BACK, "李敏", BACK, ""),
        (BACK, "李敏", TAKEN, "李敏 has handed it back; when the person asks again, the list has a new one"),
        (BACK, "王芳", TAKEN, "王芳 has handed it back; when the person asks again, the list has a new one"),
        (BACK, "王芳", BACK, "王芳 has handed it back; when the person asks again, the list has a new one"),
    ],
)
def test_what_李敏_may_not_do_is_refused_with_a_reason(
    state: RequestState, owner: str | None, to: RequestState, reason: str
) -> None:
    assert refusal(state, owner, to, "李敏") == reason


# waiting and show ----------------------------------------------------------------------------------------------------


def test_the_open_and_the_taken_wait_oldest_first(persons: PersonRequests) -> None:
    first, second, third = (persons.ask(f"web-{each}", "web", "asked", {}) for each in range(3))
    persons.take(first, "李敏")
    persons.hand_back(first, "李敏")
    persons.take(third, "李敏")

    assert [(each.number, each.state) for each in persons.waiting()] == [(second, OPEN), (third, TAKEN)]


def test_a_list_holds_nothing_of_what_was_said(persons: PersonRequests) -> None:
    persons.ask("web-1", "web", "asked", KNOWN)

    assert [type(each) for each in persons.waiting()] == [PersonRequest]
    assert [field.name for field in fields(PersonRequest)] == ["number", "since", "door", "reason", "state", "owner"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_of_sender_known_or_transcript_can_be_read_in_the_files(
    persons: PersonRequests, transcripts: Transcripts, database: Database, folder: Path
) -> None:
    # While it is open, the newest pages are in a file beside the database.
    with database.engine.connect():
        transcripts.note("web-dachui", "我叫王大锤", "您好")
        persons.ask("web-dachui", "web", "asked", {"残疾类别": "视力"})
        kept = {path.name: path.read_bytes() for path in folder.iterdir()}

    assert "records.db-wal" in kept
    everything = b"".join(kept.values())
    assert b"person_requests" in everything
    found = [word for word in ("dachui", "大锤", "残疾类别", "视力", "您好") if word.encode() in everything]
    escaped = [word for word in ("大锤", "视力") if word.encode("unicode_escape") in everything]
    assert (found, escaped) == ([], [])


@pytest.mark.parametrize("column", ["sender", "known", "transcript"])
def test_a_request_that_somebody_changed_is_named_not_quoted_and_still_listed(
    persons: PersonRequests, database: Database, column: str
) -> None:
    persons.ask("web-1", "web", "asked", {})
    number = persons.ask("web-2", "web", "asked", KNOWN)
    with database.session() as session:
        session.execute(text(f"update person_requests set {column} = 'x' || {column} where id = {number}"))

    with pytest.raises(RegistryError, match=f"^person_requests {number}: cannot be decrypted; [^视]*$"):
        persons.show(number)
    assert [each.number for each in persons.waiting()] == [1, number]


@pytest.mark.parametrize(("column", "other"), [("known", "transcript"), ("transcript", "known"), ("known", "sender")])
def test_a_request_with_one_column_written_over_with_another_is_named(
    persons: PersonRequests, transcripts: Transcripts, database: Database, column: str, other: str
) -> None:
    transcripts.note("web-1", "我视力二级", "")
    number = persons.ask("web-1", "web", "asked", KNOWN)
    with database.session() as session:
        session.execute(text(f"update person_requests set {column} = {other}"))

    with pytest.raises(RegistryError) as caught:
        persons.show(number)

    assert str(caught.value).startswith(f"person_requests {number}: cannot be decrypted; ")
