"""A registration is not found by guessing: wrong pairs of number and phone make whoever tries wait."""

from datetime import timedelta

import pytest

from registry.errors import LookUpRefused, RegistrationNotFound
from registry.limits.asked_from import AskedFrom, asked_from
from registry.registrations.registrations import Registrations
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.values.case_numbers import new_number
from tests.registry.conftest import Clock
from tests.registry.people import register

PHONE, OTHER = "13800000001", "13900000001"


@pytest.fixture
def registrations(database: Database, cipher: Cipher, clock: Clock) -> Registrations:
    return Registrations(database, cipher, clock)


def guess(registrations: Registrations, phone: str = PHONE, sender: str = "", number: str | None = None) -> str:
    """What a guess comes to: "found", "not found" or "wait"."""
    try:
        registrations.find(number or new_number(), phone, sender)
    except RegistrationNotFound:
        return "not found"
    except LookUpRefused:
        return "wait"
    return "found"


def test_after_five_wrong_numbers_a_phone_waits_whoever_asks_and_a_right_one_is_not_opened(
    registrations: Registrations, clock: Clock
) -> None:
    number = register(registrations)
    guesses = [guess(registrations, sender=f"web-{each}") for each in range(6)]

    assert guesses == ["not found"] * 5 + ["wait"]
    assert guess(registrations, sender="web-1", number=number) == "wait"
    clock.now += timedelta(minutes=1)
    assert guess(registrations, sender="web-1", number=number) == "found"


def test_the_wait_grows_to_a_quarter_of_an_hour(registrations: Registrations, clock: Clock) -> None:
    for _ in range(4):
        guess(registrations)
    waits = []
    for _ in range(7):
        assert guess(registrations) == "not found"
        with pytest.raises(LookUpRefused) as refused:
            registrations.find(new_number(), PHONE)
        waits.append(round((refused.value.until - clock.now) / timedelta(minutes=1)))
        clock.now = refused.value.until

    assert waits == [1, 2, 4, 8, 15, 15, 15]


def test_one_sender_who_tries_many_phones_waits_and_others_do_not(registrations: Registrations) -> None:
    number = register(registrations)
    guesses = [guess(registrations, f"1390000000{each}", "web-1") for each in range(6)]

    assert guesses == ["not found"] * 5 + ["wait"]
    assert guess(registrations, sender="web-2", number=number) == "found"


def test_one_address_that_tries_many_phones_as_many_senders_waits(registrations: Registrations) -> None:
    before = asked_from.set(AskedFrom("192.0.2.1"))
    guesses = [guess(registrations, f"139000000{each}", f"web-{each}") for each in range(10, 31)]
    asked_from.reset(before)

    assert guesses == ["not found"] * 20 + ["wait"]


def test_a_right_pair_of_one_s_own_does_not_wipe_out_the_wrong_ones(registrations: Registrations) -> None:
    own = register(registrations)
    for _ in range(4):
        guess(registrations)

    assert [guess(registrations, number=own), guess(registrations), guess(registrations)] == [
        "found",
        "not found",
        "wait",
    ]


def test_wrong_pairs_are_in_the_audit_without_number_and_phone(
    registrations: Registrations, database: Database, cipher: Cipher
) -> None:
    number = register(registrations)
    guess(registrations, OTHER, number=number)
    guess(registrations)

    refused = [each for each in Audit(database, cipher).entries() if each.action == "find_refused"]
    assert [(each.subject, each.detail) for each in refused] == [(None, {})] * 2
