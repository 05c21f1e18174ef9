"""Which reader a message is for, and in the light of which question."""

import pytest

from dialogue.read_facts import facts_for_form
from dialogue.state import FormState
from knowledge.facts.fact_reader import Fact
from tests.dialogue.stand_ins import Facts, utterance

STAFF = {"staff": Fact("200", 0.9)}


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
    assert facts_for_form(state, utterance("二百人", facts), correcting) == STAFF
    assert facts.asked == [(asked, frozenset(settled))]


def test_after_the_result_each_likely_question_is_tried_until_one_is_answered() -> None:
    state = FormState("reward", {"staff": "200"}, skipped=("wage",), answered=("staff",), done=True)
    facts = Facts({"二百人": STAFF, "两次": {"placements": Fact("2", 0.9)}})
    assert facts_for_form(state, utterance("二百人", facts), False) == STAFF
    assert [asked for asked, _ in facts.asked] == ["wage"]

    # What is of another journey answers none of them.
    assert facts_for_form(state, utterance("两次", facts), False) == {}
    assert [asked for asked, _ in facts.asked[1:]] == ["wage", "staff", None]


def test_what_is_about_a_record_is_read_field_by_field() -> None:
    state = FormState("register", {"consent": "yes", "consent_disability": "yes"}, asking="name")
    found = facts_for_form(state, utterance("陈建平，电话13800138000"), False)
    assert {slot: fact.value for slot, fact in found.items()} == {"name": "陈建平", "phone": "13800138000"}


def test_a_sum_takes_no_telephone() -> None:
    assert facts_for_form(FormState("reward", asking="staff"), utterance("13800138000"), False) == {}
