"""How a case goes from the registration to work, and what is done on the way."""

from enum import Enum

from registry.errors import CaseError


class CaseState(str, Enum):
    """How far a case has come."""

    REGISTERED = "registered"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    PLACED = "placed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    """The person took the consent back; what they told is deleted."""
    MERGED = "merged"
    """It goes on as another case of the same person."""


_ENDS = frozenset({CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.MERGED})

MAY_BECOME: dict[CaseState, frozenset[CaseState]] = {
    CaseState.REGISTERED: frozenset({CaseState.IN_PROGRESS, CaseState.WAITING, CaseState.PLACED}) | _ENDS,
    CaseState.IN_PROGRESS: frozenset({CaseState.WAITING, CaseState.PLACED}) | _ENDS,
    CaseState.WAITING: frozenset({CaseState.IN_PROGRESS, CaseState.PLACED}) | _ENDS,
    # Work may be lost again.
    CaseState.PLACED: frozenset({CaseState.IN_PROGRESS, CaseState.WAITING}) | _ENDS,
    CaseState.CLOSED: frozenset({CaseState.IN_PROGRESS, CaseState.WITHDRAWN, CaseState.MERGED}),
    CaseState.WITHDRAWN: frozenset(),
    CaseState.MERGED: frozenset(),
}
"""Every state with those it may become."""

LIVE = frozenset(CaseState) - _ENDS
"""In these, somebody still has something to do."""

FOUR_ONES = ("basic_information_check", "ability_assessment", "job_need_registration", "service")
"""四个一, clause 2.9.3: what every unemployed disabled person gets."""
ONE_THREE_ONE = ("career_guidance", "vacancy_1", "vacancy_2", "vacancy_3", "training_offer")
"""131, clause 2.6.1: what rural people get besides."""
DONE_BY_REGISTERING = "job_need_registration"


def milestones(rural: bool) -> tuple[str, ...]:
    return FOUR_ONES + ONE_THREE_ONE if rural else FOUR_ONES


def check_move(number: str, state: CaseState, to: CaseState) -> None:
    """Raises CaseError where a case may not go from `state` to `to`."""
    if to not in MAY_BECOME[state]:
        allowed = ", ".join(sorted(each.value for each in MAY_BECOME[state])) or "nothing else"
        raise CaseError(f"case {number}: is {state.value} and cannot become {to.value}; it may become {allowed}")
