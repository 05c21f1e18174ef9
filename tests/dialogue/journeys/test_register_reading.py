"""What a message tells for a registration, in the light of what was asked, agreed to and read back."""

from collections.abc import Mapping

import pytest

from dialogue.journeys.register_reading import facts_before_consent, facts_for_record
from dialogue.state import FormState
from knowledge.consent.consent_reader import Answer
from tests.dialogue.stand_ins import utterance

BOTH = {"consent": "yes", "consent_disability": "yes"}
ONE = {"consent": "yes", "consent_disability": "no"}
TOLD = {**BOTH, "name": "陈建平", "phone": "13800138000", "city": "南昌", "county": "进贤县", "birth_year": "1985"}


def told(state: FormState, text: str, correcting: bool = False) -> Mapping[str, str | None]:
    """Slot → value of what `text` tells."""
    return {slot: fact.value for slot, fact in facts_for_record(state, utterance(text), correcting).items()}


@pytest.mark.parametrize(
    ("values", "asking", "text", "found"),
    [
        ({}, "consent", "同意", {"consent": "yes"}),
        ({}, "consent", "不同意", {"consent": "no"}),
        # A yes to all but the disability answers both questions, or the second where that was asked.
        ({}, "consent", "残疾不记", {"consent": "yes", "consent_disability": "no"}),
        ({"consent": "yes"}, "consent_disability", "残疾不记", {"consent_disability": "no"}),
        ({"consent": "yes"}, "consent_disability", "同意", {"consent_disability": "yes"}),
        # Nothing but a whole yes is one, and nothing told before it counts.
        ({}, "consent", "为什么", {}),
        ({}, "consent", "我叫陈建平", {}),
        ({}, "consent", "替我妈登记", {"registrant": "family"}),
    ],
)
def test_nothing_but_a_whole_yes_is_consent(
    values: Mapping[str, str], asking: str, text: str, found: Mapping[str, str]
) -> None:
    assert told(FormState("register", values, asking=asking), text) == found


@pytest.mark.parametrize("text", ["同意", "不同意", "残疾不记"])
def test_an_answer_about_consent_leaves_no_doubt(text: str) -> None:
    facts = facts_for_record(FormState("register", asking="consent"), utterance(text), False)
    assert {fact.probability for fact in facts.values()} == {1.0}


@pytest.mark.parametrize(
    ("values", "text", "found"),
    [
        (BOTH, "我是盲人，男的", {"disability_type": "视力", "gender": "男"}),
        (ONE, "我是盲人，男的", {"gender": "男"}),
        (ONE, "残疾证上写的男", {}),
        (ONE, "男的", {"gender": "男"}),
    ],
)
def test_clauses_that_tell_of_a_disability_are_not_read_where_nobody_agreed_to_keep_them(
    values: Mapping[str, str], text: str, found: Mapping[str, str]
) -> None:
    assert told(FormState("register", values, asking="gender"), text) == found


@pytest.mark.parametrize(
    ("asking", "text", "correcting", "found"),
    [
        # To what was read back, by the name of a field, what people call it, or the value it has.
        ("confirm", "电话错了，是13900112233", True, {"phone": "13900112233"}),
        ("confirm", "电话13900112233", False, {"phone": "13900112233"}),
        ("confirm", "手机13900112233", False, {"phone": "13900112233"}),
        ("confirm", "姓名改成王建平", True, {"name": "王建平"}),
        ("confirm", "不是进贤，是安义", True, {"city": "南昌", "county": "安义县"}),
        ("confirm", "不是85年，是86年", True, {"birth_year": "1986"}),
        ("confirm", "陈建平不对，王建平", True, {"name": "王建平"}),
        ("confirm", "刚才的电话不对，13900112233", True, {"phone": "13900112233"}),
        ("confirm", "电话错了", True, {}),
        # While another question is open, the last answer where nothing is named.
        ("gender", "说错了，是王建平", True, {"name": "王建平"}),
        ("gender", "电话说错了，是13900112233", True, {"phone": "13900112233"}),
    ],
)
def test_what_is_put_right_is_of_the_field_that_is_named_or_valued(
    asking: str, text: str, correcting: bool, found: Mapping[str, str]
) -> None:
    assert told(FormState("register", TOLD, answered=("name",), asking=asking), text, correcting) == found


def test_a_value_of_one_character_names_no_field() -> None:
    state = FormState("register", {**TOLD, "skills": "有"}, asking="confirm")
    assert told(state, "有错，是13900112233", correcting=True) == {"phone": "13900112233"}


@pytest.mark.parametrize(
    ("text", "refused", "found"),
    [
        ("王建平", {"confirm": "no"}, {"name": "王建平"}),
        ("一九八六", {"confirm": "no"}, {"birth_year": "1986"}),
        ("王建平", {}, {}),
        ("咕噜噜咕噜噜咕噜噜", {"confirm": "no"}, {}),
    ],
)
def test_a_bare_name_or_year_is_what_is_right_after_a_no(
    text: str, refused: Mapping[str, str], found: Mapping[str, str]
) -> None:
    assert told(FormState("register", TOLD, asking="confirm", refused=refused), text) == found


def test_what_was_told_in_earlier_turns_counts_as_far_as_it_may_be_kept() -> None:
    said = [utterance(text) for text in ("我叫陈建平", "我是盲人", "电话13800138000，男的")]
    both = facts_before_consent(said, FormState("register", BOTH))
    one = facts_before_consent(said, FormState("register", ONE))
    none = facts_before_consent(said, FormState("register", {"consent": "yes"}))
    assert set(both) == {"name", "phone", "gender", "disability_type"}
    assert set(one) == {"name", "phone", "gender"}
    assert none == {}


def test_consent_is_read_by_its_reader() -> None:
    assert utterance("残疾不记").consent is Answer.PARTLY
    assert utterance("好像吧").consent is Answer.UNCLEAR
