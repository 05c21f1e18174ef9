"""What registrations have in common is counted, and small counts are not told to the public."""

import pytest

from registry.cases.cases import Cases
from registry.registrations.registrations import Registrations
from registry.registrations.statistics import for_the_public, statistics
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from tests.registry.people import register


@pytest.fixture
def registrations(database: Database, cipher: Cipher) -> Registrations:
    return Registrations(database, cipher)


def test_each_field_is_counted_with_the_most_frequent_first(
    registrations: Registrations, database: Database, cipher: Cipher
) -> None:
    for each, (city, county) in enumerate([("赣州", "于都县"), ("南昌", "进贤县"), ("南昌", "")]):
        register(registrations, each, city=city, county=county)
    counts = statistics(database, cipher, "李敏")

    assert [*counts["city"].items()] == [("南昌", 2), ("赣州", 1)]
    assert counts["county"] == {"于都县": 1, "进贤县": 1}
    assert counts["disability_type"] == {"视力": 3}
    assert counts["disability_level"] == {"二级": 3}
    assert counts["work_mode"] == {"居家": 3}
    assert counts["desired_job"] == {"客服": 3}
    assert counts["state"] == {"registered": 3}
    assert counts["milestone"] == {"job_need_registration": 3}


def test_whoever_registered_twice_counts_once_when_staff_has_merged_it(
    registrations: Registrations, database: Database, cipher: Cipher
) -> None:
    keep, other = register(registrations, 1), register(registrations, 2)
    cases = Cases(database, cipher)
    cases.milestone_done(other, "service", "推荐了岗位", "李敏")
    cases.merge(keep, other, "李敏")
    counts = statistics(database, cipher, "李敏")

    assert (counts["city"], counts["state"]) == ({"南昌": 1}, {"merged": 1, "registered": 1})
    assert counts["milestone"] == {"job_need_registration": 1, "service": 1}


def test_of_who_withdrew_only_the_state_is_counted(
    registrations: Registrations, database: Database, cipher: Cipher
) -> None:
    registrations.withdraw_consent(register(registrations), "general", "self")
    counts = statistics(database, cipher, "李敏")

    assert (counts["state"], counts["city"]) == ({"withdrawn": 1}, {})


def test_of_wished_jobs_the_twenty_most_frequent_are_counted(
    registrations: Registrations, database: Database, cipher: Cipher
) -> None:
    for each in range(25):
        register(registrations, each, desired_job=f"第{each // 2:02}种")
    jobs = statistics(database, cipher, "李敏")["desired_job"]

    assert (len(jobs), jobs["第00种"]) == (13, 2)
    for each in range(25, 35):
        register(registrations, each, desired_job=f"另{each}种")
    assert len(statistics(database, cipher, "李敏")["desired_job"]) == 20


def test_where_nobody_registered_nothing_is_counted(database: Database, cipher: Cipher) -> None:
    assert set(map(len, statistics(database, cipher, "李敏").values())) == {0}


def test_who_counted_is_noted(database: Database, cipher: Cipher) -> None:
    statistics(database, cipher, "李敏")

    assert [(each.actor, each.action) for each in Audit(database, cipher).entries()] == [("李敏", "read_all")]


def test_the_public_is_told_no_count_below_three_and_nobodys_own_words() -> None:
    counts = {"city": {"南昌": 3, "赣州": 2, "九江": 1}, "desired_job": {"客服": 3, "接老王的班": 2}}

    assert for_the_public(counts) == {"city": {"南昌": "3", "赣州": "<3", "九江": "<3"}, "desired_job": {"客服": "3"}}
