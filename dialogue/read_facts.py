"""Reads what a message states, in the light of what was asked or told before it."""

from collections.abc import Mapping

from dialogue.journeys.catalogue import JOURNEYS
from dialogue.journeys.register_reading import facts_for_record
from dialogue.readers import Readers
from dialogue.shorthand import read_shorthand
from dialogue.state import FormState
from knowledge.facts.annotated_examples import slots
from knowledge.facts.fact_reader import Fact
from knowledge.places.stated_places import places


def facts_in(text: str, readers: Readers) -> Mapping[str, Fact]:
    """What `text` states when it answers nothing."""
    return _with_shorthand(text, readers.facts.read(text, readers.today, None))


def facts_for_form(state: FormState, text: str, correcting: bool, readers: Readers) -> Mapping[str, Fact]:
    """What `text` states for an open form, or for one whose result was told; `correcting`: whether it takes
    something back."""
    if JOURNEYS[state.journey].personal:
        return facts_for_record(state, text, correcting, readers)
    if state.asking is not None:
        settled = frozenset() if correcting else frozenset(state.values)
        return _with_shorthand(text, readers.facts.read(text, readers.today, state.answers(correcting), settled))
    for asked in state.answers_to_result(correcting):
        facts = _with_shorthand(text, readers.facts.read(text, readers.today, asked))
        if set(facts) & set(JOURNEYS[state.journey].slots):
            return facts
    return {}


def _with_shorthand(text: str, facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """`facts`, but of numbers put one after the other those that their order and size tell."""
    numbers = read_shorthand(text)
    beside = {slot: fact for slot, fact in facts.items() if not numbers or slots()[slot].kind != "number"}
    return {**beside, **numbers}


def places_in(text: str) -> list[str]:
    """What the places that `text` (in normal form) names are called, the narrowest name of each, in order."""
    return [name for each in places(text) if (name := each.zone or each.county or each.city or each.elsewhere)]
