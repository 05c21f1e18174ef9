"""What every recogniser can do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from voice.sound.audio import Pcm


@dataclass(frozen=True)
class Hypothesis:
    """One way to write what was said."""

    text: str = field(repr=False)
    """Simplified, without spaces."""
    score: float
    """Mean log probability of its tokens: 0 is certain, -1 is poor; engines without one give 0."""


class RecognizerStream(Protocol):
    """One utterance, heard as it comes."""

    def accept(self, pcm: Pcm) -> str | None:
        """Takes the next samples at 16 kHz; the text so far where it is new, else None."""
        ...

    def finish(self) -> Sequence[Hypothesis]:
        """As `Recognizer.recognize`, for everything accepted."""
        ...


class Recognizer(Protocol):
    """An engine with its model; to be used from one thread at a time."""

    name: str
    streams: bool
    """Whether there is text before the end of an utterance."""

    def recognize(self, pcm: Pcm, words: Collection[str] = ()) -> Sequence[Hypothesis]:
        """What may have been said in 16 kHz sound, best first; none where nothing was.

        `words`, where given, are all that is expected: engines that can take no others.
        """
        ...

    def stream(self, words: Collection[str] = ()) -> RecognizerStream:
        """One utterance; only where `streams`."""
        ...

    def close(self) -> None:
        """Lets go of what the engine holds; from any thread."""
        ...
