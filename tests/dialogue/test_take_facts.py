"""What a form takes of the facts that were read, and what it remembers of them."""

from collections.abc import Mapping
from datetime import date

import pytest

from dialogue.check_value import Problem
from dialogue.journey import UNCLEAR
from dialogue.journeys.catalogue import JOURNEYS
from dialogue.state import FormState
from dialogue.take_facts import Taken, is_sure, take
from knowledge.facts.fact_reader import Fact

DAY = date(2023, 3, 1)
SURE = 0.9


def taken(state: FormState, facts: Mapping[str, Fact]) -> Taken:
    return take(state, JOURNEYS[state.journey], facts, DAY)


@pytest.mark.parametrize(
    ("slot", "probability", "sure"),
    [
        ("unit_kind", 0.5, True),
        ("unit_kind", 0.49, False),
        ("staff", 0.6, True),
        ("staff", 0.59, False),
        ("started", 0.6, True),
        ("started", 0.59, False),
    ],
)
def test_a_wrong_number_costs_more_than_a_wrong_choice(slot: str, probability: float, sure: bool) -> None:
    assert is_sure(slot, Fact("x", probability)) is sure


def test_what_was_asked_for_is_taken_however_unsure_and_what_stands_beside_it_only_where_it_is_sure() -> None:
    facts = {"staff": Fact("200", 0.1), "disabled_staff": Fact("5", 0.59), "unit_kind": Fact("company", 0.5)}
    found = taken(FormState("reward", asking="staff"), facts)
    assert found.state.values == {"staff": "200", "unit_kind": "company"}
    assert found.new == ("unit_kind", "staff")
    assert (found.changed, found.rounded, found.problem) == ((), (), None)


def test_what_is_of_another_journey_is_left() -> None:
    assert taken(FormState("reward", asking="staff"), {"placements": Fact("2", SURE)}).state.values == {}


def test_a_new_value_ends_the_row_of_answers_that_could_not_be_used() -> None:
    state = FormState("reward", {"staff": "200"}, asking="wage", tries=2)
    assert taken(state, {"wage": Fact("2000", SURE)}).state.tries == 0
    assert taken(state, {"staff": Fact("200", SURE)}).state.tries == 2
    assert taken(state, {}).state.tries == 2


def test_the_same_once_more_is_nothing_new() -> None:
    found = taken(FormState("reward", {"staff": "200"}, asking="wage"), {"staff": Fact("200", SURE, approximate=True)})
    assert (found.new, found.changed, found.rounded) == ((), (), ())


def test_another_value_is_a_change_and_about_so_many_is_told() -> None:
    state = FormState("reward", {"staff": "200", "unit_kind": UNCLEAR}, asking="wage")
    facts = {"staff": Fact("300", SURE, approximate=True), "unit_kind": Fact("organ", SURE), "wage": Fact("2000", SURE)}
    found = taken(state, facts)
    assert found.new == ("unit_kind", "staff", "wage")
    # An unclear answer made clear puts nothing right.
    assert found.changed == ("staff",)
    assert found.rounded == ("staff",)


def test_what_was_put_right_last_is_what_the_next_correction_is_about() -> None:
    state = FormState(
        "reward", {"unit_kind": "company", "staff": "200"}, answered=("staff", "unit_kind"), asking="wage"
    )
    assert taken(state, {"wage": Fact("2000", SURE)}).state.answered == ("staff", "unit_kind", "wage")
    both = taken(state, {"wage": Fact("2000", SURE), "staff": Fact("300", SURE)})
    assert both.state.answered == ("unit_kind", "staff", "wage")
    assert taken(state, {}).state.answered == ("staff", "unit_kind")


def test_what_is_said_in_passing_was_not_answered() -> None:
    found = taken(FormState("reward", asking="wage"), {"staff": Fact("200", SURE)})
    assert found.state.answered == ()
    assert taken(FormState("reward"), {"staff": Fact("200", SURE)}).state.answered == ()


def test_putting_right_what_is_being_asked_for_counts_once() -> None:
    state = FormState("reward", {"staff": "200"}, answered=("staff",), asking="staff")
    assert taken(state, {"staff": Fact("300", SURE)}).state.answered == ("staff",)


def test_what_cannot_be_true_is_not_taken_and_the_first_of_it_is_told() -> None:
    facts = {"staff": Fact("0", SURE), "disabled_staff": Fact("-1", SURE), "unit_kind": Fact("company", SURE)}
    found = taken(FormState("reward", asking="staff"), facts)
    assert found.state.values == {"unit_kind": "company"}
    assert found.problem == Problem("none", "staff", "0")
    assert found.state.refused == {"staff": "0", "disabled_staff": "-1"}


def test_what_was_only_vague_is_refused_without_a_value() -> None:
    found = taken(FormState("reward", asking="staff"), {"staff": Fact(None, SURE, problem="vague")})
    assert (found.problem, found.state.refused) == (Problem("vague", "staff"), {})


def test_an_unlikely_wage_counts_the_second_time_and_an_impossible_number_never() -> None:
    first = taken(FormState("reward", asking="wage"), {"wage": Fact("18500", SURE)})
    assert (first.problem, first.state.values) == (Problem("wage", "wage", "18500", confirmable=True), {})

    again = taken(first.state, {"wage": Fact("18500", SURE)})
    assert (again.problem, again.state.values, again.state.refused) == (None, {"wage": "18500"}, {})

    other = taken(first.state, {"wage": Fact("18600", SURE)})
    assert other.problem == Problem("wage", "wage", "18600", confirmable=True)

    staff = FormState("reward", asking="staff", refused={"staff": "0"})
    assert taken(staff, {"staff": Fact("0", SURE)}).problem == Problem("none", "staff", "0")


def test_a_number_is_checked_beside_what_the_same_message_told_before_it() -> None:
    facts = {"staff": Fact("10", SURE), "disabled_staff": Fact("11", SURE)}
    found = taken(FormState("reward", asking="staff"), facts)
    assert found.problem == Problem("more_than_staff", "disabled_staff", "11", beside="10")
