"""What reads the words of a turn."""

from dataclasses import dataclass
from datetime import date

from knowledge.consent.consent_reader import ConsentReader
from knowledge.facts.fact_reader import FactReader


@dataclass(frozen=True)
class Readers:
    """The readers of facts and of consent, and the day on which they read, which says what year 去年 is."""

    facts: FactReader
    consent: ConsentReader
    today: date
