"""Reads what a request brings, and no more than is wanted of it."""

from collections.abc import Awaitable, Callable

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
