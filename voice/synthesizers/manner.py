"""How something is said, and what every voice can do."""

from dataclasses import dataclass
from typing import Protocol

from voice.sound.audio import Pcm

SLOWEST, FASTEST = 0.5, 2.0
LOUDEST = 2.0


@dataclass(frozen=True)
class Manner:
    """How something is said."""

    rate: float = 1.0
    """0.5 takes twice as long, 2.0 half as long."""
    volume: float = 1.0
    """0 is silence; above 1 the loudest parts may be cut off."""
    voice: str | None = None
    """One of `Synthesizer.voices`; None, or one of another engine, is the engine's first."""

    def __post_init__(self) -> None:
        if not SLOWEST <= self.rate <= FASTEST:
            raise ValueError(f"rate {self.rate}: must be {SLOWEST} to {FASTEST}")
        if not 0 <= self.volume <= LOUDEST:
            raise ValueError(f"volume {self.volume}: must be 0 to {LOUDEST}")


PLAIN = Manner()
"""As a voice speaks where nobody wants it otherwise."""


class Synthesizer(Protocol):
    """Speaks one text after another; not from several threads at once."""

    name: str
    voices: tuple[str, ...]

    def speak(self, text: str, manner: Manner = PLAIN) -> Pcm:
        """`text` as `voice.speaking.spoken.spoken` gives it, said; no samples where nothing in it has a sound.

        Raises VoiceError where the engine fails.
        """
