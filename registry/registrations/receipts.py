"""What somebody gets when they are forgotten, and by which everything else of them is found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Receipt:
    """That everything of a registration, or of a talk without one, is deleted."""

    number: str | None
    """None where nothing was registered, and what goes is the talk alone."""
    at: datetime
    """In UTC."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How much was deleted, by table."""
    senders: Sequence[str] = field(default=(), repr=False)
    """The blind indexes of who wrote: what else is kept by them has to go too."""

    def with_sender(self, index: str) -> "Receipt":
        """The receipt for what is kept by one more blind index."""
        return self if index in self.senders else replace(self, senders=(*self.senders, index))

    def to_json(self) -> Mapping[str, Any]:
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "counts": dict(self.counts),
            "senders": [*self.senders],
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Receipt":
        """The receipt that `to_json` wrote; raises KeyError or ValueError for anything else."""
        at = datetime.fromisoformat(told["at"])
        return cls(told["number"], at, dict(told["counts"]), tuple(told["senders"]))
