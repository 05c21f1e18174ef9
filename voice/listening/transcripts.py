"""What was heard, and what may be expected to be heard."""

from dataclasses import dataclass, field

from voice.listening.phrase_model import PhraseModel


@dataclass(frozen=True)
class Hints:
    """What is expected, to narrow and repair."""

    asking: str | None = None
    """The form's slot, e.g. "phone", "confirm", "city"; None for anything."""
    phrases: PhraseModel | None = field(default=None, repr=False)
    """How people speak of the documents' subject; None repairs nothing."""
    expected: tuple[str, ...] = ()
    """Whole answers that the question invites: what its buttons say, the names of places."""


@dataclass(frozen=True)
class Transcript:
    """One stretch of speech in writing."""

    text: str = field(repr=False)
    """Repaired, without spaces; empty where nothing was said."""
    confidence: float
    """0 to 1."""
    is_final: bool
    heard: str = field(default="", repr=False)
    """As the recogniser gave it, before repair."""


NOTHING = Transcript("", 1.0, True)
"""Silence, noise or music: nobody spoke."""
