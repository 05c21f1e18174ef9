"""The rules' cases from YAML, decided from the plan: what comes out, what is asked next, and what is refused."""

import ast
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dialogue.journeys.calculators import navigator_facts
from dialogue.journeys.catalogue import JOURNEYS
from knowledge.facts.annotated_examples import slots
from knowledge.library.loading import load_library
from knowledge.policy_files import MEASURES
from knowledge.rules.navigator import navigate
from knowledge.rules.partial_date import PartialDate, PartialDateError
from knowledge.rules.result import Result, RuleError, Value

HERE = Path(__file__).parent
RESPONSES = HERE.parents[2] / "nlu_data" / "journeys" / "responses.yml"
RULE_FILES = HERE.parents[2] / "knowledge" / "rules"
CASES = [
    (path.stem, case)
    for path in sorted(HERE.glob("*.yml"))
    for case in YAML(typ="safe").load(path.read_text(encoding="utf-8"))
]
KNOWN = {"name", "on", "given", "skipped", "expect", "asks", "error"}
OF_RESULTS = {"outcome", "numbers", "clauses", "steps", "follows"}
OF_MEASURES = {"first", "clauses", "names", "names_not"}
RULES = [name for name, journey in JOURNEYS.items() if journey.is_sum]
# What knowledge/rules/*.py can come to; the cases have to reach all of it.
OUTCOMES = {
    "quota": {
        *("not_yet", "excepted", "not_stated", "met", "together", "below_share", "share_only"),
        *("below_threshold", "at_least_one", "minimum_met"),
    },
    "reward": {"not_yet", "not_company", "none", "under_one", "wage_unknown", "reward"},
    "dibao_years": {
        *("not_yet", "not_disabled", "not_receiving", "hired", "not_first"),
        *("start_unknown", "before_plan", "after_plan", "over", "extended"),
    },
    "posts_again": {"not_yet", "first", "again", "again_if_passed", "not_passed", "limit_reached"},
}
STEPS = {
    "quota": {"threshold_reached", "threshold_not_reached", "share", "rounding_up", "compare"},
    "reward": {"share", "over", "under", "rounding_down", "per_person", "total"},
    "dibao_years": {"started", "years"},
    "posts_again": {"placements"},
}
FOLLOWS = {
    "quota": {
        *("ask_locally", "reward_possible", "recruitment_plan", "levy_or_no_awards"),
        *("levy", "no_awards", "report", "levy_not_stated"),
    },
    "reward": {"at_least", "wage_of_table"},
    "dibao_years": {"if_within_plan", "deducted", "departments"},
    "posts_again": {"in_principle", "qualify", "period_anew"},
}


def cases_with(key: str, *journeys: str) -> list[Any]:
    """The cases that say `key`, as parameters named after file and case."""
    return [
        pytest.param(journey, case, id=f"{journey}: {case['name']}")
        for journey, case in CASES
        if key in case and (not journeys or journey in journeys)
    ]


def values_of(case: Mapping[str, Any]) -> dict[str, str]:
    """What was stated, as the forms keep it: every value a text."""
    return {slot: str(value) for slot, value in case["given"].items()}


def result_of(journey: str, case: Mapping[str, Any]) -> Result:
    return JOURNEYS[journey].work_out(values_of(case), case["on"])


def comparable(value: object, actual: Value) -> Decimal | str:
    """A number as its exact decimal; where the rule gives a date, its text, so that 2026 is the year."""
    return str(value) if isinstance(actual, PartialDate) else Decimal(str(value))


@pytest.mark.parametrize(("journey", "case"), cases_with("expect", *RULES))
def test_a_rule_comes_to_what_the_plan_says(journey: str, case: dict[str, Any]) -> None:
    expected = case["expect"]
    result = result_of(journey, case)
    assert result.outcome == expected["outcome"]
    assert list(result.clauses) == expected["clauses"]
    assert [step.name for step in result.steps] == expected["steps"]
    assert list(result.follows) == expected["follows"]
    assert set(expected["numbers"]) <= set(result.numbers)
    numbers = {name: result.numbers[name] for name in expected["numbers"]}
    assert {name: comparable(value, value) for name, value in numbers.items()} == {
        name: comparable(value, numbers[name]) for name, value in expected["numbers"].items()
    }


@pytest.mark.parametrize(("journey", "case"), cases_with("expect", "navigator"))
def test_the_navigator_names_what_is_for_whom(journey: str, case: dict[str, Any]) -> None:
    expected = case["expect"]
    found = [measure.key for measure in navigate(navigator_facts(values_of(case)))]
    assert found[0] == expected.get("first", found[0])
    assert found == expected.get("clauses", found)
    assert set(expected.get("names", ())) - set(found) == set()
    assert set(expected.get("names_not", ())) & set(found) == set()


@pytest.mark.parametrize(("journey", "case"), cases_with("expect"))
def test_a_case_that_can_be_told_has_nothing_left_to_ask(journey: str, case: dict[str, Any]) -> None:
    assert JOURNEYS[journey].next_slot(values_of(case), case.get("skipped", ()), case["on"]) is None


@pytest.mark.parametrize(("journey", "case"), cases_with("skipped"))
def test_what_was_skipped_would_have_been_asked(journey: str, case: dict[str, Any]) -> None:
    skipped = case["skipped"]
    assert set(skipped) <= JOURNEYS[journey].may_skip
    assert JOURNEYS[journey].next_slot(values_of(case), (), case["on"]) in skipped


@pytest.mark.parametrize(("journey", "case"), cases_with("asks"))
def test_what_is_still_open_is_asked_in_the_order_of_the_counter(journey: str, case: dict[str, Any]) -> None:
    assert JOURNEYS[journey].next_slot(values_of(case), case.get("skipped", ()), case["on"]) == case["asks"]


@pytest.mark.parametrize(("journey", "case"), cases_with("error"))
def test_what_cannot_be_is_refused_with_its_reason(journey: str, case: dict[str, Any]) -> None:
    with pytest.raises((RuleError, PartialDateError), match=re.escape(case["error"])):
        result_of(journey, case)


def test_there_are_at_least_240_cases_each_of_another_name() -> None:
    names = [(journey, case["name"]) for journey, case in CASES]
    assert len(names) == len(set(names))
    assert len(names) >= 240


@pytest.mark.parametrize(
    ("journey", "case"), [pytest.param(*each, id=f"{each[0]}: {each[1]['name']}") for each in CASES]
)
def test_a_case_is_written_as_the_runner_reads_it(journey: str, case: dict[str, Any]) -> None:
    assert set(case) <= KNOWN
    assert len({"expect", "asks", "error"} & set(case)) == 1
    assert set(case["given"]) <= set(JOURNEYS[journey].slots)
    if "expect" in case and journey in RULES:
        assert set(case["expect"]) == OF_RESULTS
    elif "expect" in case:
        assert set(case["expect"]) <= OF_MEASURES
        assert "names" in case["expect"]
    if "error" not in case:
        for slot, value in values_of(case).items():
            assert slots()[slot].kind != "choice" or value in slots()[slot].values


@pytest.mark.parametrize("journey", RULES)
def test_every_outcome_step_and_consequence_has_its_case(journey: str) -> None:
    expected = [case["expect"] for name, case in CASES if name == journey and "expect" in case]
    assert {each["outcome"] for each in expected} == OUTCOMES[journey]
    assert {step for each in expected for step in each["steps"]} == STEPS[journey]
    assert {name for each in expected for name in each["follows"]} == FOLLOWS[journey]


def names_in(path: Path) -> Iterator[str]:
    """Every word that a rule's module returns, or keeps as an outcome or the name of a step."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        kept = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"outcome", "name", "follows"}
        called = isinstance(node, ast.Call) and ast.unparse(node.func) in {"Result", "Step"}
        if kept or called or isinstance(node, ast.Return):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.isidentifier():
                    yield part.value


@pytest.mark.parametrize("module", ["quota", "reward", "allowance", "posts"])
def test_no_outcome_step_or_consequence_of_the_rules_goes_unlisted(module: str) -> None:
    listed = set().union(*OUTCOMES.values(), *STEPS.values(), *FOLLOWS.values())
    given = {*slots(), *slots()["unit_kind"].values}
    results = [result_of(journey, case) for journey, case in CASES if journey in RULES and "expect" in case]
    numbers = {name for result in results for name in result.numbers}
    numbers |= {name for result in results for step in result.steps for name in step.values}
    assert set(names_in(RULE_FILES / f"{module}.py")) - listed - given - numbers == set()


def test_every_measure_of_the_navigator_is_named_in_a_case() -> None:
    listed = YAML(typ="safe").load((MEASURES).read_text(encoding="utf-8"))
    listed_keys = {f"{listed['document']}/{each['clause']}" for each in (*listed["persons"], *listed["units"])}
    named = {
        measure.key
        for journey, case in CASES
        if journey == "navigator" and "expect" in case
        for measure in navigate(navigator_facts(values_of(case)))
    }
    assert named == listed_keys


def test_every_clause_of_a_case_is_in_the_library() -> None:
    library = load_library()
    known = {f"{document.id}/{clause.id}" for document in library.documents for clause in document.clauses}
    cited = {
        clause
        for _, case in CASES
        for key in ("clauses", "names", "names_not")
        for clause in case.get("expect", {}).get(key, ())
    }
    assert cited - known == set()


def responses() -> Mapping[str, list[dict[str, Any]]]:
    responses: Mapping[str, list[dict[str, Any]]] = YAML(typ="safe").load(RESPONSES.read_text(encoding="utf-8"))[
        "responses"
    ]
    return responses


@pytest.mark.parametrize("journey", RULES)
def test_every_outcome_step_and_consequence_has_its_response(journey: str) -> None:
    wanted = {f"utter_{journey}_{outcome}" for outcome in OUTCOMES[journey]}
    wanted |= {f"utter_step_{name}" for name in STEPS[journey]}
    wanted |= {f"utter_follows_{name}" for name in FOLLOWS[journey]}
    assert wanted - set(responses()) == set()


def said(journey: str, result: Result) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Every response that tells the result, with the values it is given (actions/form_results.py)."""
    yield f"utter_{journey}_{result.outcome}", result.numbers
    for step in result.steps:
        yield f"utter_step_{step.name}", step.values
    for name in result.follows:
        yield f"utter_follows_{name}", result.numbers


@pytest.mark.parametrize("journey", RULES)
def test_every_response_is_given_the_values_it_names(journey: str) -> None:
    texts = responses()
    unfilled = {
        (name, placeholder)
        for each, case in CASES
        if each == journey and "expect" in case
        for name, values in said(journey, result_of(journey, case))
        for variant in texts.get(name, ())
        for placeholder in re.findall(r"{(\w+)}", variant["text"])
        if placeholder not in values
    }
    assert unfilled == set()
