"""The ASGI application, built from its arguments."""

import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.conversation import Conversation
from bot.requests import RequestError, parse_turn
from bot.web.headers import SafeHeaders
from knowledge.yaml_files import read_yaml

logger = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024
"""Bytes of a request; a turn is a few hundred."""

_HERE = Path(__file__).parent
_CHANNEL = "web"
_SECONDS = (0.005, 0.01, 0.015, 0.025, 0.04, 0.06, 0.1, 0.25, 0.5, 1, 2.5)


def create_app(
    conversation: Conversation,
    routes: Sequence[BaseRoute] = (),
    beside: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
) -> Starlette:
    """The web chat at `/`, `POST /api/chat`, and what machines ask: health, metrics, the interface's description.

    `routes` are those of other doors, and `beside` is open as long as the application is.
    """
    registry = CollectorRegistry()
    turns = Counter("zhuyetong_turns", "Turns answered, by door and status.", ("channel", "status"), registry=registry)
    seconds = Histogram("zhuyetong_turn_seconds", "Time to answer a turn.", buckets=_SECONDS, registry=registry)
    errors: dict[str, str] = read_yaml(_HERE / "errors.yml")
    description = read_yaml(_HERE / "openapi.yml")

    async def chat(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return _error(413, errors["too_large"])
        try:
            turn = parse_turn(body, _CHANNEL)
        except RequestError as error:
            return _error(422, f"{errors['malformed']}{error}")
        started = time.perf_counter()
        reply = await conversation.handle(turn)
        seconds.observe(time.perf_counter() - started)
        turns.labels(_CHANNEL, reply.status.value).inc()
        return _json(reply.to_json())

    async def page(request: Request) -> Response:
        return FileResponse(_HERE / "page" / "index.html", media_type="text/html")

    async def healthz(request: Request) -> Response:
        return _json({"status": "ok"})

    async def metrics(request: Request) -> Response:
        return PlainTextResponse(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    async def openapi(request: Request) -> Response:
        return _json(description)

    async def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return _error(status, errors.get(str(status), errors["500"]))

    async def failed(request: Request, error: Exception) -> Response:
        logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return _error(500, errors["500"])

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with beside():
            yield

    return Starlette(
        lifespan=lifespan,
        routes=[
            *routes,
            Route("/", page),
            Route("/api/chat", chat, methods=["POST"]),
            Route("/api/openapi.json", openapi),
            Route("/healthz", healthz),
            Route("/readyz", healthz),
            Route("/metrics", metrics),
            Mount("/page", StaticFiles(directory=_HERE / "page")),
        ],
        middleware=[Middleware(SafeHeaders)],
        exception_handlers={HTTPException: refused, Exception: failed},
    )


async def _body(request: Request) -> bytes | None:
    """The body, None where it is larger than we read."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _json(value: Any, status: int = 200) -> Response:
    # Characters as they are, not as \u escapes of six bytes each.
    return Response(json.dumps(value, ensure_ascii=False), status, media_type="application/json")


def _error(status: int, text: str) -> Response:
    return _json({"error": text}, status)
