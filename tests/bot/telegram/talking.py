"""A conversation and engines of voice that are made up, so that the door can be tested without a model."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.messages import Button, Message, Reply, Script, Turn
from bot.senders import Sender
from bot.settings import PROJECT
from bot.speech.engines_and_recordings import Understood
from bot.telegram.sound import NoEngine, VoiceNote
from dialogue.mark import Status
from knowledge.yaml_files import read_yaml
from registry.limits.asked_from import AskedFrom, asked_from
from voice.doubts import Verdict
from voice.listening.transcripts import Transcript


def responses() -> Mapping[str, Any]:
    folders = (PROJECT / "nlu_data" / name / "responses.yml" for name in ("telegram", "voice"))
    return {name: said for path in folders for name, said in read_yaml(path)["responses"].items()}


def said(response: str, **values: str) -> str:
    """The text of one of the door's own responses."""
    return str(responses()[f"utter_telegram_{response}"][0]["text"]).format(**values)


def said_by_voice(response: str, **values: str) -> str:
    """The text of a response that every door with voice has."""
    return str(responses()[f"utter_{response}"][0]["text"]).format(**values)


class Echo:
    """Answers everything with itself, or as it was told to."""

    def __init__(self, replies: Mapping[str, Reply] | None = None, slow: Mapping[str, float] | None = None) -> None:
        self.replies = dict(replies or {})
        self.slow = dict(slow or {})
        self.turns: list[Turn] = []
        self.asked_from: list[AskedFrom] = []
        self.forgotten: list[str] = []

    async def handle(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        self.asked_from.append(asked_from.get())
        await asyncio.sleep(self.slow.get(turn.text, 0.0))
        answer = f"答：{turn.text}"
        return self.replies.get(turn.text) or Reply((Message(answer, answer),), Status.ANSWERED)

    async def say(self, sender: Sender, response: str, script: Script | None = None, **values: str) -> Reply:
        written = responses()[response][0]
        text = str(written["text"]).format(**values)
        buttons = tuple(
            Button(each["title"].format(**values), each["payload"].format(**values))
            for each in written.get("buttons", ())
        )
        return Reply((Message(text, text, buttons),), Status.CHAT)

    async def asking(self, sender: Sender) -> str | None:
        return None

    async def intent(self, text: str) -> str:
        return {"对": "affirm", "不对": "deny"}.get(text, "ask")

    async def pace(self, sender: Sender) -> float:
        return 1.0

    async def forget(self, sender: Sender) -> None:
        self.forgotten.append(sender.key)


class FakeSound:
    """Hears what it was told to, and speaks a fixed note."""

    def __init__(
        self,
        heard: str = "我要登记",
        note: bytes = b"OggS note",
        fault: Exception | None = None,
        verdict: Verdict = Verdict.TAKE,
    ) -> None:
        self.heard, self.note, self.fault, self.verdict = heard, note, fault, verdict
        self.listened: list[tuple[str, bytes]] = []
        self.spoken: list[str] = []
        self.forgotten: list[str] = []

    async def hear(self, sender: Sender, data: bytes) -> Understood:
        self.listened.append((sender.key, data))
        if self.fault:
            raise self.fault
        return Understood(Transcript(self.heard, 0.9, True), self.verdict, self.heard)

    async def written(self, sender: Sender, text: str) -> tuple[Verdict, str]:
        return Verdict.TAKE, text

    def forget(self, sender: Sender) -> None:
        self.forgotten.append(sender.key)

    async def can_speak(self) -> bool:
        return True

    async def speak(self, text: str, pace: float) -> VoiceNote:
        if self.fault:
            raise self.fault
        self.spoken.append(text)
        return VoiceNote(self.note, 2.4)


class Silent(FakeSound):
    """A service without engines."""

    def __init__(self) -> None:
        super().__init__(fault=NoEngine("model_missing"))

    async def can_speak(self) -> bool:
        return False
