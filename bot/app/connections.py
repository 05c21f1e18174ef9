"""How the service takes connections: what a stranger sends is bounded before anybody looks at it, in size and time."""

from asyncio import TimerHandle, Transport
from collections.abc import Sequence
from functools import partial
from ipaddress import ip_address, ip_network
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.web.addresses import counted_as

LARGEST_HEADER = 16 * 1024
"""Bytes of a request line with its header; a browser sends one or two thousand."""
HEADER_SECONDS = 15.0
"""For a whole header; one that comes byte by byte holds a connection for nothing."""
MOST_CONNECTIONS = 2_000
MOST_OF_ADDRESS = 400
"""Connections of one address that is no proxy of ours: an office of fifty opens six for each page."""
_LARGEST_MESSAGE = 256 * 1024
"""Of a WebSocket; what is too large for a frame of a talk is told in a sentence, what is larger than this is not."""


def configured(app: Any, proxies: Sequence[str]) -> uvicorn.Config:
    """What uvicorn runs with; `proxies` are the addresses and networks whose X-Forwarded-For is believed."""
    return uvicorn.Config(
        app,
        # httptools, which uvicorn prefers, takes a header of any length into memory, and nobody is answered meanwhile.
        http=partial(BoundedConnection, proxies),  # type: ignore[arg-type]
        h11_max_incomplete_event_size=LARGEST_HEADER,
        limit_concurrency=MOST_CONNECTIONS,
        # uvicorn's own WebSocket library needs a newer `websockets` than Rasa allows.
        ws="wsproto",
        ws_max_size=_LARGEST_MESSAGE,
        # A message of a few bytes can unpack to gigabytes; sound and short lines gain nothing from it.
        ws_per_message_deflate=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        log_level="warning",
        access_log=False,
    )


class BoundedConnection(H11Protocol):
    """uvicorn's connection, with a deadline for each header and a number of them for each address."""

    def __init__(self, proxies: Sequence[str], **about: Any) -> None:
        super().__init__(**about)
        self._proxies = proxies
        self._deadline: TimerHandle | None = None
        self.counted: str | None = None
        """As what its address counts; None for one of ours, through which many come."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        host = self.client[0] if self.client else ""
        self.counted = None if not host or is_among(host, self._proxies) else counted_as(host)
        if self.counted is not None and self._of_address() > MOST_OF_ADDRESS:
            transport.abort()
            return
        self._watch_header()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch_header()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_deadline()
        super().connection_lost(exc)

    def _of_address(self) -> int:
        return sum(getattr(each, "counted", None) == self.counted for each in self.connections)

    def _watch_header(self) -> None:
        """Lets the time run from the first byte of a header to its last; between requests it is uvicorn's."""
        if self.conn.their_state is not h11.IDLE or self.transport.is_closing():
            self._forget_deadline()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(HEADER_SECONDS, self.transport.abort)

    def _forget_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def is_among(host: str, networks: Sequence[str]) -> bool:
    """Whether `host` is one of these addresses, or in one of these networks."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in ip_network(each, strict=False) for each in networks)
