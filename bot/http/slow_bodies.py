"""Ends requests whose body does not arrive: a client sending a byte a minute would hold a place for ever."""

import asyncio
import time

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATIENCE = 5.0
"""Seconds before anything has to be there."""
LEAST_RATE = 4 * 1024
"""Bytes a second after that, as a phone has where there is hardly any network (EDGE)."""
_LEAST_WAIT = 1.0
"""Seconds for a piece, however late it is: where we were busy ourselves, it lies there already."""


class TooSlow(HTTPException):
    """The rest of the body did not come in time."""

    def __init__(self) -> None:
        super().__init__(408, "the body did not come in time")


class BodiesInTime:
    """Raises TooSlow where an application reads a body that falls behind."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _has_body(Headers(scope=scope)):
            receive = _InTime(receive)
        await self._app(scope, receive, send)


class _InTime:
    """What comes in, until all of it is there."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._began = time.monotonic()
        self._received = 0
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:
            return await self._receive()
        left = self._began + allowed_for(self._received) - time.monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), max(_LEAST_WAIT, left))
        except asyncio.TimeoutError:
            raise TooSlow() from None
        self._received += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        return message


def allowed_for(received: int) -> float:
    """Seconds from the beginning in which the byte after the first `received` has to come."""
    return PATIENCE + received / LEAST_RATE


def _has_body(headers: Headers) -> bool:
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
