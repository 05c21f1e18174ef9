"""What follows for a registration from what was just taken."""

from dataclasses import replace

import pytest

from dialogue.journeys.catalogue import JOURNEYS
from dialogue.journeys.register_taking import denied, with_registration_rules
from dialogue.state import FormState
from dialogue.take_facts import Taken, take
from knowledge.facts.fact_reader import Fact
from tests.dialogue.stand_ins import DAY, utterance

BOTH = {"consent": "yes", "consent_disability": "yes"}
TOLD = {**BOTH, "name": "陈建平", "phone": "13800138000", "city": "南昌"}


def after(before: FormState, facts: dict[str, str], said: tuple[str, ...] = ()) -> Taken:
    """`before` with `facts`, every one sure, and what follows from them."""
    stated = {slot: Fact(value, 1.0) for slot, value in facts.items()}
    taken = take(before, JOURNEYS[before.journey], stated, DAY)
    return with_registration_rules(before, taken, map(utterance, said), DAY)


def test_what_was_told_before_consent_counts_once_there_is_consent() -> None:
    before = FormState("register", {"consent": "yes"}, asking="consent_disability")
    found = after(before, {"consent_disability": "yes"}, ("我叫陈建平", "电话13800138000，我是盲人"))

    assert {**found.state.values, "name": "陈建平"} == {**BOTH, "name": "陈建平", "phone": "13800138000"} | {
        "disability_type": "视力"
    }
    assert found.new == ("consent_disability", "name", "phone", "disability_type")
    assert found.state.asking == "consent_disability"
    assert found.state.answered == ("consent_disability",)


def test_what_was_told_of_a_disability_does_not_count_where_nobody_agreed_to_it() -> None:
    before = FormState("register", {"consent": "yes"}, asking="consent_disability")
    found = after(before, {"consent_disability": "no"}, ("我叫陈建平，我是盲人",))
    assert found.state.values == {"consent": "yes", "consent_disability": "no", "name": "陈建平"}


@pytest.mark.parametrize(
    ("before", "facts"),
    [
        (FormState("register", asking="consent"), {"consent": "yes"}),
        (FormState("register", BOTH, asking="name"), {"name": "王建平"}),
    ],
)
def test_earlier_turns_are_read_only_when_the_second_consent_was_just_answered(
    before: FormState, facts: dict[str, str]
) -> None:
    found = after(before, facts, ("电话13800138000",))
    assert "phone" not in found.state.values
    assert found.state.values == {**before.values, **facts}


def test_a_county_of_another_city_goes_with_the_move() -> None:
    before = FormState("register", {**TOLD, "county": "进贤县"}, asking="gender")
    assert "county" not in after(before, {"city": "九江"}).state.values
    assert after(before, {"gender": "男"}).state.values["county"] == "进贤县"


@pytest.mark.parametrize(
    ("facts", "refused", "confirmed"),
    [
        ({"confirm": "yes"}, {}, True),
        # Something else changed with the yes: all of it is read back once more.
        ({"confirm": "yes", "name": "王建平"}, {}, False),
        # A no confirms nothing, nor does a yes right after one.
        ({"confirm": "no"}, {}, False),
        ({"confirm": "yes"}, {"confirm": "no"}, False),
        ({"confirm": "yes"}, {"phone": "1"}, True),
    ],
)
def test_a_yes_to_what_was_read_back_counts_only_where_nothing_changed_with_it(
    facts: dict[str, str], refused: dict[str, str], confirmed: bool
) -> None:
    found = after(FormState("register", TOLD, asking="confirm", refused=refused), facts)
    assert ("confirm" in found.state.values) is confirmed
    assert found.state.values["name"] == facts.get("name", "陈建平")


@pytest.mark.parametrize(
    ("facts", "refused", "left"),
    [
        ({"confirm": "yes"}, {"confirm": "no"}, {}),
        ({"name": "王建平"}, {"confirm": "no"}, {}),
        ({"name": "王建平"}, {"phone": "1"}, {}),
        ({}, {"phone": "1"}, {"phone": "1"}),
        ({}, {"confirm": "no"}, {}),
    ],
)
def test_what_was_wrong_is_settled_by_a_change_or_by_a_yes(
    facts: dict[str, str], refused: dict[str, str], left: dict[str, str]
) -> None:
    assert after(FormState("register", TOLD, asking="confirm", refused=refused), facts).state.refused == left


@pytest.mark.parametrize(
    ("facts", "value", "county"),
    [
        # Another field is to be changed: the value of the one before is none of it.
        ({"change_field": "name"}, None, None),
        ({"change_field": "name", "change_value": "陈建平"}, "陈建平", "进贤县"),
        ({"change_value": "九江"}, "九江", "进贤县"),
        ({"confirm_change": "yes"}, "南昌", "进贤县"),
    ],
)
def test_a_new_value_is_of_its_field(facts: dict[str, str], value: str | None, county: str | None) -> None:
    before = FormState("change_data", {"change_field": "city", "change_value": "南昌", "county": "进贤县"})
    found = after(before, facts).state.values
    assert (found.get("change_value"), found.get("county")) == (value, county)


def test_a_no_to_what_was_read_back_is_a_denial_once() -> None:
    before = FormState("register", TOLD, asking="confirm")
    assert denied(before, after(before, {"confirm": "no"}))
    assert not denied(before, after(before, {"confirm": "yes"}))
    assert not denied(before, after(before, {"confirm": "no", "name": "王建平"}))
    again = replace(before, refused={"confirm": "no"})
    assert not denied(again, after(again, {"confirm": "no"}))
