"""Notes where a request comes from, for as long as it is being answered."""

from ipaddress import IPv6Address, ip_address

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.http.api_keys import KeyRefused
from bot.web.callers import Callers
from registry.limits.asked_from import AskedFrom, asked_from

_UNKNOWN = "unknown"
"""Through a socket that has no addresses: they all count as one."""
_PREFIX = 64
"""Bits of an IPv6 address that are given to one customer; the others they choose as they like."""


class Addresses:
    """Sets the address for everything below, and the program where one shows its key."""

    def __init__(self, app: ASGIApp, callers: Callers) -> None:
        self._app = app
        self._callers = callers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        address = counted_as(client[0] if client else "")
        before = asked_from.set(AskedFrom(address, self._program(HTTPConnection(scope))))
        try:
            await self._app(scope, receive, send)
        finally:
            asked_from.reset(before)

    def _program(self, connection: HTTPConnection) -> str:
        try:
            return self._callers.program_of(connection) or ""
        except KeyRefused:
            # The door that is asked says so, if it knows keys at all.
            return ""


def counted_as(host: str) -> str:
    """What `host` is counted as: itself, or the network of an IPv6 address."""
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return host or _UNKNOWN
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return f"{IPv6Address(int(found) >> (128 - _PREFIX) << (128 - _PREFIX))}/{_PREFIX}"
