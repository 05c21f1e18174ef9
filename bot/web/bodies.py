"""Reads what a request brings, and no more than is wanted of it."""

from starlette.requests import Request


async def read_body(request: Request, largest: int) -> bytes | None:
    """The body; None where it has more than `largest` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            return None
    return bytes(body)
