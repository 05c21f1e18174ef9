"""Somebody who talks with the real engine."""

from typing import TYPE_CHECKING, Any

from bot.messages import Reply, Turn
from bot.senders import TERMINAL, Sender

if TYPE_CHECKING:  # It imports Rasa, which most tests do without.
    from bot.conversation import Conversation


class Person:
    """Someone who talks with the assistant."""

    def __init__(self, conversation: "Conversation", name: str) -> None:
        self._conversation = conversation
        self.who = Sender(TERMINAL, name)
        self.sender = self.who.key
        """As the records have it."""

    async def says(self, text: str, **about: object) -> Reply:
        return await self._conversation.handle(Turn(self.who, text, **about))  # type: ignore[arg-type]

    async def form(self) -> dict[str, Any]:
        """What the form that is open, or was finished last, remembers."""
        form: dict[str, Any] = await self.slot("form")
        return form

    async def slot(self, name: str) -> Any:
        """What the talk remembers under `name`."""
        return (await self._conversation._engine.open(self.sender)).slots.get(name)

    def at(self, conversation: "Conversation") -> "Person":
        """The same sender, served by another process."""
        return Person(conversation, self.who.name)
