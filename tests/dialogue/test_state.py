"""What a form remembers between turns."""

import json

import pytest

from dialogue.state import FormState

FULL = FormState(
    "reward",
    {"staff": "200", "wage": "2000"},
    skipped=("wage_class",),
    answered=("staff", "wage"),
    asking="over",
    tries=1,
    refused={"wage": "20000"},
    asked_at=5.0,
    done=False,
    leaving=True,
    id="a1",
)


def test_what_a_slot_keeps_is_the_state_again() -> None:
    assert FormState.from_slot(json.loads(json.dumps(FULL.to_slot()))) == FULL


@pytest.mark.parametrize("kept", [None, {}])
def test_a_slot_that_keeps_nothing_has_no_state(kept: dict[str, str] | None) -> None:
    assert FormState.from_slot(kept) is None


def test_a_value_ends_what_was_skipped_or_refused_of_its_slot() -> None:
    state = FormState("reward", {"staff": "200"}, skipped=("wage", "over"), refused={"wage": "1", "staff": "0"})
    found = state.with_value("wage", "2000")
    assert found.values == {"staff": "200", "wage": "2000"}
    assert (found.skipped, found.refused) == (("over",), {"staff": "0"})
    assert state.values == {"staff": "200"}


@pytest.mark.parametrize(
    ("state", "correcting", "slot"),
    [
        (FormState("reward", answered=("staff", "over"), asking="wage"), False, "wage"),
        (FormState("reward", answered=("staff", "over"), asking="wage"), True, "over"),
        (FormState("reward", answered=("staff", "over"), asking="wage", tries=1), True, "wage"),
        (FormState("reward", asking="wage"), True, "wage"),
        (FormState("reward", answered=("staff",)), False, None),
    ],
)
def test_a_correction_is_of_the_last_answer_unless_the_open_question_is_in_doubt(
    state: FormState, correcting: bool, slot: str | None
) -> None:
    assert state.answers(correcting) == slot


@pytest.mark.parametrize(
    ("skipped", "answered", "correcting", "slots"),
    [
        ((), (), False, (None,)),
        ((), (), True, (None,)),
        (("wage", "over"), ("disabled_staff", "staff"), False, ("over", "wage", "staff", None)),
        (("wage", "over"), ("disabled_staff", "staff"), True, ("staff", "over", "wage", None)),
        # A yes answers nothing any more, unless it takes something back.
        (("wage_class", "over"), ("unit_kind",), False, ("over", None)),
        (("wage_class", "over"), ("unit_kind",), True, ("unit_kind", "over", None)),
    ],
)
def test_after_the_result_what_was_skipped_or_put_right_is_likeliest_spoken_of(
    skipped: tuple[str, ...], answered: tuple[str, ...], correcting: bool, slots: tuple[str | None, ...]
) -> None:
    assert FormState("reward", skipped=skipped, answered=answered).answers_to_result(correcting) == slots


def test_going_back_takes_the_last_answer_away() -> None:
    found = FULL.without_last()
    assert (found.values, found.answered, found.skipped) == ({"staff": "200"}, ("staff",), ("wage_class",))
    assert FULL.without("wage_class").skipped == ()


def test_going_back_goes_to_the_latest_however_many_there_are() -> None:
    state = FormState("reward", {"staff": "200", "over": "2", "wage": "2000"}, answered=("staff", "over", "wage"))
    assert state.without_last().answered == ("staff", "over")
    assert state.without_last().without_last().without_last().answered == ()


def test_with_nothing_answered_there_is_nothing_to_go_back_to() -> None:
    state = FormState("reward", {"staff": "200"}, asking="wage")
    assert state.without_last() == state
