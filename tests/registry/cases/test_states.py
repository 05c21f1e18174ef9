"""What a case may become, written out: the table of the code is the one thing that these tests do not read."""

import pytest

from registry.cases.states import FOUR_ONES, LIVE, ONE_THREE_ONE, CaseState, check_move, milestones
from registry.errors import CaseError

MAY = {
    *(("registered", to) for to in ("in_progress", "waiting", "placed", "closed", "withdrawn", "merged")),
    *(("in_progress", to) for to in ("waiting", "placed", "closed", "withdrawn", "merged")),
    *(("waiting", to) for to in ("in_progress", "placed", "closed", "withdrawn", "merged")),
    *(("placed", to) for to in ("in_progress", "waiting", "closed", "withdrawn", "merged")),
    # What is closed is opened before anybody is placed.
    *(("closed", to) for to in ("in_progress", "withdrawn", "merged")),
}


@pytest.mark.parametrize("to", CaseState)
@pytest.mark.parametrize("state", CaseState)
def test_a_case_goes_only_these_ways(state: CaseState, to: CaseState) -> None:
    if (state.value, to.value) in MAY:
        check_move("12", state, to)
    else:
        with pytest.raises(CaseError, match=f"case 12: is {state.value} and cannot become {to.value}; it may become "):
            check_move("12", state, to)


def test_an_error_says_what_may_be_instead() -> None:
    with pytest.raises(CaseError, match="it may become in_progress, merged, withdrawn$"):
        check_move("12", CaseState.CLOSED, CaseState.PLACED)
    with pytest.raises(CaseError, match="it may become nothing else$"):
        check_move("12", CaseState.MERGED, CaseState.CLOSED)


def test_somebody_has_something_to_do_until_a_case_ends() -> None:
    assert {state.value for state in LIVE} == {"registered", "in_progress", "waiting", "placed"}


def test_rural_people_get_131_besides() -> None:
    assert milestones(rural=False) == FOUR_ONES
    assert milestones(rural=True) == (*FOUR_ONES, *ONE_THREE_ONE)
    assert (len(FOUR_ONES), len(ONE_THREE_ONE)) == (4, 5)
