"""Which reader a message is for, and in the light of which question."""

import pytest

from dialogue.read_facts import facts_for_form, facts_in
from dialogue.state import FormState
from knowledge.facts.fact_reader import Fact
from tests.dialogue.stand_ins import Facts, readers

STAFF = {"staff": Fact("200", 0.9)}


def test_what_answers_nothing_is_read_freely() -> None:
    facts = Facts({"二百人": STAFF})
    assert facts_in("二百人", readers(facts)) == STAFF
    assert facts.asked == [(None, frozenset())]


@pytest.mark.parametrize(
    ("correcting", "asked", "settled"),
    # What is put right is not settled.
    [(False, "wage", {"staff", "over"}), (True, "over", set())],
)
def test_an_open_question_is_answered_and_what_is_settled_stays(
    correcting: bool, asked: str, settled: set[str]
) -> None:
    state = FormState("reward", {"staff": "200", "over": "2"}, answered=("staff", "over"), asking="wage")
    facts = Facts({"二百人": STAFF})
    assert facts_for_form(state, "二百人", correcting, readers(facts)) == STAFF
    assert facts.asked == [(asked, frozenset(settled))]


def test_after_the_result_each_likely_question_is_tried_until_one_is_answered() -> None:
    state = FormState("reward", {"staff": "200"}, skipped=("wage",), answered=("staff",), done=True)
    facts = Facts({"二百人": STAFF, "两次": {"placements": Fact("2", 0.9)}})
    assert facts_for_form(state, "二百人", False, readers(facts)) == STAFF
    assert [asked for asked, _ in facts.asked] == ["wage"]

    # What is of another journey answers none of them.
    assert facts_for_form(state, "两次", False, readers(facts)) == {}
    assert [asked for asked, _ in facts.asked[1:]] == ["wage", "staff", None]


def test_what_is_about_a_record_is_read_field_by_field() -> None:
    state = FormState("register", {"consent": "yes", "consent_disability": "yes"}, asking="name")
    found = facts_for_form(state, "陈建平，电话13800138000", False, readers())
    assert {slot: fact.value for slot, fact in found.items()} == {"name": "陈建平", "phone": "13800138000"}


def test_a_sum_takes_no_telephone() -> None:
    assert facts_for_form(FormState("reward", asking="staff"), "13800138000", False, readers()) == {}
