"""`WS /api/voice`: a talk over a WebSocket, as docs/voice-protocol.md has it."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.conversation import Conversation
from bot.http.api_keys import KeyRefused
from bot.requests import RequestError, sender_of
from bot.senders import Sender
from bot.speech.engines_and_recordings import Speech
from bot.speech.error_sentences import SpeechErrors
from bot.speech.voice_talk import TalkPreferences, VoiceTalk
from bot.tasks import cancel_and_wait
from bot.web import voice_frames as frames
from bot.web.callers import Caller, Callers
from bot.web.limiting import Limiting, TooMany
from bot.web.places import Places
from bot.web.voice_inbox import Ended, Inbox
from bot.web.voice_limits import Limits
from voice.errors import VoiceError
from voice.sound.audio import RATE, Pcm

logger = logging.getLogger(__name__)

PROTOCOL = 1
_NORMAL, _POLICY, _TOO_BIG, _FAULT, _LATER = 1000, 1008, 1009, 1011, 1013
_CLOSES = {
    "idle": _NORMAL,
    "flood": _POLICY,
    "stalled": _POLICY,
    "no_hello": _POLICY,
    "frame_too_large": _TOO_BIG,
    "other": _FAULT,
}
_LIMITED: dict[type[frames.Frame], str] = {frames.Text: "chat", frames.Say: "reading"}
"""Frames that take time, and what they count as; what is spoken takes its time by itself."""


class VoiceDoor:
    """Talks with everybody who connects, up to a number at once."""

    def __init__(
        self,
        conversation: Conversation,
        speech: Speech,
        errors: SpeechErrors,
        callers: Callers,
        limiting: Limiting,
        limits: Limits = Limits(),
    ) -> None:
        self._conversation = conversation
        self._speech = speech
        self._errors = errors
        self._callers = callers
        self._limits = limits
        self._limiting = limiting
        self._places = Places(limits.connections, limits.connections_of_address, limits.connections_of_program)

    async def serve(self, websocket: WebSocket) -> None:
        """Serves one connection to its end."""
        try:
            caller = self._callers.of(websocket)
            # Before the connection counts as one.
            await self._limiting.check("voice")
        except KeyRefused:
            await websocket.close(_POLICY)
            return
        except TooMany:
            await websocket.close(_LATER)
            return
        port = _SocketPort(websocket, self._errors, self._limits)
        with self._places.place() as free:
            await websocket.accept()
            await self._serve_to_the_end(websocket, port, caller, free)

    async def _serve_to_the_end(self, websocket: WebSocket, port: "_SocketPort", caller: Caller, free: bool) -> None:
        try:
            if not free:
                raise Ended("busy")
            await self._serve(websocket, port, caller)
        except Ended as ended:
            await port.end(ended.code, ended.detail)
        except WebSocketDisconnect:
            pass  # They have gone, and nobody is left to be told.
        except Exception:
            # What was said is left out on purpose.
            logger.exception("a talk failed")
            await port.end("other")

    async def _serve(self, websocket: WebSocket, port: "_SocketPort", caller: Caller) -> None:
        inbox = Inbox(websocket, self._limits)
        hello = await inbox.hello()
        try:
            sender = sender_of(caller.whose, hello.sender)
        except RequestError as error:
            raise Ended("no_hello", str(error)) from error
        deaf, mute = await self._speech.lacks()
        if deaf is not None and mute is not None:
            raise Ended(deaf.code)
        talk = VoiceTalk(
            self._conversation,
            self._speech,
            port,
            TalkPreferences(sender, hello.script, hello.mode, hello.duplex == "full"),
        )
        tasks: list[asyncio.Task[Any]] = []
        try:
            await talk.begin()
            await port.tell("hello", protocol=PROTOCOL, rate=RATE, hears=deaf is None, speaks=mute is None)
            for work in (
                _listen(talk, port, inbox),
                _read(talk, port, inbox, partial(self._check, sender)),
                _stall(port),
                self._speech.warm(),
            ):
                tasks.append(asyncio.create_task(work))
            # None of the first three ends but by an error.
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
        finally:
            await cancel_and_wait(tasks)
            await talk.close()

    async def _check(self, sender: Sender, frame: frames.Frame) -> None:
        name = _LIMITED.get(type(frame))
        if name is not None:
            await self._limiting.check(name, sender, frame.text if isinstance(frame, frames.Text) else "")


class _SocketPort:
    """What goes out; a client that takes nothing any more is disconnected."""

    def __init__(self, websocket: WebSocket, errors: SpeechErrors, limits: Limits) -> None:
        self._websocket = websocket
        self._errors = errors
        self._limits = limits
        self._sending = asyncio.Lock()
        self._gone = False
        self.stalled = asyncio.Event()

    async def tell(self, kind: str, **about: Any) -> None:
        if kind == "error":
            sentence = self._errors.sentence(about["code"], seconds=about.get("seconds", ""))
            about = {"text": sentence + about.pop("detail", ""), **about}
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


async def _listen(talk: VoiceTalk, port: _SocketPort, inbox: Inbox) -> None:
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
    raise Ended("stalled")


async def _read(
    talk: VoiceTalk, port: _SocketPort, inbox: Inbox, check: Callable[[frames.Frame], Awaitable[None]]
) -> None:
    while True:
        try:
            frame = await inbox.frame()
            await check(frame)
            await _do(talk, inbox, frame)
        except TooMany as error:
            await port.tell("error", code="too_many", fatal=False, seconds=error.seconds)
        except RequestError as error:
            await port.tell("error", code="malformed", fatal=False, detail=str(error))


async def _do(talk: VoiceTalk, inbox: Inbox, frame: frames.Frame) -> None:
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
