"""A registration that was acknowledged is there once, whenever the process was killed."""

import random
import signal
from collections import Counter
from pathlib import Path

import pytest

from registry.cases.cases import Cases
from registry.registrations.registrations import Registrations
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from tests.registry.killing import acknowledged_though_killed, start
from tests.registry.people import register


@pytest.mark.parametrize(("dies", "recorded"), [("uncommitted", 0), ("unsaid", 1)])
def test_who_had_no_answer_sends_again_and_is_there_once(
    url: str, cipher: Cipher, folder: Path, dies: str, recorded: int
) -> None:
    registrations = Registrations(Database(url), cipher)
    process = start(url, folder / "key", 7, dies)
    said, _ = process.communicate()
    before = [each.number for each in registrations.all()]
    again = register(registrations, 7)

    assert (said, process.returncode, len(before)) == ("ready\n", -signal.SIGKILL, recorded)
    assert [each.number for each in registrations.all()] == [again]


@pytest.mark.slow
def test_of_a_thousand_registrations_none_is_lost_and_none_doubled_though_the_process_is_killed(
    url: str, cipher: Cipher, folder: Path
) -> None:
    seed = random.randrange(10**6)
    acknowledged, lives = acknowledged_though_killed(url, folder / "key", 1000, seed)
    database = Database(url)
    registrations = Registrations(database, cipher)
    recorded = [(each.fields["name"], each.number) for each in registrations.all()]
    names = Counter(name for name, _ in recorded)
    expected = [(f"第{person}人", number) for person, number in acknowledged]
    assert (lives > 3, [person for person, _ in acknowledged]) == (True, [*range(len(acknowledged))]), f"seed {seed}"
    assert [each for each in expected if each not in recorded] == [], f"lost, seed {seed}"
    assert [name for name, count in names.items() if count > 1] == [], f"doubled, seed {seed}"
    # The last one may have been recorded and not acknowledged.
    assert len(recorded) - len(acknowledged) in {0, 1}, f"seed {seed}"
    cases = Cases(database, cipher)
    assert {len(cases.show(number).milestones) for _, number in recorded[:: len(recorded) // 50]} == {4}
    assert Audit(database, cipher).verify() == []
