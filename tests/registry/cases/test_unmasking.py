"""A case that was opened is open for whoever opened it, alone and for a quarter of an hour."""

from datetime import timedelta

import pytest

from registry.cases.unmasking import Unmasking, reason_kept
from registry.errors import ReasonRefused
from registry.registrations.registrations import Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from tests.registry.conftest import Clock
from tests.registry.people import register


@pytest.fixture
def registrations(database: Database, cipher: Cipher, clock: Clock) -> Registrations:
    return Registrations(database, cipher, clock)


@pytest.fixture
def unmasking(database: Database, cipher: Cipher, clock: Clock) -> Unmasking:
    return Unmasking(database, cipher, clock)


def test_an_opened_case_opens_no_other(registrations: Registrations, unmasking: Unmasking) -> None:
    lower, middle, higher = sorted(register(registrations, each) for each in range(3))
    unmasking.open(middle, "回电给本人", "limin")

    assert [unmasking.is_open(each, "limin") for each in (lower, middle, higher)] == [False, True, False]
    assert [unmasking.is_open(middle, each) for each in ("aaa", "wangfang")] == [False, False]


def test_a_case_is_masked_again_after_a_quarter_of_an_hour(
    registrations: Registrations, unmasking: Unmasking, clock: Clock
) -> None:
    number = register(registrations)
    unmasking.open(number, "回电给本人", "limin")
    opened = clock.now
    # Each look at the clock is a second later.
    clock.now = opened + timedelta(minutes=15, seconds=-2)
    before = unmasking.is_open(number, "limin")
    clock.now = opened + timedelta(minutes=15, seconds=-1)

    assert (before, unmasking.is_open(number, "limin")) == (True, False)


def test_neither_reading_nor_taking_a_case_away_opens_it(registrations: Registrations, unmasking: Unmasking) -> None:
    number = register(registrations)
    unmasking.note_export("csv", "报送省残联", "limin")
    registrations.show(number, "limin")

    assert not unmasking.is_open(number, "limin")


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        ("回电本人", "回电本人"),
        (" 回电，本人。 ", "回电，本人。"),
        ("回" * 61, "回" * 60),
        ("回电\0本人", "回电本人"),
        ("打13800138000", "打＊"),
    ],
)
def test_a_reason_is_kept_up_to_sixty_characters_and_tells_nobody(reason: str, kept: str) -> None:
    assert reason_kept(reason) == kept


@pytest.mark.parametrize("reason", ["", "回电话", "回电！！话。。", "    "])
def test_three_characters_are_no_reason(reason: str) -> None:
    with pytest.raises(ReasonRefused):
        reason_kept(reason)
