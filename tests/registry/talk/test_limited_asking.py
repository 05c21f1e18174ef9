"""Asking for a person: staff see those who need one, and who asks again and again is told the hotlines."""

import pytest

from registry.limits.asked_from import AskedFrom, asked_from
from registry.limits.buckets import BucketsInMemory
from registry.limits.limits import Limiter, limits
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.limited_asking import LimitedAsking
from registry.talk.person_requests import PersonRequests
from registry.talk.transcripts import Transcripts
from tests.registry.conftest import Clock

AT_ONCE = {kind: rate.at_once for kind, rate in limits()["person"].rates.items()}


@pytest.fixture
def persons(database: Database, cipher: Cipher) -> PersonRequests:
    return PersonRequests(database, cipher, Transcripts(database, cipher))


@pytest.fixture
def asking(persons: PersonRequests, cipher: Cipher, clock: Clock) -> LimitedAsking:
    return LimitedAsking(persons, Limiter(BucketsInMemory(clock), cipher))


def asked(asking: LimitedAsking, sender: str) -> bool:
    return asking.ask(sender, "web", "asked", {}) is not None


def test_a_request_that_waits_stays_the_same_however_often_it_is_made(asking: LimitedAsking) -> None:
    assert len({asking.ask("web-1", "web", "asked", {}) for _ in range(20)}) == 1


def test_invented_senders_of_one_address_do_not_fill_the_queue(asking: LimitedAsking, persons: PersonRequests) -> None:
    before = asked_from.set(AskedFrom("192.0.2.1"))
    answers = [asked(asking, f"web-{number}") for number in range(20)]
    asked_from.reset(before)

    assert answers == [True] * AT_ONCE["address"] + [False] * (20 - AT_ONCE["address"])
    assert len(persons.waiting()) == AT_ONCE["address"]
    assert asked(asking, "telegram-1")


def test_who_is_handed_back_again_and_again_is_told_the_hotlines(
    asking: LimitedAsking, persons: PersonRequests
) -> None:
    for _ in range(AT_ONCE["sender"]):
        number = asking.ask("web-1", "web", "asked", {})
        assert number is not None
        persons.take(number, "amy")
        persons.hand_back(number, "amy")

    assert not asked(asking, "web-1")
    assert asked(asking, "web-2")
