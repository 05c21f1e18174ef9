"""What a stranger sends is bounded: over real sockets, as uvicorn serves it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from bot.app import connections
from bot.app.connections import LARGEST_HEADER, MOST_CONNECTIONS, MOST_OF_ADDRESS, configured, is_among
from bot.http import slow_bodies
from bot.http.slow_bodies import LEAST_RATE, PATIENCE, allowed_for
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.chat import LARGEST_BODY
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.web.talking import FakeConversation

DEPLOYING = (Path(__file__).parents[3] / "docs" / "deploying.md").read_text(encoding="utf-8")


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """Where the service listens, believing nobody's X-Forwarded-For."""
    listening = socket.create_server(("127.0.0.1", 0))
    app = create_app(FakeConversation(), speech())  # type: ignore[arg-type]
    server = uvicorn.Server(configured(app, ()))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    await serving


async def is_answered(port: int) -> bool:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        return bool((await client.get("/healthz")).json() == {"status": "ok"})


async def test_a_long_header_is_refused_at_once_and_others_are_answered(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    # The first 64 KiB of what would be a megabyte.
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: " + b"a" * 64 * 1024)
    others = await is_answered(port)
    status = await asyncio.wait_for(reader.readline(), 5)
    writer.close()

    assert (status.split()[1], others) == (b"400", True)


async def test_a_header_that_comes_byte_by_byte_is_not_waited_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEADER_SECONDS", 0.1)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost")

    assert await ended(reader)
    writer.close()


async def test_the_second_header_of_a_connection_has_its_time_too(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEADER_SECONDS", 0.1)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    await asyncio.wait_for(reader.readuntil(b'{"status":"ok"}'), 5)
    writer.write(b"GET /heal")

    assert await ended(reader)
    writer.close()


async def test_a_body_that_does_not_come_is_not_waited_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_bodies, "PATIENCE", 0.05)
    monkeypatch.setattr(slow_bodies, "_LEAST_WAIT", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    )
    answer = await asyncio.wait_for(reader.readuntil(b"}"), 5)
    writer.close()

    assert answer.split()[1] == b"408"
    assert "没有传完" in answer.decode()


async def test_one_address_may_open_only_so_many_connections(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_OF_ADDRESS", 2)
    held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]

    assert await ended(held[-1][0])
    for _, writer in held:
        writer.close()


async def ended(reader: asyncio.StreamReader) -> bool:
    """Whether the server lets go of the connection without a word."""
    try:
        return await asyncio.wait_for(reader.read(), 5) == b""
    except ConnectionResetError:
        return True


def test_the_longer_a_body_the_more_time_it_has() -> None:
    assert allowed_for(0) == PATIENCE
    assert allowed_for(10 * LEAST_RATE) == PATIENCE + 10


@pytest.mark.parametrize(
    ("host", "among"),
    [("127.0.0.1", True), ("10.1.2.3", True), ("10.2.2.3", False), ("::1", True), ("fe80::1", False), ("a", False)],
)
def test_a_proxy_is_one_of_the_addresses_and_networks_that_were_named(host: str, among: bool) -> None:
    assert is_among(host, ("127.0.0.1", "10.1.0.0/16", "::1")) == among


async def test_where_nobody_is_believed_no_client_says_where_it_comes_from() -> None:
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["client"][0])

    for proxies in ((), ("192.0.2.1",), Settings().proxies):
        config = configured(app, proxies)
        config.load()
        headers = [(b"x-forwarded-for", b"203.0.113.9")]
        await config.loaded_app({"type": "http", "client": ("127.0.0.1", 1), "headers": headers}, None, None)

    assert seen == ["127.0.0.1", "127.0.0.1", "203.0.113.9"]


def test_the_page_on_deploying_tells_the_figures_of_the_code() -> None:
    for figure in (
        f"{LARGEST_HEADER // 1024} KiB, whole within {connections.HEADER_SECONDS:g} s",
        f"{LEAST_RATE // 1024} KiB a second after the first {PATIENCE:g} s; {LARGEST_BODY // 1024} KiB for a turn",
        f"{MOST_CONNECTIONS:,}, {MOST_OF_ADDRESS} of one address",
        f"{connections._LARGEST_MESSAGE // 1024} KiB, never packed",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "header_up X-Forwarded-For {remote_host}",
        "ZHUYETONG_PROXIES",
    ):
        assert figure in DEPLOYING
