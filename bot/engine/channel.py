"""Collects what Rasa says in a turn."""

from typing import Any

from rasa.core.channels.channel import OutputChannel


class Collector(OutputChannel):
    """Keeps every message whole: text, speech, buttons and custom data together."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.said: list[dict[str, Any]] = []

    def name(self) -> str:
        """The door the turn came through."""
        return self._name

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes the message as Rasa's actions made it."""
        self.said.append(dict(message))
