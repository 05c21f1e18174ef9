"""The journeys as forms for staff: the same values, doubts and results as in a conversation."""

from datetime import date

import pytest

from bot.settings import PROJECT
from dialogue.caller.forms import CallerForms
from dialogue.caller.questions import SUMS
from knowledge.facts.learning import learn_facts
from registry.values.fields import FIELDS
from tests.actions.wording import Wording

DAY = date(2026, 3, 1)
CONSENTS = {"consent": "yes", "consent_disability": "yes"}
TOLD = {**CONSENTS, "name": "王大锤", "phone": "138 0013 8000", "city": "南昌"}


@pytest.fixture(scope="module")
def forms() -> CallerForms:
    facts = learn_facts(PROJECT / "var" / "cache")
    return CallerForms(lambda: facts, Wording())


@pytest.mark.parametrize("journey", SUMS)
def test_every_question_has_words_to_read_aloud(forms: CallerForms, journey: str) -> None:
    assert all(question.ask and question.why for question in forms.questions(journey))


def test_a_registration_asks_for_all_fourteen_fields(forms: CallerForms) -> None:
    asked = [question.slot for question in forms.registration()]

    assert [slot for slot in asked if slot in FIELDS] == list(FIELDS)


def test_a_clause_leads_to_its_calculator_and_any_other_to_the_navigator(forms: CallerForms) -> None:
    assert forms.for_clause("jiangxi-2022-2024/2.5.5") == ["dibao_years"]
    assert forms.for_clause("jiangxi-2022-2024/2.3.4") == ["quota", "reward"]
    assert forms.for_clause("jiangxi-2022-2024/3.1") == ["navigator"]


def test_a_sum_is_told_with_its_steps_and_clauses(forms: CallerForms) -> None:
    told = {"unit_kind": "company", "staff": "200", "disabled_staff": "5", "wage": "1850"}
    read = forms.read("reward", told, {}, DAY)
    result = forms.work_out("reward", read.values, DAY)

    assert (read.problems, forms.still_asked("reward", read.values, DAY)) == ({}, None)
    assert "11100元" in result.outcome
    assert result.clauses == ("jiangxi-2022-2024/2.3.4",)
    assert len(result.steps) >= 3


def test_what_is_still_missing_is_asked(forms: CallerForms) -> None:
    read = forms.read("quota", {"unit_kind": "institution"}, {}, DAY)

    assert forms.still_asked("quota", read.values, DAY) == "establishment"


def test_an_impossible_number_is_asked_again_and_an_unlikely_one_counts_the_second_time(forms: CallerForms) -> None:
    wrong = forms.read("reward", {"staff": "10", "disabled_staff": "20", "wage": "18500"}, {}, DAY)
    again = forms.read("reward", {"wage": "18500"}, wrong.unlikely, DAY)

    assert set(wrong.problems) == {"disabled_staff", "wage"}
    assert (again.problems, again.values["wage"]) == ({}, "18500")


@pytest.mark.parametrize(("typed", "value"), [("2023-03-01", "2023-03-01"), ("2023年3月", "2023-03"), ("2023", "2023")])
def test_a_date_is_taken_as_far_as_it_is_known(forms: CallerForms, typed: str, value: str) -> None:
    assert forms.read("dibao_years", {"started": typed}, {}, DAY).values == {"started": value}


def test_the_navigator_always_finds_something(forms: CallerForms) -> None:
    assert forms.work_out("navigator", {}, DAY).clauses


def test_a_registration_is_read_as_it_is_in_a_conversation(forms: CallerForms) -> None:
    told = {
        **TOLD,
        **{"county": "进贤县", "gender": "男", "birth_year": "八五年的", "disability_type": "视力"},
        **{"disability_level": "二级", "desired_job": "我想找个看门的活", "accommodation": "读屏软件"},
    }
    read = forms.read_registration(told, DAY)

    assert read.problems == {}
    assert (read.values["birth_year"], read.values["desired_job"]) == ("1985", "看门")
    assert ("电话", "138 0013 8000", "幺三八，零零幺三，八零零零") in forms.read_back(read.values)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("phone", "138"),
        ("phone", "360102199001011234"),
        ("phone", "没有"),
        ("city", "广州"),
        ("birth_year", "2020"),
        ("skills", "卡号6222021234567890123"),
        ("name", "长" * 41),
        ("gender", "x"),
    ],
)
def test_what_cannot_be_stored_is_asked_again(forms: CallerForms, field: str, typed: str) -> None:
    assert field in forms.read_registration({**TOLD, field: typed}, DAY).problems


def test_without_the_second_consent_nothing_of_a_disability_is_taken(forms: CallerForms) -> None:
    told = {**TOLD, "consent_disability": "no", "disability_type": "视力", "accommodation": "读屏软件"}
    read = forms.read_registration(told, DAY)

    assert read.problems == {}
    assert {"disability_type", "accommodation"} & read.values.keys() == set()


def test_what_is_required_is_asked_for(forms: CallerForms) -> None:
    assert set(forms.read_registration({}, DAY).problems) == {*CONSENTS, "name", "phone", "city"}
