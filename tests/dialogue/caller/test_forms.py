"""The journeys as forms for staff: the same values, doubts and results as in a conversation."""

from datetime import date

import pytest

from dialogue.caller.forms import CallerForms
from dialogue.caller.questions import SUMS
from knowledge.facts.fact_reader import Fact
from registry.values.fields import FIELDS
from tests.actions.wording import Wording
from tests.dialogue.stand_ins import NUMBER, Facts, Registrations

DAY = date(2026, 3, 1)
CONSENTS = {"consent": "yes", "consent_disability": "yes"}
TOLD = {**CONSENTS, "name": "王大锤", "phone": "138 0013 8000", "city": "南昌"}


@pytest.fixture(scope="module")
def forms() -> CallerForms:
    facts = Facts({"三千出头": {"wage": Fact("3000", 0.9)}, "2023年3月": {"started": Fact("2023-03", 0.9)}})
    return CallerForms(lambda: facts, Wording())  # type: ignore[arg-type, return-value]


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
        ("birth_year", "咕噜"),
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


@pytest.mark.parametrize(
    ("journey", "slot", "typed", "value"),
    [
        ("reward", "wage", "1850", "1850"),
        ("reward", "wage", "三千出头", "3000"),
        ("reward", "unit_kind", "company", "company"),
        ("reward", "staff", " 200 ", "200"),
    ],
)
def test_a_figure_counts_as_typed_and_words_as_they_are_read(
    forms: CallerForms, journey: str, slot: str, typed: str, value: str
) -> None:
    read = forms.read(journey, {slot: typed}, {}, DAY)
    assert (read.values, read.problems) == ({slot: value}, {})


@pytest.mark.parametrize(
    ("journey", "slot", "typed"),
    [
        ("reward", "unit_kind", "公司"),
        ("reward", "staff", "很多"),
        ("reward", "staff", "NaN"),
        ("reward", "staff", "Infinity"),
        ("dibao_years", "started", "2023-13"),
        ("dibao_years", "started", "那年"),
    ],
)
def test_what_nobody_can_read_is_asked_again(forms: CallerForms, journey: str, slot: str, typed: str) -> None:
    read = forms.read(journey, {slot: typed}, {}, DAY)
    assert (read.values, set(read.problems), read.unlikely) == ({}, {slot}, {})


def test_an_unlikely_value_counts_only_where_the_same_one_comes_again(forms: CallerForms) -> None:
    other = forms.read("reward", {"wage": "18600"}, {"wage": "18500"}, DAY)
    assert (other.values, other.unlikely) == ({}, {"wage": "18600"})


def test_what_was_left_empty_or_is_of_another_journey_is_not_read(forms: CallerForms) -> None:
    read = forms.read("reward", {"staff": "  ", "wage": "1850", "placements": "2"}, {}, DAY)
    assert (read.values, read.problems) == ({"wage": "1850"}, {})


def test_no_more_is_read_than_anybody_types(forms: CallerForms) -> None:
    assert forms.read("reward", {"staff": " " * 5 + "0" * 299 + "15"}, {}, DAY).values == {"staff": "1"}


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ({"city": "南昌", "county": "进贤县"}, {"city": "南昌", "county": "进贤县"}),
        ({"city": "九江市"}, {"city": "九江"}),
        ({"city": "南昌", "county": "赣江新区"}, {"city": "南昌", "county": "赣江新区"}),
        ({"name": "长" * 40}, {"name": "长" * 40}),
        ({"skills": "编竹篮"}, {"skills": "编竹篮"}),
    ],
)
def test_a_field_is_kept_in_its_one_form(forms: CallerForms, typed: dict[str, str], values: dict[str, str]) -> None:
    read = forms.read_registration({**TOLD, **typed}, DAY)
    assert {slot: read.values.get(slot) for slot in values} == values
    assert read.problems == {}


def test_a_county_of_another_city_is_asked_again(forms: CallerForms) -> None:
    read = forms.read_registration({**TOLD, "city": "九江", "county": "进贤县"}, DAY)
    assert set(read.problems) == {"county"}


@pytest.mark.parametrize(
    ("consents", "problems"),
    [
        ({"consent": "yes", "consent_disability": "no"}, set()),
        ({"consent": "yes"}, {"consent_disability"}),
        ({"consent": "perhaps", "consent_disability": "no"}, {"consent"}),
    ],
)
def test_each_consent_has_its_own_answer(forms: CallerForms, consents: dict[str, str], problems: set[str]) -> None:
    told = {slot: value for slot, value in TOLD.items() if slot not in CONSENTS}
    assert set(forms.read_registration({**told, **consents}, DAY).problems) == problems


def test_the_consents_are_read_out_and_have_to_be_answered(forms: CallerForms) -> None:
    asked = forms.consents()
    assert [(each.slot, each.kind, each.required, set(each.choices)) for each in asked] == [
        ("consent", "choice", True, {"yes", "no"}),
        ("consent_disability", "choice", True, {"yes", "no"}),
    ]
    assert all(each.ask and each.why for each in asked)


def test_a_question_tells_what_may_answer_it(forms: CallerForms) -> None:
    asked = {question.slot: question for question in forms.registration()}
    assert {slot for slot, each in asked.items() if each.required} == {"name", "phone", "city"}
    assert {slot for slot, each in asked.items() if each.sensitive} == {
        *("disability_type", "disability_level", "accommodation")
    }
    assert "南昌" in asked["city"].choices
    assert asked["county"].choices == {}
    assert (asked["skills"].longest, asked["phone"].longest) == (200, 30)
    assert asked.keys() & {"registrant", "consent", "consent_disability", "confirm"} == set()
    # 机关 alone, which a form need not offer, is unclear.
    assert "unclear_organ" not in forms.questions("quota")[0].choices


@pytest.mark.parametrize("journey", ["register", "my_data", "lost"])
def test_only_what_is_worked_out_is_a_form(forms: CallerForms, journey: str) -> None:
    with pytest.raises(KeyError):
        forms.questions(journey)


def test_what_may_be_left_empty_is_not_still_asked(forms: CallerForms) -> None:
    told = {"staff": "200", "disabled_staff": "5", "unit_kind": "company"}
    assert forms.still_asked("reward", told, DAY) is None
    assert forms.still_asked("reward", {"staff": "200", "wage": "1850"}, DAY) == "disabled_staff"


def test_measures_have_no_outcome_and_a_sum_says_what_follows(forms: CallerForms) -> None:
    measures = forms.work_out("navigator", {"asker": "self", "aim": "training"}, DAY)
    assert (measures.outcome, measures.steps, measures.follows) == ("", (), ())
    quota = forms.work_out("quota", {"unit_kind": "company", "staff": "200", "disabled_staff": "0"}, DAY)
    assert quota.outcome
    assert quota.follows


def test_what_was_told_is_read_back_without_what_was_not(forms: CallerForms) -> None:
    assert forms.read_back({"name": "陈建平", "skills": "", "consent": "yes"}) == [("姓名", "陈建平", "陈建平")]
    assert forms.number("2345678901") == ("234 567 8901", "二三四，五六七，八九零幺")


def test_a_registration_for_a_caller_is_of_whoever_of_staff_made_it(forms: CallerForms) -> None:
    registrations = Registrations()
    assert forms.register(registrations, "staff:7", {**TOLD, "phone": "13800138000"}, "a1", "李敏") == NUMBER
    [(sender, door, fields, consents, request, by, _, actor)] = registrations.given
    assert (sender, door, request, by, actor) == ("staff:7", "staff", "a1", "staff", "李敏")
    assert fields == {"name": "王大锤", "phone": "13800138000", "city": "南昌"}
    assert [each.by for each in consents] == ["李敏", "李敏"]
