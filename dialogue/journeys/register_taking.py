"""What follows for a registration from what was just taken."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dialogue.journeys.catalogue import JOURNEYS
from dialogue.journeys.register import CONFIRM, REGISTER, both_answered, without_contradiction
from dialogue.journeys.register_reading import facts_before_consent
from dialogue.state import FormState
from dialogue.take_facts import Taken, take
from dialogue.utterance import Utterance


def with_registration_rules(before: FormState, taken: Taken, said: Iterable[Utterance], today: date) -> Taken:
    """`taken` with what was told before consent, in the turns `said`, once there is consent, and without what
    contradicts it.

    A yes to what was read back counts only where nothing changed with it.
    """
    if before.journey != REGISTER.name:
        return _with_value_of_its_field(taken)
    if both_answered(taken.state.values) and not both_answered(before.values):
        earlier = facts_before_consent(said, taken.state)
        more = take(replace(taken.state, asking=None), JOURNEYS[before.journey], earlier, today)
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
