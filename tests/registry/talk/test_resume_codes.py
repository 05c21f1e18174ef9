"""Going on with a conversation elsewhere: a number for minutes, once, that cannot be guessed."""

import re
from datetime import timedelta

import pytest

from registry.errors import ResumeRefused
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.tables.all import ResumeCodeRow
from registry.talk.resume_codes import LASTS, ResumeCodes
from tests.registry.conftest import Clock


@pytest.fixture
def codes(database: Database, cipher: Cipher, clock: Clock) -> ResumeCodes:
    return ResumeCodes(database, cipher, clock)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08}"


def test_a_code_leads_to_its_sender_once(codes: ResumeCodes) -> None:
    code = codes.issue("web-1")

    assert re.fullmatch("[0-9]{8}", code)
    assert codes.redeem(code, "1.2.3.4") == "web-1"
    with pytest.raises(ResumeRefused):
        codes.redeem(code, "1.2.3.4")


def test_an_old_code_leads_nowhere(codes: ResumeCodes, clock: Clock) -> None:
    code = codes.issue("web-1")
    clock.now += LASTS

    with pytest.raises(ResumeRefused):
        codes.redeem(code, "1.2.3.4")


def test_only_the_latest_code_of_a_sender_is_of_use(codes: ResumeCodes) -> None:
    first, second = codes.issue("web-1"), codes.issue("web-1")

    with pytest.raises(ResumeRefused):
        codes.redeem(first, "1.2.3.4")
    assert codes.redeem(second, "1.2.3.4") == "web-1"


def test_whoever_guesses_waits_and_then_even_the_right_code_is_not_looked_at(codes: ResumeCodes, clock: Clock) -> None:
    code = codes.issue("web-1")
    for _ in range(10):
        with pytest.raises(ResumeRefused) as refused:
            codes.redeem(wrong(code), "6.6.6.6")
    assert refused.value.until is not None
    with pytest.raises(ResumeRefused):
        codes.redeem(code, "6.6.6.6")

    assert codes.redeem(code, "1.2.3.4") == "web-1"


def test_a_code_of_ones_own_does_not_buy_more_guesses(codes: ResumeCodes) -> None:
    code = codes.issue("web-1")
    for _ in range(9):
        with pytest.raises(ResumeRefused):
            codes.redeem(wrong(code), "6.6.6.6")
    assert codes.redeem(codes.issue("guesser"), "6.6.6.6") == "guesser"
    with pytest.raises(ResumeRefused) as refused:
        codes.redeem(wrong(code), "6.6.6.6")

    assert refused.value.until is not None


def test_neither_code_nor_sender_can_be_read_from_the_database(codes: ResumeCodes, database: Database) -> None:
    code = codes.issue("web-secret")
    with database.session() as session:
        (row,) = session.query(ResumeCodeRow).all()
        stored = " ".join(str(each) for each in (row.code, row.sender_index, row.sender))

    assert code not in stored
    assert "web-secret" not in stored


def test_old_codes_do_not_stay(codes: ResumeCodes, database: Database, clock: Clock) -> None:
    codes.issue("web-1")
    clock.now += LASTS + timedelta(seconds=1)
    codes.issue("web-2")

    with database.session() as session:
        assert session.query(ResumeCodeRow).count() == 1


def test_when_too_many_are_out_no_more_are_given(codes: ResumeCodes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.talk.resume_codes._MOST", 2)
    codes.issue("web-1")
    codes.issue("web-2")

    with pytest.raises(ResumeRefused):
        codes.issue("web-3")
