"""Reads the body of a request, up to a limit, and writes that of the response."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response


async def read_body(request: Request, largest: int) -> bytes | None:
    """The body; None where it has more than `largest` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            return None
    return bytes(body)


def takes_json(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """`handler` for JSON alone: another site's form can send anything else without being asked."""

    async def checked(request: Request) -> Response:
        kind, _, _ = request.headers.get("content-type", "").partition(";")
        if kind.strip().lower() != "application/json":
            raise HTTPException(415)
        return await handler(request)

    return checked


def as_json(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """`value` as a response."""
    # Characters as they are, not as \u escapes of six bytes each.
    return Response(json.dumps(value, ensure_ascii=False), status, headers, media_type="application/json")
