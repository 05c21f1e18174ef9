"""Reads what a message states, in the light of what was asked or told before it."""

from collections.abc import Mapping

from actions.forms.journey import Kind
from actions.forms.journeys import JOURNEYS
from actions.forms.state import FormState
from actions.registration.hearing import told_for_record
from actions.resources import resources
from knowledge.facts.reading import Fact


def told_in(text: str) -> Mapping[str, Fact]:
    """What `text` states when it answers nothing."""
    return resources().facts.read(text, resources().today(), None)


def told_to(state: FormState, text: str, correcting: bool) -> Mapping[str, Fact]:
    """What `text` states for an open form, or for one whose result was told; `correcting`: whether it takes back."""
    if JOURNEYS[state.journey].kind is Kind.RECORD:
        return told_for_record(state, text, correcting)
    reader, today = resources().facts, resources().today()
    if state.asking is not None:
        settled = frozenset() if correcting else frozenset(state.values)
        return reader.read(text, today, state.answers(correcting), settled)
    for asked in state.answers_to_result(correcting):
        facts = reader.read(text, today, asked)
        if set(facts) & set(JOURNEYS[state.journey].slots):
            return facts
    return {}
