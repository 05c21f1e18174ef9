"""What goes in and out of a conversation: frozen values and their JSON."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.senders import Sender
from dialogue.mark import PartKind, Status


class Mode(str, Enum):
    """How a person wants to be answered."""

    TEXT = "text"
    VOICE = "voice"
    EASY = "easy"


class Script(str, Enum):
    """The characters a person reads."""

    SIMPLIFIED = "hans"
    TRADITIONAL = "hant"


@dataclass(frozen=True)
class Turn:
    """One thing a person said."""

    sender: Sender
    """Who; stable over a conversation and unknown outside the door it came through."""
    text: str
    channel: str = "web"
    """How it came, as it is counted: "web", "voice", "terminal", "telegram"."""
    mode: Mode | None = None
    """None keeps what the sender chose before."""
    script: Script | None = None
    """None answers in the characters the sender writes."""
    id: str | None = None
    """The same where a door sends the same turn again, which is then answered as before; None where none can."""


@dataclass(frozen=True)
class Button:
    """A choice; choosing it sends `payload` as if it had been typed."""

    title: str
    payload: str


@dataclass(frozen=True)
class Citation:
    """Where an answer stands in a document."""

    document: str
    clause: str
    title: str
    quote: str
    """The clause's own words."""


@dataclass(frozen=True)
class Part:
    """A part of a message that is shown in a way of its own."""

    kind: PartKind
    text: str


@dataclass(frozen=True)
class Message:
    """One thing we say: `text` for eyes, `speech` for ears."""

    text: str
    speech: str
    buttons: tuple[Button, ...] = ()
    citations: tuple[Citation, ...] = ()
    """The best one first."""
    parts: tuple[Part, ...] = ()
    """The same as `text`, a line or more each; () where it is an answer and nothing else."""


@dataclass(frozen=True)
class Reply:
    """Everything we say to one turn."""

    messages: tuple[Message, ...]
    status: Status
    asking: str | None = None
    """The slot a form is waiting for."""

    def to_json(self) -> dict[str, Any]:
        """The shape every door shares (the Reply of bot/web/openapi.yml)."""
        return {
            "messages": [
                {
                    "text": message.text,
                    "speech": message.speech,
                    "buttons": [{"title": button.title, "payload": button.payload} for button in message.buttons],
                    "citations": [
                        {"document": each.document, "clause": each.clause, "title": each.title, "quote": each.quote}
                        for each in message.citations
                    ],
                    "parts": [
                        {"kind": part.kind.value, "text": part.text}
                        for part in message.parts or (Part(PartKind.ANSWER, message.text),)
                    ],
                }
                for message in self.messages
            ],
            "status": self.status.value,
            "asking": self.asking,
        }
