"""What comes in over the voice socket, never more of it than somebody can say, and never nothing for long."""

import asyncio
import time

import numpy as np
from numpy.typing import NDArray
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.requests import RequestError
from bot.web import voice_frames as frames
from bot.web.voice_limits import Allowance, Limits
from voice.sound.audio import RATE

_END = None
"""In the queue of sound: the button was let go after what stands before it."""


class Ended(Exception):
    """The talk has to end; the person is told why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class Inbox:
    """What comes in, never more of it than somebody can say."""

    def __init__(self, websocket: WebSocket, limits: Limits) -> None:
        self._websocket = websocket
        self._limits = limits
        self._frames = Allowance(limits.frames_at_once, limits.frames_a_second)
        self._waiting = 0
        self.sound: asyncio.Queue[NDArray[np.int16] | None] = asyncio.Queue()

    async def hello(self) -> frames.Hello:
        try:
            first = await asyncio.wait_for(self.frame(), self._limits.hello_seconds)
        except asyncio.TimeoutError:
            raise Ended("no_hello") from None
        except RequestError as error:
            raise Ended("no_hello", str(error)) from error
        if not isinstance(first, frames.Hello):
            raise Ended("no_hello")
        return first

    async def frame(self) -> frames.Frame:
        """The next frame that is no sound; sound is put aside. Raises RequestError, Ended, WebSocketDisconnect."""
        while True:
            try:
                message = await asyncio.wait_for(self._websocket.receive(), self._limits.idle_seconds)
            except asyncio.TimeoutError:
                raise Ended("idle") from None
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1000))
            data, text = message.get("bytes"), message.get("text")
            if len(data or text or "") > self._limits.largest_frame:
                raise Ended("frame_too_large")
            if data is None:
                if not self._frames.take(time.monotonic()):
                    raise Ended("flood")
                return frames.read_frame(text or "")
            self._take(data)

    def end_of_speech(self) -> None:
        self.sound.put_nowait(_END)

    def forget(self) -> None:
        """Drops the sound nobody has listened to yet."""
        while not self.sound.empty():
            self.listened(self.sound.get_nowait())

    def listened(self, samples: NDArray[np.int16] | None) -> None:
        """Has to be called for everything that was taken out of `sound`."""
        self._waiting -= 0 if samples is None else len(samples)

    def _take(self, data: bytes) -> None:
        if len(data) % 2:
            raise RequestError("sound: must be whole 16-bit samples")
        samples = np.frombuffer(data, "<i2")
        self._waiting += len(samples)
        if self._waiting > self._limits.waiting_seconds * RATE:
            raise Ended("flood")
        self.sound.put_nowait(samples)
