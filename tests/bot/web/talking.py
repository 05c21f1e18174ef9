"""The voice socket without a network: what a client sends and what comes back."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np

from bot.messages import Button, Citation, Message, Reply, Turn
from bot.senders import Sender
from dialogue.mark import Status
from tests.bot.speech.hearing_and_speaking import text_in
from voice.sound.audio import Pcm

C = TypeVar("C", bound="Client")


class FakeConversation:
    """Answers every turn with what it was, and remembers the turns and paces."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.asking_for: str | None = None
        self.answers: dict[str, Reply] = {}
        self.paces: dict[Sender, float] = {}
        self.forgotten: list[Sender] = []
        self.slow = 0.0

    async def handle(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        await asyncio.sleep(self.slow)
        return self.answers.get(turn.text) or answer(f"您说{turn.text}。")

    async def say(self, sender: Sender, response: str, script: object = None, **values: str) -> Reply:
        return answer(f"{response}{''.join(values.values())}。", Status.CLARIFY)

    async def intent(self, text: str) -> str:
        return {"对": "affirm", "不对": "deny", "停": "stop", "继续": "resume"}.get(text, "ask")

    async def asking(self, sender: Sender) -> str | None:
        return self.asking_for

    async def pace(self, sender: Sender) -> float:
        return self.paces.get(sender, 1.0)

    async def set_pace(self, sender: Sender, pace: float) -> None:
        self.paces[sender] = pace

    async def end(self, sender: Sender) -> None:
        self.forgotten.append(sender)


def answer(speech: str, status: Status = Status.ANSWERED, asking: str | None = None, *titles: str) -> Reply:
    buttons = tuple(Button(title, title) for title in titles)
    return Reply((Message(speech, speech, buttons, (Citation("d", "1", "t", "q"),)),), status, asking)


class Client:
    """Talks with an application over the WebSocket interface of ASGI, and plays nothing by itself."""

    def __init__(
        self, app: Any, *, takes: bool = True, headers: Mapping[str, str] | None = None, address: str = "192.0.2.1"
    ) -> None:
        """`headers` are those of the handshake.

        With `takes` off nothing is ever taken from the wire, as by a client that hangs.
        """
        self._app = app
        self._to_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._takes = takes
        self._headers = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        self._address = address
        self.lines: list[dict[str, Any]] = []
        self.closed: int | None = None
        self._sound: list[bytes] = []
        self._news = asyncio.Event()

    async def __aenter__(self: C) -> C:
        scope = {
            "type": "websocket",
            "path": "/api/voice",
            "headers": self._headers,
            "query_string": b"",
            "subprotocols": [],
            "client": (self._address, 1),
        }
        self._serving = asyncio.create_task(self._app(scope, self._to_server.get, self._take))
        await self._to_server.put({"type": "websocket.connect"})
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.vanish()

    async def vanish(self) -> None:
        """Goes without a word; whatever the server does wrong comes out here."""
        await self._to_server.put({"type": "websocket.disconnect", "code": 1006})
        await asyncio.wait_for(self._serving, 5)

    async def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.close":
            self.closed = message["code"]
        elif "text" in message and message["type"] == "websocket.send":
            if not self._takes:
                await asyncio.sleep(3_600)
            self.lines.append(json.loads(message["text"]))
            if self.lines[-1]["type"] == "audio":
                self._sound.clear()
        elif message["type"] == "websocket.send":
            self._sound.append(message["bytes"])
        self._news.set()

    async def says(self, **frame: Any) -> None:
        await self._to_server.put({"type": "websocket.receive", "text": json.dumps(frame)})

    async def sends(self, text: str) -> None:
        await self._to_server.put({"type": "websocket.receive", "text": text})

    async def speaks(self, *stretches: Pcm) -> None:
        for pcm in stretches:
            data = pcm.samples.astype("<i2").tobytes()
            for start in range(0, len(data), 32_000):
                await self._to_server.put({"type": "websocket.receive", "bytes": data[start : start + 32_000]})

    async def next(self, kind: str, within: float = 5.0, **about: Any) -> dict[str, Any]:
        """The next line of this kind that nobody has asked for yet, with these fields."""

        async def wait() -> dict[str, Any]:
            while True:
                for line in self.lines:
                    if line["type"] == kind and about.items() <= line.items():
                        del self.lines[: self.lines.index(line) + 1]
                        return line
                self._news.clear()
                await self._news.wait()

        return await asyncio.wait_for(wait(), within)

    async def hears(self, within: float = 5.0) -> str:
        """The next sentence that is sent whole, which then counts as played."""
        line = await self.next("audio", within)
        while sum(map(len, self._sound)) < line["bytes"]:
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), within)
        text = text_in(np.frombuffer(b"".join(self._sound), "<i2"))
        await self.says(type="played", sentence=line["sentence"])
        return text

    async def ended(self, within: float = 5.0) -> int | None:
        await asyncio.wait_for(asyncio.shield(self._serving), within)
        return self.closed
