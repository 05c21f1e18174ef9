"""The ASGI application, built from its arguments."""

import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.conversation import Conversation
from bot.requests import RequestError, parse_turn
from bot.speech import Recordings, Speech
from bot.web.bodies import read_body
from bot.web.headers import SafeHeaders
from bot.web.limiting import Limiting, TooMany
from bot.web.measuring import may_measure
from bot.web.messages import nobody_writes
from bot.web.origins import Origins
from bot.web.plain import PlainDoor
from bot.web.resume import ResumeDoor
from bot.web.slow_bodies import BodiesInTime
from bot.web.speech import SpeechDoor
from bot.web.speech_errors import SpeechErrors
from bot.web.voice import VoiceDoor
from bot.web.voice_limits import Limits
from knowledge.yaml_files import read_yaml
from registry.limits import Limiter

logger = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024
"""Bytes of a request; a turn is a few hundred."""

_HERE = Path(__file__).parent
_CHANNEL = "web"
_SECONDS = (0.005, 0.01, 0.015, 0.025, 0.04, 0.06, 0.1, 0.25, 0.5, 1, 2.5)


def create_app(
    conversation: Conversation,
    speech: Speech,
    routes: Sequence[BaseRoute] = (),
    beside: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
    limits: Limits = Limits(),
    messages: Callable[[Request], Awaitable[Response]] | None = None,
    embedding: Sequence[str] = (),
    resume: ResumeDoor | None = None,
    feedback: Callable[[Request], Awaitable[Response]] | None = None,
    limiter: Limiter | None = None,
    metrics_token: str = "",
) -> Starlette:
    """The web chat at `/`, `POST /api/chat` and `/api/speech`, the voice socket, and what machines ask.

    The engines of speech begin to load when the application starts; it answers what is written meanwhile.
    `routes` are those of other doors, and `beside` is open as long as the application is. `messages` gives a page what
    staff wrote; without it nobody of staff is there. `embedding` are the origins of sites that may hold the page;
    with `resume` people go on with their conversation on another device; `feedback` takes whether answers
    help, and without it nobody is asked. `limiter` counts what is asked for; without it nobody has to wait.
    `metrics_token` lets other machines read `/metrics`.
    """
    registry = CollectorRegistry()
    turns = Counter("zhuyetong_turns", "Turns answered, by door and status.", ("channel", "status"), registry=registry)
    seconds = Histogram("zhuyetong_turn_seconds", "Time to answer a turn.", buckets=_SECONDS, registry=registry)
    errors: dict[str, str] = read_yaml(_HERE / "errors.yml")
    description = read_yaml(_HERE / "openapi.yml")
    limiting = Limiting(limiter)

    async def chat(request: Request) -> Response:
        body = await read_body(request, LARGEST_BODY)
        if body is None:
            return _error(413, errors["too_large"])
        try:
            turn = parse_turn(body, _CHANNEL)
        except RequestError as error:
            return _error(422, f"{errors['malformed']}{error}")
        await limiting.check("chat", turn.sender)
        started = time.perf_counter()
        reply = await conversation.handle(turn)
        seconds.observe(time.perf_counter() - started)
        count(_CHANNEL, reply.status.value)
        return _json(reply.to_json())

    def count(channel: str, status: str) -> None:
        turns.labels(channel, status).inc()

    async def page(request: Request) -> Response:
        return FileResponse(_HERE / "page" / "index.html", media_type="text/html")

    def script(name: str) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            # Never a path made of the request's: the address of a request also holds what its Host header says.
            return FileResponse(_HERE / "page" / name, media_type="text/javascript")

        return answer

    async def healthz(request: Request) -> Response:
        return _json({"status": "ok"})

    async def metrics(request: Request) -> Response:
        if not may_measure(request, metrics_token):
            return _error(403, errors["not_here"])
        return PlainTextResponse(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    async def openapi(request: Request) -> Response:
        return _json(description)

    async def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return _error(status, errors.get(str(status), errors["500"]))

    async def too_many(request: Request, error: Exception) -> Response:
        seconds = error.seconds if isinstance(error, TooMany) else 1
        return _json({"error": errors["too_many"].format(seconds=seconds)}, 429, {"retry-after": str(seconds)})

    async def failed(request: Request, error: Exception) -> Response:
        logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return _error(500, errors["500"])

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        speech.begin()
        try:
            async with beside():
                yield
        finally:
            speech.close()

    return Starlette(
        lifespan=lifespan,
        routes=[
            *routes,
            Route("/", page),
            Route("/", PlainDoor(conversation, count, limiting).answer, methods=["POST"]),
            # A worker keeps only what is below its own address, and other sites name a short one.
            Route("/sw.js", script("sw.js")),
            Route("/widget.js", script("widget.js")),
            Route("/api/chat", chat, methods=["POST"]),
            Route("/api/messages", messages or nobody_writes),
            *_resume_routes(resume, limiting),
            *([Route("/api/feedback", limiting.before("feedback", feedback), methods=["POST"])] if feedback else []),
            *_speech_routes(conversation, speech, limits, count, limiting),
            Route("/api/openapi.json", openapi),
            Route("/healthz", healthz),
            Route("/readyz", healthz),
            Route("/metrics", metrics),
            Mount("/page", StaticFiles(directory=_HERE / "page")),
        ],
        middleware=[Middleware(Origins), Middleware(SafeHeaders, embedding=embedding), Middleware(BodiesInTime)],
        exception_handlers={HTTPException: refused, TooMany: too_many, Exception: failed},
    )


def _resume_routes(door: ResumeDoor | None, limiting: Limiting) -> Iterator[BaseRoute]:
    if door is not None:
        yield Route("/api/resume-code", limiting.before("resume_code", door.issue), methods=["POST"])
        yield Route("/api/resume", limiting.before("resume", door.resume), methods=["POST"])


def _speech_routes(
    conversation: Conversation,
    speech: Speech,
    limits: Limits,
    count: Callable[[str, str], None],
    limiting: Limiting,
) -> Iterator[BaseRoute]:
    errors = SpeechErrors()
    door = SpeechDoor(Recordings(conversation, speech), errors, count, limiting)
    yield Route("/api/speech", door.answer, methods=["POST"])
    voice = VoiceDoor(conversation, speech, errors, count, limiting, limits)
    yield WebSocketRoute("/api/voice", voice.serve)


def _json(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    # Characters as they are, not as \u escapes of six bytes each.
    return Response(json.dumps(value, ensure_ascii=False), status, headers, media_type="application/json")


def _error(status: int, text: str) -> Response:
    return _json({"error": text}, status)
