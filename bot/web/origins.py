"""Notes from which address a request comes, as long as it is answered."""

from ipaddress import IPv6Address, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

from registry.origins import address

_UNKNOWN = "unknown"
"""Through a socket that has no addresses: they all count as one."""
_PREFIX = 64
"""Bits of an IPv6 address that are given to one customer; the others they choose as they like."""


class Origins:
    """Sets the address for everything below."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        before = address.set(counted_as(client[0] if client else ""))
        try:
            await self._app(scope, receive, send)
        finally:
            address.reset(before)


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
