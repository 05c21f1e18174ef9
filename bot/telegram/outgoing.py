"""What is on its way to Telegram, and how it is written down until it is there."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import Enum

from bot.telegram.rendering import Rendered


class IfUnknown(str, Enum):
    """What to do where nobody knows whether Telegram has it: never the same again, as it could come twice."""

    SAY_SO = "say_so"
    """Says that something may be lost and how to hear it."""
    LEAVE_IT = "leave_it"
    """Such as a voice note beside its text."""
    SEND_AGAIN = "send_again"
    """Only what does no harm twice: the word that something may be lost."""


@dataclass(frozen=True)
class Outgoing:
    """One message to a chat."""

    chat: int
    html: str = field(default="", repr=False)
    buttons: Sequence[tuple[str, str]] = field(default=(), repr=False)
    """Title and what it sends, one a row."""
    speech: str = field(default="", repr=False)
    """What a voice note says; "" for text."""
    pace: float = 1.0
    """Of the voice note."""
    reply_to: int | None = None
    """The message in a group that this answers."""
    if_unknown: IfUnknown = IfUnknown.SAY_SO

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    def moved(self, chat: int) -> "Outgoing":
        """The same to the chat's new number, in which the old messages have other numbers."""
        return replace(self, chat=chat, reply_to=None)


def from_json(text: str) -> Outgoing:
    about = json.loads(text)
    buttons = tuple((title, data) for title, data in about.pop("buttons"))
    return Outgoing(**{**about, "buttons": buttons, "if_unknown": IfUnknown(about["if_unknown"])})


def texts(chat: int, rendered: Sequence[Rendered], reply_to: int | None = None) -> Sequence[Outgoing]:
    """Rendered messages, to `chat`; the first answers the message `reply_to`."""
    return [
        Outgoing(chat, each.html, each.buttons, reply_to=reply_to if number == 0 else None)
        for number, each in enumerate(rendered)
    ]
