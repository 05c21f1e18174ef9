"""A conversation and engines of voice that are made up, so that the door can be tested without a model."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.messages import Button, Message, Reply, Status, Turn
from bot.settings import PROJECT
from bot.telegram.sound import VoiceNote
from knowledge.yaml_files import read_yaml


def responses() -> Mapping[str, Any]:
    return read_yaml(PROJECT / "nlu_data" / "telegram" / "responses.yml")["responses"]


def said(response: str, **values: str) -> str:
    """The text of one of the door's own responses."""
    return str(responses()[f"utter_telegram_{response}"][0]["text"]).format(**values)


class Echo:
    """Answers everything with itself, or as it was told to."""

    def __init__(self, replies: Mapping[str, Reply] | None = None, slow: Mapping[str, float] | None = None) -> None:
        self.replies = dict(replies or {})
        self.slow = dict(slow or {})
        self.turns: list[Turn] = []
        self.forgotten: list[str] = []

    async def handle(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        await asyncio.sleep(self.slow.get(turn.text, 0.0))
        answer = f"答：{turn.text}"
        return self.replies.get(turn.text) or Reply((Message(answer, answer),), Status.ANSWERED)

    async def say(self, sender: str, response: str, **values: str) -> Message:
        written = responses()[response][0]
        text = str(written["text"]).format(**values)
        buttons = tuple(
            Button(each["title"].format(**values), each["payload"].format(**values))
            for each in written.get("buttons", ())
        )
        return Message(text, text, buttons)

    async def pace(self, sender: str) -> float:
        return 1.0

    async def forget(self, sender: str) -> None:
        self.forgotten.append(sender)


class FakeSound:
    """Hears what it was told to, and speaks a fixed note."""

    can_hear = can_speak = True

    def __init__(self, heard: str = "我要登记", note: bytes = b"OggS note", fault: Exception | None = None) -> None:
        self.heard, self.note, self.fault = heard, note, fault
        self.listened: list[tuple[bytes, str | None]] = []
        self.spoken: list[str] = []

    async def hear(self, data: bytes, asking: str | None) -> str:
        self.listened.append((data, asking))
        if self.fault:
            raise self.fault
        return self.heard

    async def speak(self, text: str, pace: float) -> VoiceNote:
        self.spoken.append(text)
        return VoiceNote(self.note, 2.4)
