"""How a request goes from the assistant to a person of staff and back."""

from enum import Enum


class Reason(str, Enum):
    """Why a person is wanted."""

    ASKED = "asked"
    FAILED = "failed"
    """The assistant was of no help twice in a row."""
    URGENT = "urgent"
    """Somebody may be in danger: they did not ask, and nobody may have to wait before them."""


CAN_WAIT = frozenset({Reason.ASKED.value, Reason.FAILED.value})
"""Whoever is wanted for any other reason, such as a danger, is wanted at once and always."""


class RequestState(str, Enum):
    """How far a request has come."""

    OPEN = "open"
    TAKEN = "taken"
    HANDED_BACK = "handed_back"


COMES_FROM = {RequestState.TAKEN: RequestState.OPEN, RequestState.HANDED_BACK: RequestState.TAKEN}
"""Every state but the first, with the only one that leads to it."""


def refusal(state: RequestState, owner: str | None, to: RequestState, asking: str) -> str:
    """Why `asking` cannot bring a request of `owner` from `state` to `to`, and what next; "" where they can, or did."""
    mine = owner == asking
    if state is RequestState.OPEN:
        return "" if COMES_FROM[to] is state else "nobody has taken it; take it before it is handed back"
    if state is RequestState.TAKEN:
        return "" if mine else f"{owner} has it; ask {owner} to hand it back"
    if to is state and mine:
        return ""
    return f"{owner} has handed it back; when the person asks again, the list has a new one"
