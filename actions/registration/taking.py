"""What follows for a registration from what was just taken."""

from dataclasses import replace

from rasa_sdk import Tracker

from actions.forms.journeys import JOURNEYS
from actions.forms.state import FormState
from actions.forms.taking import Taken, take
from actions.registration.hearing import told_before_consent
from actions.registration.journey import CONFIRM, REGISTER, both_answered, without_contradiction
from actions.resources import resources


def settled(tracker: Tracker, before: FormState, taken: Taken) -> Taken:
    """`taken` with what was told before consent, once there is consent, and what contradicts it left out.

    A yes to what was read back counts only where nothing changed with it.
    """
    if before.journey != REGISTER.name:
        return _with_value_of_its_field(taken)
    if both_answered(taken.state.values) and not both_answered(before.values):
        earlier = told_before_consent(tracker, taken.state)
        more = take(replace(taken.state, asking=None), JOURNEYS[before.journey], earlier, resources().today())
        state = replace(more.state, asking=taken.state.asking)
        taken = replace(taken, state=state, new=(*taken.new, *(slot for slot in more.new if slot not in taken.new)))
    values = without_contradiction(taken.state.values)
    others = set(taken.new) - {CONFIRM}
    # Whoever said that something is wrong, and then 是 with nothing changed, is read everything once more.
    was_denied = before.refused.get(CONFIRM) == "no"
    if CONFIRM in values and (others or was_denied or values[CONFIRM] == "no"):
        values = {slot: value for slot, value in values.items() if slot != CONFIRM}
    refused = {} if others or was_denied else taken.state.refused
    return replace(taken, state=replace(taken.state, values=values, refused=refused))


def _with_value_of_its_field(taken: Taken) -> Taken:
    """`taken` without the new value of a field that is not to be changed any more."""
    if "change_field" not in taken.new or "change_value" in taken.new:
        return taken
    values = {slot: value for slot, value in taken.state.values.items() if slot not in {"change_value", "county"}}
    return replace(taken, state=replace(taken.state, values=values))


def denied(before: FormState, taken: Taken) -> bool:
    """Whether what was read back is wrong, without saying what of it."""
    return taken.new == (CONFIRM,) and CONFIRM not in taken.state.values and not before.refused.get(CONFIRM)
