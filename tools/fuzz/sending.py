"""Sends what was made up, and notes what came back."""

import http.client
import json
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from tools.fuzz.requests import NO_ANSWER, Answered, Garbage

_PATIENCE = 120.0
_HUNG = 504
"""What a proxy in front would say of a service that does not answer."""
Sent = TypeVar("Sent")


def within(seconds: float, each: Iterable[Sent]) -> Iterator[Sent]:
    """As many as there is time for."""
    deadline = time.monotonic() + seconds
    for one in each:
        if time.monotonic() > deadline:
            return
        yield one


def send(host: str, port: int, garbage: Garbage) -> Answered:
    """Sends one request over a connection of its own.

    Raises ConnectionRefusedError where nobody listens (any more).
    """
    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE)
    started = time.perf_counter()
    try:
        connection.connect()
        status, answer = _exchanged(connection, garbage)
    finally:
        connection.close()
    seconds = time.perf_counter() - started
    return Answered(
        garbage.kind, status, seconds, _is_error(answer), f"{dict(garbage.headers)} {garbage.body[:120]!r}"[:400]
    )


def is_alive(host: str, port: int) -> bool:
    """Whether the service still says that it is there."""
    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _exchanged(connection: http.client.HTTPConnection, garbage: Garbage) -> tuple[int, bytes]:
    # Written by hand: http.client refuses some of these headers, and adds some of its own.
    lines = [f"POST {garbage.path} HTTP/1.1", f"Content-Length: {len(garbage.body)}"]
    lines += [f"{name}: {value}" for name, value in {"Host": "localhost", **garbage.headers}.items()]
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
    try:
        _send_all(connection, head + garbage.body)
        response = http.client.HTTPResponse(connection.sock)
        response.begin()
        return response.status, response.read()
    except TimeoutError:
        return _HUNG, b""
    except (ConnectionError, http.client.HTTPException):
        return NO_ANSWER, b""


def _send_all(connection: http.client.HTTPConnection, data: bytes) -> None:
    # Where it is refused before all of it was sent, the answer may be there.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.sock.sendall(data)


def _is_error(answer: bytes) -> bool:
    try:
        value = json.loads(answer)
    except ValueError:
        return False
    return isinstance(value, dict) and value.get("status") == "error"
