"""The questions of a journey for somebody who reads them aloud."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dialogue.journey import UNCLEAR
from dialogue.journeys.catalogue import JOURNEYS
from dialogue.journeys.register import CONFIRM, CONSENTS, REGISTER
from knowledge.facts.annotated_examples import slots
from knowledge.places.counties import cities
from registry.values.fields import LONGEST, REQUIRED, SENSITIVE

Say = Callable[..., str]
"""Fills a response for the ear: its name, then its values."""

SUMS = ("quota", "reward", "dibao_years", "posts_again", "navigator")
"""The journeys that staff work out; navigator is the last because it fits where nothing else does."""
_REGISTRATION = tuple(slot for slot in REGISTER.slots if slot not in {"registrant", *CONSENTS, CONFIRM})


@dataclass(frozen=True)
class Question:
    """One question, and what may answer it."""

    slot: str
    title: str
    """What it is called on a page."""
    ask: str
    """To be read aloud."""
    why: str
    """What to say to whoever asks why."""
    kind: str
    """"number", "date", "choice", "words" …, as knowledge/facts/slots.yml has it."""
    unit: str
    choices: Mapping[str, str]
    """Value → what it is called; empty where it is answered freely."""
    required: bool = False
    sensitive: bool = False
    """Whether it is asked only after the second consent."""
    longest: int = 40
    """Characters of an answer."""


def of_journey(journey: str, say: Say) -> Sequence[Question]:
    """Every question of a journey that is worked out; raises KeyError for one that is not."""
    if journey not in SUMS:
        raise KeyError(journey)
    return [_question(slot, say) for slot in JOURNEYS[journey].slots]


def of_registration(say: Say) -> Sequence[Question]:
    """Every question of a registration after the consents, in the order in which they are asked."""
    return [_question(slot, say) for slot in _REGISTRATION]


def for_clause(clause: str) -> Sequence[str]:
    """The journeys that work out what "document/clause" is about; the navigator where none does."""
    found = [name for name in SUMS if clause in JOURNEYS[name].clauses]
    return found or [SUMS[-1]]


def _question(slot: str, say: Say) -> Question:
    entry = slots()[slot]
    choices = {value: title for value, title in entry.values.items() if value != UNCLEAR}
    return Question(
        slot=slot,
        title=entry.title,
        ask=say(f"utter_ask_{slot}"),
        why=say(f"utter_why_{slot}"),
        kind=entry.kind,
        unit=entry.unit,
        choices={city: city for city in cities()} if slot == "city" else choices,
        required=slot in REQUIRED,
        sensitive=slot in SENSITIVE,
        longest=LONGEST.get(slot, 40),
    )
