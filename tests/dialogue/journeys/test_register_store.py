"""A registration is stored with what may be stored of it, under the number of its form."""

from collections.abc import Mapping
from typing import Any

import pytest

from dialogue.journeys.consent_version import VERSION
from dialogue.journeys.register_store import store
from registry.values.fields import Consent
from tests.dialogue.stand_ins import NUMBER, Registrations

TOLD = {"consent": "yes", "consent_disability": "yes", "name": "陈建平", "phone": "13800138000", "city": "南昌"}


def stored(values: Mapping[str, str], staff: str | None = None) -> tuple[Any, ...]:
    registrations = Registrations()
    assert store(registrations, "web:a", "web", values, "a1", "family", staff) == NUMBER
    [given] = registrations.given
    return given


def test_everything_reaches_the_store_in_its_place() -> None:
    consents = [Consent("general", VERSION, True), Consent("disability", VERSION, True)]
    fields = {"name": "陈建平", "phone": "13800138000", "city": "南昌"}
    assert stored({**TOLD, "skills": ""}) == ("web:a", "web", fields, consents, "a1", "family", False, None)


@pytest.mark.parametrize(("residence", "rural"), [("rural", True), ("urban", False)])
def test_whoever_lives_in_the_country_gets_more(residence: str, rural: bool) -> None:
    assert stored({**TOLD, "residence": residence})[6] is rural


def test_without_the_second_consent_nothing_of_a_disability_is_stored() -> None:
    given = stored({**TOLD, "consent_disability": "no", "disability_type": "视力"})
    assert "disability_type" not in given[2]
    assert [(each.purpose, each.given) for each in given[3]] == [("general", True), ("disability", False)]
    assert stored({**TOLD, "disability_type": "视力"})[2]["disability_type"] == "视力"


def test_a_consent_nobody_gave_is_none() -> None:
    assert [each.given for each in stored({"name": "陈建平"})[3]] == [False, False]


def test_who_of_staff_read_the_consents_out_is_kept_with_them() -> None:
    given = stored(TOLD, "李敏")
    assert [(each.channel, each.by) for each in given[3]] == [("staff", "李敏")] * 2
    assert given[-1] == "李敏"
