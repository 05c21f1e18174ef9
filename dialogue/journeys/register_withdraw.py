"""Takes back, in the middle of a registration, what somebody agreed to a moment ago."""

from dataclasses import replace

from dialogue.journeys.register import CONSENTS, REGISTER
from dialogue.state import FormState
from dialogue.utterance import Utterance
from knowledge.facts.annotated_examples import slots
from registry.values.fields import SENSITIVE

_INTENTS = frozenset({"withdraw_data", "delete_data"})
_LIKELY = 0.5


def takes_back(state: FormState, said: Utterance, intent: str) -> bool:
    """Whether `said`, with this `intent`, withdraws consent from the registration that is open, where nothing is stored
    yet."""
    is_meant = intent in _INTENTS and said.intent.confidence > _LIKELY
    return state.journey == REGISTER.name and is_meant and not said.is_question


def asks_whether_it_could(state: FormState, said: Utterance, intent: str) -> bool:
    """Whether `said`, with this `intent`, only asks about that: 以后能不能删."""
    return state.journey == REGISTER.name and intent in _INTENTS and said.is_question


def without_what_is_taken_back(state: FormState, text: str) -> FormState | None:
    """`state` without the consent that `text` takes back and what was told under it; None where that is all of it."""
    if not slots()["disability_type"].is_named_in(text):
        return None
    values = {slot: value for slot, value in state.values.items() if slot not in SENSITIVE}
    answered = tuple(slot for slot in state.answered if slot not in SENSITIVE)
    return replace(state, values=values | {CONSENTS[1]: "no"}, answered=answered, asking=None, tries=0)
