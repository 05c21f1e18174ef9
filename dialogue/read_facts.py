"""Reads what a message states, in the light of what was asked or told before it."""

from collections.abc import Mapping

from dialogue.journeys.catalogue import JOURNEYS
from dialogue.journeys.register_reading import facts_for_record
from dialogue.state import FormState
from dialogue.utterance import Utterance
from knowledge.facts.annotated_examples import slots
from knowledge.facts.fact_reader import Fact
from knowledge.places.stated_places import places


def facts_in(said: Utterance) -> Mapping[str, Fact]:
    """What `said` states when it answers nothing."""
    return _with_shorthand(said, said.facts())


def facts_for_form(state: FormState, said: Utterance, correcting: bool) -> Mapping[str, Fact]:
    """What `said` states for an open form, or for one whose result was told; `correcting`: whether it takes
    something back."""
    if JOURNEYS[state.journey].personal:
        return facts_for_record(state, said, correcting)
    if state.asking is not None:
        return _with_shorthand(said, said.facts(state.answers(correcting), () if correcting else state.values))
    for asked in state.answers_to_result(correcting):
        facts = _with_shorthand(said, said.facts(asked))
        if set(facts) & set(JOURNEYS[state.journey].slots):
            return facts
    return {}


def _with_shorthand(said: Utterance, facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """`facts`, but of numbers put one after the other those that their order and size tell."""
    numbers = said.shorthand
    beside = {slot: fact for slot, fact in facts.items() if not numbers or slots()[slot].kind != "number"}
    return {**beside, **numbers}


def places_in(said: Utterance) -> list[str]:
    """What the places that `said` names are called, the narrowest name of each, in order."""
    return [name for each in places(said.normal) if (name := each.zone or each.county or each.city or each.elsewhere)]
