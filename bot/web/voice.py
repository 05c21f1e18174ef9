"""`WS /api/voice`: a talk over a WebSocket, as docs/voice-protocol.md has it."""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot import voice_frames as frames
from bot.conversation import Conversation
from bot.ending import end
from bot.listener import CHANNEL, Listener, Talk
from bot.requests import RequestError, sender_of
from bot.speech import Speech
from bot.web.api_keys import KeyRefused
from bot.web.callers import Caller, Callers
from bot.web.speech_errors import SpeechErrors
from bot.web.voice_limits import Allowance, Limits
from voice.audio import RATE, Pcm
from voice.errors import VoiceError

logger = logging.getLogger(__name__)

PROTOCOL = 1
_POLICY, _TOO_BIG, _FAULT, _LATER = 1008, 1009, 1011, 1013
_CLOSES = {"flood": _POLICY, "stalled": _POLICY, "no_hello": _POLICY, "frame_too_large": _TOO_BIG, "other": _FAULT}
_END = None
"""In the queue of sound: the button was let go after what stands before it."""


class VoiceDoor:
    """Talks with everybody who connects, up to a number at once."""

    def __init__(
        self,
        conversation: Conversation,
        speech: Speech,
        errors: SpeechErrors,
        count: Callable[[str, str], None],
        callers: Callers,
        limits: Limits = Limits(),
    ) -> None:
        """`count` is told of every reply: its door and its status."""
        self._conversation = conversation
        self._speech = speech
        self._errors = errors
        self._count = count
        self._callers = callers
        self._limits = limits
        self._open = 0

    async def serve(self, websocket: WebSocket) -> None:
        """Serves one connection to its end."""
        try:
            caller = self._callers.of(websocket)
        except KeyRefused:
            await websocket.close(_POLICY)
            return
        await websocket.accept()
        port = _SocketPort(websocket, self._errors, self._count, self._limits)
        if self._open >= self._limits.connections:
            await port.end("busy")
            return
        self._open += 1
        try:
            await self._serve(websocket, port, caller)
        except _Ended as ended:
            await port.end(ended.code, ended.detail)
        except WebSocketDisconnect:
            pass  # They have gone, and nobody is left to be told.
        except Exception:
            # What was said is left out on purpose.
            logger.exception("a talk failed")
            await port.end("other")
        finally:
            self._open -= 1

    async def _serve(self, websocket: WebSocket, port: "_SocketPort", caller: Caller) -> None:
        inbox = _Inbox(websocket, self._limits)
        hello = await inbox.hello()
        try:
            sender = sender_of(caller.whose, hello.sender)
        except RequestError as error:
            raise _Ended("no_hello", str(error)) from error
        deaf, mute = await self._speech.lacks()
        if deaf is not None and mute is not None:
            raise _Ended(deaf.code)
        talk = Talk(
            self._conversation,
            self._speech,
            port,
            Listener(sender, hello.script, hello.mode, hello.duplex == "full"),
        )
        tasks: list[asyncio.Task[Any]] = []
        try:
            await talk.begin()
            await port.tell("hello", protocol=PROTOCOL, rate=RATE, hears=deaf is None, speaks=mute is None)
            for work in (_listen(talk, port, inbox), _read(talk, port, inbox), _stall(port), self._speech.warm()):
                tasks.append(asyncio.create_task(work))
            # None of the first three ends but by an error.
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
        finally:
            await end(tasks)
            await talk.close()


class _Ended(Exception):
    """The talk has to end; the person is told why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class _Inbox:
    """What comes in, never more of it than somebody can say."""

    def __init__(self, websocket: WebSocket, limits: Limits) -> None:
        self._websocket = websocket
        self._limits = limits
        self._frames = Allowance(limits.frames_at_once, limits.frames_a_second)
        self._waiting = 0
        self.sound: asyncio.Queue[np.ndarray | None] = asyncio.Queue()

    async def hello(self) -> frames.Hello:
        try:
            first = await asyncio.wait_for(self.frame(), self._limits.hello_seconds)
        except asyncio.TimeoutError:
            raise _Ended("no_hello") from None
        except RequestError as error:
            raise _Ended("no_hello", str(error)) from error
        if not isinstance(first, frames.Hello):
            raise _Ended("no_hello")
        return first

    async def frame(self) -> frames.Frame:
        """The next frame that is no sound; sound is put aside. Raises RequestError, _Ended, WebSocketDisconnect."""
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1000))
            data, text = message.get("bytes"), message.get("text")
            if len(data or text or "") > self._limits.largest_frame:
                raise _Ended("frame_too_large")
            if data is None:
                if not self._frames.take(time.monotonic()):
                    raise _Ended("flood")
                return frames.read_frame(text or "")
            self._take(data)

    def end_of_speech(self) -> None:
        self.sound.put_nowait(_END)

    def forget(self) -> None:
        """Drops the sound nobody has listened to yet."""
        while not self.sound.empty():
            self.listened(self.sound.get_nowait())

    def listened(self, samples: np.ndarray | None) -> None:
        """Has to be called for everything that was taken out of `sound`."""
        self._waiting -= 0 if samples is None else len(samples)

    def _take(self, data: bytes) -> None:
        if len(data) % 2:
            raise RequestError("sound: must be whole 16-bit samples")
        samples = np.frombuffer(data, "<i2")
        self._waiting += len(samples)
        if self._waiting > self._limits.waiting_seconds * RATE:
            raise _Ended("flood")
        self.sound.put_nowait(samples)


class _SocketPort:
    """What goes out; somebody who takes nothing any more is let go of."""

    def __init__(
        self, websocket: WebSocket, errors: SpeechErrors, count: Callable[[str, str], None], limits: Limits
    ) -> None:
        self._websocket = websocket
        self._errors = errors
        self._count = count
        self._limits = limits
        self._sending = asyncio.Lock()
        self._gone = False
        self.stalled = asyncio.Event()

    async def tell(self, kind: str, **about: Any) -> None:
        if kind == "reply":
            self._count(CHANNEL, about["status"])
        if kind == "error":
            about = {"text": self._errors.sentence(about["code"]) + about.pop("detail", ""), **about}
        async with self._sending:
            await self._send_line(kind, about)

    async def play(self, sentence: int, text: str, pcm: Pcm) -> None:
        """The line that says what comes, then the sound in pieces; a stop may come between two of them."""
        sound = pcm.samples.astype("<i2").tobytes()
        async with self._sending:
            await self._send_line("audio", {"sentence": sentence, "text": text, "bytes": len(sound)})
            for start in range(0, len(sound), self._limits.piece):
                await self._send({"type": "websocket.send", "bytes": sound[start : start + self._limits.piece]})

    async def end(self, code: str, detail: str = "") -> None:
        """Says why, and closes."""
        await self.tell("error", code=code, fatal=True, detail=detail)
        await self._send({"type": "websocket.close", "code": _CLOSES.get(code, _LATER)})

    async def _send_line(self, kind: str, about: dict[str, Any]) -> None:
        await self._send({"type": "websocket.send", "text": json.dumps({"type": kind, **about}, ensure_ascii=False)})

    async def _send(self, message: dict[str, Any]) -> None:
        # Once they have gone or take nothing, the rest of what was meant for them is dropped; `_read` ends the talk.
        if self._gone or (self.stalled.is_set() and message["type"] != "websocket.close"):
            return
        try:
            await asyncio.wait_for(self._websocket.send(message), self._limits.stall_seconds)
        except asyncio.TimeoutError:
            self._gone = self.stalled.is_set()
            self.stalled.set()
        except (WebSocketDisconnect, RuntimeError):  # RuntimeError is Starlette's for sending after the end.
            self._gone = True


async def _listen(talk: Talk, port: _SocketPort, inbox: _Inbox) -> None:
    """Hears what was said, in the order in which it was."""
    while True:
        samples = await inbox.sound.get()
        inbox.listened(samples)
        try:
            if samples is None:
                await talk.end_of_speech()
            else:
                await talk.hear(Pcm(samples, RATE))
        except VoiceError as error:
            logger.warning("something said was not heard: %s", error)
            inbox.forget()
            await port.tell("error", code=error.code, fatal=False)


async def _stall(port: _SocketPort) -> None:
    await port.stalled.wait()
    raise _Ended("stalled")


async def _read(talk: Talk, port: _SocketPort, inbox: _Inbox) -> None:
    while True:
        try:
            await _do(talk, inbox, await inbox.frame())
        except RequestError as error:
            await port.tell("error", code="malformed", fatal=False, detail=str(error))


async def _do(talk: Talk, inbox: _Inbox, frame: frames.Frame) -> None:
    if isinstance(frame, frames.Start):
        inbox.forget()
        await talk.start(frame.until)
    elif isinstance(frame, frames.SpeechEnd):
        inbox.end_of_speech()
    elif isinstance(frame, frames.Stop):
        await talk.stop()
    elif isinstance(frame, frames.Played):
        await talk.played(frame.sentence)
    elif isinstance(frame, frames.Text):
        await talk.typed(frame.text)
    elif isinstance(frame, frames.Say):
        await talk.read(frame.text)
    elif isinstance(frame, frames.Rate):
        await talk.set_pace(frame.rate)
    else:
        raise RequestError("type: hello was said already")
