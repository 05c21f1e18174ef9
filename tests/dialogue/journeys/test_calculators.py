"""What the calculators still have to ask; tests/knowledge/rules has what they come to."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from dialogue.journey import UNCLEAR
from dialogue.journeys.catalogue import JOURNEYS

DAY = date(2023, 3, 1)


@pytest.mark.parametrize(
    ("journey", "values", "slot"),
    [
        ("quota", {}, "unit_kind"),
        ("quota", {"unit_kind": UNCLEAR}, "unit_kind"),
        ("quota", {"unit_kind": "organ"}, "establishment"),
        ("quota", {"unit_kind": "company"}, "staff"),
        ("reward", {}, "staff"),
        ("dibao_years", {}, "disabled"),
        ("dibao_years", {"disabled": "yes", "receives_dibao": "yes"}, "self_employed"),
        ("dibao_years", dict.fromkeys(("disabled", "receives_dibao", "self_employed", "first_time"), "yes"), "started"),
        ("dibao_years", {"first_time": "no"}, None),
        ("dibao_years", {"disabled": "no"}, None),
        ("posts_again", {}, "placements"),
        ("posts_again", {"placements": "1"}, "passed"),
        ("navigator", {}, "asker"),
    ],
)
def test_the_next_question_is_of_what_is_still_open(journey: str, values: Mapping[str, str], slot: str | None) -> None:
    assert JOURNEYS[journey].next_slot(values, (), DAY) == slot


def test_what_was_skipped_is_not_asked_again() -> None:
    conditions = dict.fromkeys(("disabled", "receives_dibao", "self_employed", "first_time"), "yes")
    assert JOURNEYS["dibao_years"].next_slot(conditions, ("started",), DAY) is None


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({"disabled": "no"}, "not_disabled"),
        ({"receives_dibao": "no"}, "not_receiving"),
        ({"self_employed": "no"}, "hired"),
        ({"first_time": "no"}, "not_first"),
        ({}, "start_unknown"),
        ({"started": "2023-03"}, "extended"),
    ],
)
def test_what_was_not_asked_because_one_no_settles_it_does_not_count_against_anybody(
    values: Mapping[str, str], outcome: str
) -> None:
    assert JOURNEYS["dibao_years"].work_out(values, date(2023, 6, 1)).outcome == outcome


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({"placements": "1", "passed": "yes"}, "again"),
        ({"placements": "1", "passed": "no"}, "not_passed"),
        ({"placements": "1"}, "again_if_passed"),
    ],
)
def test_a_result_nobody_knows_is_left_open(values: Mapping[str, str], outcome: str) -> None:
    assert JOURNEYS["posts_again"].work_out(values, DAY).outcome == outcome


def test_every_figure_of_the_reward_reaches_its_rule() -> None:
    values = {"unit_kind": "company", "staff": "200", "disabled_staff": "5", "wage": "1850"}
    assert JOURNEYS["reward"].work_out(values, DAY).numbers["total"] == Decimal(11100)
