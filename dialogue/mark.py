"""What a message carries besides its words, as actions and responses.yml give it and the conversation reads it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Status(str, Enum):
    """What came of a turn."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    NOT_COVERED = "not_covered"
    FORM = "form"
    COMMAND = "command"
    HANDOFF = "handoff"
    CHAT = "chat"
    ENDED = "ended"
    """The person has finished, and everything they said is forgotten."""
    ERROR = "error"


class Joins(str, Enum):
    """What of a message is added to the one before it; the rest of it is left out."""

    TEXT = "text"
    SPEECH = "speech"
    BOTH = "both"


class PartKind(str, Enum):
    """What a part of a message tells, by which a page shows it."""

    ANSWER = "answer"
    NEXT_STEP = "next_step"
    BASIS = "basis"
    """Which document it rests on, where in it, and whether that is in force."""


class MarkError(ValueError):
    """A mark cannot be read; the text says why."""


@dataclass(frozen=True)
class Mark:
    """All of it has a default, which is what most messages are."""

    status: Status | None = None
    """None leaves what came of the turn to the other messages."""
    asking: str | None = None
    """The slot a form waits for."""
    digits_are_values: bool = False
    """Whether a bare 2 answers that slot, and is not the second choice."""
    leads: bool = False
    """Whether it is one message with the next one, and comes first in it."""
    joins: Joins | None = None
    part: PartKind = PartKind.ANSWER
    choices_told: bool = False
    """Whether the words name the buttons already."""
    citations: tuple[tuple[str, str], ...] = ()
    """Document and clause, the best one first."""
    forget: Mapping[str, Any] | None = None
    """The receipt of whoever is forgotten with this turn (registry/registrations/receipts.py)."""
    offers_to_forget: bool = False
    """Whether it asks if what was told is to be deleted."""
    private: bool = False
    """Whether it tells what somebody registered, and is not said again to whoever comes after an hour."""

    def to_json(self) -> dict[str, Any]:
        """What differs from the defaults, as the tracker keeps it."""
        kept = {name: read(self) for name, read in _WRITTEN.items()}
        return {name: value for name, value in kept.items() if value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Mark":
        """Reads what `to_json` gave, also that of an earlier version, whose other keys are left out.

        Raises MarkError for a value that no mark has.
        """
        try:
            return cls(
                status=Status(kept["status"]) if kept.get("status") else None,
                asking=kept.get("asking"),
                digits_are_values=kept.get("digits") == _VALUE,
                leads=bool(kept.get("leads")),
                joins=Joins(kept["joins"]) if kept.get("joins") else None,
                part=PartKind(kept.get("part") or PartKind.ANSWER),
                choices_told=bool(kept.get("choices_told")),
                citations=tuple((each["document"], each["clause"]) for each in kept.get("citations", ())),
                forget=kept.get("forget"),
                offers_to_forget=bool(kept.get("offers_to_forget")),
                private=bool(kept.get("private")),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise MarkError(f"a mark cannot be read: {error!r}; its keys are {', '.join(KEYS)}") from error


_VALUE = "value"
_WRITTEN: Mapping[str, Callable[[Mark], Any]] = {
    "status": lambda mark: mark.status and mark.status.value,
    "asking": lambda mark: mark.asking,
    "digits": lambda mark: _VALUE if mark.digits_are_values else "",
    "leads": lambda mark: mark.leads,
    "joins": lambda mark: mark.joins and mark.joins.value,
    "part": lambda mark: "" if mark.part is PartKind.ANSWER else mark.part.value,
    "choices_told": lambda mark: mark.choices_told,
    "citations": lambda mark: [{"document": document, "clause": clause} for document, clause in mark.citations],
    "forget": lambda mark: mark.forget,
    "offers_to_forget": lambda mark: mark.offers_to_forget,
    "private": lambda mark: mark.private,
}
KEYS = tuple(_WRITTEN)
UNMARKED = Mark()
