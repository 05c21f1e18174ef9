"""`POST /api/feedback`: whether an answer helped, counted without what it was or who asked."""

import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.http.body import read_body
from bot.web.callers import Callers

LARGEST_OPINION = 2048
"""Bytes; a yes or no."""
_CHANNEL = "web"


class FeedbackDoor:
    """Takes opinions from pages."""

    def __init__(self, note: Callable[[str, str, bool], bool], callers: Callers) -> None:
        """`note` counts (sender, door, useful), and says whether it did: as often as the sender was answered today."""
        self._note = note
        self._callers = callers

    async def answer(self, request: Request) -> Response:
        """`{"useful": true}` from a browser that has a conversation; 204 where it was counted."""
        body = await read_body(request, LARGEST_OPINION)
        if body is None:
            return _refused(413, "body: too large for an opinion")
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict) or set(value) != {"useful"}:
            return _refused(422, 'body: must be {"useful": true}')
        useful, caller = value["useful"], self._callers.of(request)
        if not isinstance(useful, bool):
            return _refused(422, "useful: true or false")
        if caller.is_new:
            return _refused(403, "cookie: nothing was answered here yet")
        if not self._note(caller.browser.key, _CHANNEL, useful):
            return _refused(429, "cookie: has said so of every answer it had today")
        return Response(status_code=204)


def _refused(status: int, why: str) -> Response:
    return JSONResponse({"error": why}, status)
