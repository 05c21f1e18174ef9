"""What each journey is like: the properties by which forms treat it, and what it asks for next."""

from dataclasses import replace
from datetime import date

import pytest

from dialogue.journey import UNCLEAR, Journey, Kind
from dialogue.journeys.catalogue import JOURNEYS
from knowledge.rules.result import Result

DAY = date(2023, 3, 1)
WORKED_OUT = ("quota", "reward", "dibao_years", "posts_again", "navigator")
OF_RECORDS = ("register", "my_data", "export_data", "change_data", "withdraw_data", "delete_data", "forget_talk")
PLAIN = Journey("plain", ("staff", "unit_kind"), lambda *_: ("staff", "unit_kind"))


def test_these_are_all_the_journeys() -> None:
    assert set(JOURNEYS) == {*WORKED_OUT, *OF_RECORDS}


@pytest.mark.parametrize("name", WORKED_OUT)
def test_what_is_worked_out_is_for_anybody_and_begun_by_what_they_state(name: str) -> None:
    journey = JOURNEYS[name]
    assert (journey.patience, journey.personal, journey.begun_by_facts) == (3, False, True)
    assert (journey.takes_any_words, journey.goes_back_in_order) == (False, False)
    assert (journey.changed_by, journey.named_field) == (None, None)
    assert (journey.lists_measures, journey.is_sum) == (name == "navigator", name != "navigator")


@pytest.mark.parametrize("name", OF_RECORDS)
def test_what_is_about_somebodys_record_is_for_them_alone_and_begun_because_they_ask(name: str) -> None:
    journey = JOURNEYS[name]
    assert (journey.patience, journey.personal, journey.begun_by_facts) == (2, True, False)
    assert (journey.takes_any_words, journey.goes_back_in_order) == (True, True)
    assert (journey.changed_by, journey.kind) == ("change_data", Kind.RECORD)
    assert (journey.is_sum, journey.lists_measures) == (False, False)
    assert journey.named_field is not None
    assert journey.named_field("手机号错了") == "phone"


def test_what_changes_a_record_is_a_journey() -> None:
    assert {journey.changed_by for journey in JOURNEYS.values()} - {None} <= set(JOURNEYS)


@pytest.mark.parametrize(
    ("values", "skipped", "slot"),
    [
        ({}, (), "staff"),
        ({"staff": "200"}, (), "unit_kind"),
        ({}, ("staff",), "unit_kind"),
        # 机关 alone is asked for again.
        ({"staff": "200", "unit_kind": UNCLEAR}, (), "unit_kind"),
        ({"staff": "200", "unit_kind": "organ"}, (), None),
    ],
)
def test_the_first_that_is_needed_and_neither_known_nor_skipped_is_asked_for(
    values: dict[str, str], skipped: tuple[str, ...], slot: str | None
) -> None:
    assert PLAIN.next_slot(values, skipped, DAY) == slot


def test_a_sum_is_worked_out_by_its_rule_of_the_values_on_the_day() -> None:
    journey = replace(PLAIN, rule=lambda values, on: Result(f"{values['staff']} on {on}", ()))
    assert journey.work_out({"staff": "200"}, DAY).outcome == "200 on 2023-03-01"
