"""What is read for looking up, changing, withdrawing and deleting one's own registration."""

from collections.abc import Mapping, Sequence

import pytest

from dialogue.journeys.catalogue import JOURNEYS
from dialogue.journeys.my_data import read_my_data, stopped
from dialogue.journeys.records import named_field
from knowledge.facts.fact_reader import Fact
from registry.values.case_numbers import is_number
from tests.dialogue.stand_ins import DAY, Facts, utterance

NUMBER = next(f"{number}" for number in range(2345678900, 2345679000) if is_number(f"{number}"))
KNOWN = {"case_number": NUMBER, "phone": "13800138000"}


def told(text: str, asked: str | None, values: Mapping[str, str]) -> dict[str, str | None]:
    """Slot → value of what `text` tells."""
    found = read_my_data(utterance(text), asked, values)
    return {slot: fact.value for slot, fact in found.items()}


@pytest.mark.parametrize(
    ("journey", "values", "needs"),
    [
        ("my_data", {}, ["case_number", "phone"]),
        ("export_data", {}, ["case_number", "phone"]),
        ("change_data", {}, ["case_number", "phone", "change_field", "change_value", "confirm_change"]),
        ("withdraw_data", {}, ["case_number", "phone", "purpose", "confirm_withdrawal"]),
        ("delete_data", {}, ["case_number", "phone", "confirm_deletion"]),
        ("forget_talk", {}, ["confirm_forgetting"]),
        ("forget_talk", KNOWN, ["case_number", "phone", "confirm_deletion"]),
    ],
)
def test_number_and_telephone_together_open_a_registration(
    journey: str, values: Mapping[str, str], needs: Sequence[str]
) -> None:
    assert list(JOURNEYS[journey].needs(values, DAY)) == needs
    assert set(needs) <= set(JOURNEYS[journey].slots)


@pytest.mark.parametrize(
    ("text", "asked", "values", "found"),
    [
        (f"登记号{NUMBER}", "case_number", {}, {"case_number": NUMBER}),
        ("13800138000", "phone", {"case_number": NUMBER}, {"phone": "13800138000"}),
        (f"登记号{NUMBER}，电话13800138000", "case_number", {}, KNOWN),
        # With the number known and nothing asked, a telephone is one to be put in place of the old one.
        (
            "电话改成13900112233",
            None,
            {"case_number": NUMBER},
            {"change_field": "phone", "change_value": "13900112233"},
        ),
        ("电话说错了，是13900112233", None, {}, {"change_field": "phone", "change_value": "13900112233"}),
        # Asked which one, its name alone is no new value.
        ("电话", "change_field", KNOWN, {"change_field": "phone"}),
        ("我要改电话", "change_value", {**KNOWN, "change_field": "name"}, {"change_field": "phone"}),
        ("13900112233", "change_value", {**KNOWN, "change_field": "phone"}, {"change_value": "13900112233"}),
        ("四十二岁", "change_value", {**KNOWN, "change_field": "birth_year"}, {"change_value": "1984"}),
        ("九江湖口县", "change_value", {**KNOWN, "change_field": "city"}, {"change_value": "九江", "county": "湖口县"}),
        ("咕噜", "change_field", KNOWN, {}),
        # Words that name no field are the new value where that was asked for, and nothing where the field was.
        ("改一下，编竹篮", "change_value", {**KNOWN, "change_field": "skills"}, {"change_value": "改一下，编竹篮"}),
        ("改一下，编竹篮", "change_field", {**KNOWN, "change_field": "skills"}, {}),
        # Which consent is withdrawn.
        ("只撤回残疾情况", "purpose", KNOWN, {"purpose": "disability"}),
        ("全部撤回", "purpose", KNOWN, {"purpose": "general"}),
        ("所有的", "purpose", KNOWN, {"purpose": "general"}),
        ("残疾那部分", "purpose", KNOWN, {"purpose": "disability"}),
        ("咕噜", "purpose", KNOWN, {}),
        ("残疾那部分", "confirm_withdrawal", KNOWN, {}),
        # The last question, by the words of its buttons.
        ("不删了", "confirm_deletion", KNOWN, {"confirm_deletion": "no"}),
        ("不删了", "phone", KNOWN, {}),
    ],
)
def test_what_a_message_tells(
    text: str, asked: str | None, values: Mapping[str, str], found: Mapping[str, str]
) -> None:
    assert told(text, asked, values) == found


def test_a_plain_yes_goes_before_the_words_of_a_button() -> None:
    facts = Facts({"不删了": {"confirm_deletion": Fact("yes", 0.7)}})
    found = read_my_data(utterance("不删了", facts), "confirm_deletion", KNOWN)
    assert found == {"confirm_deletion": Fact("yes", 0.7)}
    assert ("confirm_deletion", frozenset()) in facts.asked


def test_a_wrong_number_is_asked_for_again_with_its_reason() -> None:
    found = read_my_data(utterance("登记号234567890"), "case_number", {})
    assert (found["case_number"].value, bool(found["case_number"].problem)) == (None, True)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("姓名写错了", "name"),
        ("手机换了", "phone"),
        ("残疾等级不对", "disability_level"),
        ("年纪不对", "birth_year"),
        ("残疾类别", "disability_type"),
        ("今天天气", None),
    ],
)
def test_a_field_is_named_by_its_title_or_by_what_people_call_it(text: str, field: str | None) -> None:
    assert named_field(text) == field


@pytest.mark.parametrize(
    ("values", "asked", "is_stopped"),
    [
        ({"confirm_deletion": "no"}, ("case_number", "confirm_deletion"), True),
        ({"confirm_deletion": "yes"}, ("confirm_deletion",), False),
        ({"consent": "no"}, ("consent",), False),
        ({"confirm_deletion": "no"}, ("confirm_change",), False),
        ({}, ("confirm_deletion",), False),
    ],
)
def test_a_no_to_the_last_question_stops_it(values: Mapping[str, str], asked: Sequence[str], is_stopped: bool) -> None:
    assert stopped(values, asked) is is_stopped
