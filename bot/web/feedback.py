"""`POST /api/feedback`: whether an answer helped, counted without what it was or who asked."""

import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

LARGEST_OPINION = 2048
"""Bytes; a sender and a yes or no."""
_LONGEST_SENDER = 200
_CHANNEL = "web"


class FeedbackDoor:
    """Takes opinions from pages."""

    def __init__(self, note: Callable[[str, str, bool], bool]) -> None:
        """`note` counts (sender, door, useful), and says whether it did: as often as the sender was answered today."""
        self._note = note

    async def answer(self, request: Request) -> Response:
        """`{"sender": …, "useful": true}`; 204 where it was counted."""
        body = await _body(request)
        if body is None:
            return _refused(413, "body: too large for an opinion")
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict) or set(value) != {"sender", "useful"}:
            return _refused(422, 'body: must be {"sender": "…", "useful": true}')
        sender, useful = value["sender"], value["useful"]
        if not isinstance(sender, str) or not 0 < len(sender) <= _LONGEST_SENDER:
            return _refused(422, f"sender: 1 to {_LONGEST_SENDER} characters")
        if not isinstance(useful, bool):
            return _refused(422, "useful: true or false")
        if not self._note(sender, _CHANNEL, useful):
            return _refused(429, "sender: has said so of every answer it had today")
        return Response(status_code=204)


async def _body(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_OPINION:
            return None
    return bytes(body)


def _refused(status: int, why: str) -> Response:
    return Response(json.dumps({"error": why}), status, media_type="application/json")
