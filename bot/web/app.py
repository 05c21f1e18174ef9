"""The ASGI application, built from its arguments."""

import hmac
import json
import logging
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.conversation import Conversation
from bot.messages import Status
from bot.requests import RequestError, parse_turn
from bot.speech import Recordings, Speech
from bot.web.api_keys import ApiKeys, KeyRefused
from bot.web.bodies import read_body, takes_json
from bot.web.callers import Callers
from bot.web.cookies import Cookies
from bot.web.headers import SafeHeaders
from bot.web.messages import nobody_writes
from bot.web.origins import OwnOrigin
from bot.web.plain import PlainDoor
from bot.web.resume import ResumeDoor
from bot.web.session import SessionDoor
from bot.web.speech import SpeechDoor
from bot.web.speech_errors import SpeechErrors
from bot.web.voice import VoiceDoor
from bot.web.voice_limits import Limits
from knowledge.yaml_files import read_yaml

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
    callers: Callers | None = None,
) -> Starlette:
    """The web chat at `/`, `POST /api/chat` and `/api/speech`, the voice socket, and what machines ask.

    The engines of speech begin to load when the application starts; it answers what is written meanwhile.
    `routes` are those of other doors, and `beside` is open as long as the application is. `messages` gives a page what
    staff wrote; without it nobody of staff is there. `embedding` are the origins of sites that may hold the page;
    with `resume` people go on with their conversation on another device; `feedback` takes whether answers
    help, and without it nobody is asked. `callers` know who makes a request; without them cookies are good as long as
    this process, and no program has a key.
    """
    callers = callers or callers_of_this_process(embedding)
    registry = CollectorRegistry()
    turns = Counter("zhuyetong_turns", "Turns answered, by door and status.", ("channel", "status"), registry=registry)
    seconds = Histogram("zhuyetong_turn_seconds", "Time to answer a turn.", buckets=_SECONDS, registry=registry)
    errors: dict[str, str] = read_yaml(_HERE / "errors.yml")
    description = read_yaml(_HERE / "openapi.yml")

    async def chat(request: Request) -> Response:
        caller = callers.of(request)
        body = await read_body(request, LARGEST_BODY)
        if body is None:
            return _error(413, errors["too_large"])
        try:
            turn = parse_turn(body, _CHANNEL, caller.whose)
        except RequestError as error:
            return _error(422, f"{errors['malformed']}{error}")
        started = time.perf_counter()
        reply = await conversation.handle(turn)
        seconds.observe(time.perf_counter() - started)
        count(_CHANNEL, reply.status.value)
        return caller.keep(_json(reply.to_json()), turn.sender, reply.status is Status.ENDED)

    def count(channel: str, status: str) -> None:
        turns.labels(channel, status).inc()

    async def page(request: Request) -> Response:
        caller = callers.of(request)
        # No cache between us and the browser may give one person's cookie to another.
        headers = {"cache-control": "private, no-cache"}
        found = FileResponse(_HERE / "page" / "index.html", headers=headers, media_type="text/html")
        return caller.keep(found, caller.browser)

    async def script(request: Request) -> Response:
        return FileResponse(_HERE / "page" / request.url.path[1:], media_type="text/javascript")

    async def healthz(request: Request) -> Response:
        return _json({"status": "ok"})

    async def metrics(request: Request) -> Response:
        return PlainTextResponse(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    async def openapi(request: Request) -> Response:
        return _json(description)

    async def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return _error(status, errors.get(str(status), errors["500"]))

    async def no_such_key(request: Request, error: Exception) -> Response:
        return _json({"error": errors["wrong_key"]}, 401, {"www-authenticate": "Bearer"})

    async def gone(request: Request, error: Exception) -> Response:
        # They hung up before all of it was here: nobody is left to be answered.
        return Response(status_code=400)

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

    session = SessionDoor(callers, conversation)
    return Starlette(
        lifespan=lifespan,
        routes=[
            *routes,
            Route("/", page),
            Route("/", PlainDoor(conversation, count, callers).answer, methods=["POST"]),
            # A worker keeps only what is below its own address, and other sites name a short one.
            Route("/sw.js", script),
            Route("/widget.js", script),
            Route("/api/chat", takes_json(chat), methods=["POST"]),
            Route("/api/session", takes_json(session.begin), methods=["POST"]),
            Route("/api/session/end", takes_json(session.end), methods=["POST"]),
            Route("/api/messages", messages or nobody_writes),
            *_resume_routes(resume),
            *([Route("/api/feedback", takes_json(feedback), methods=["POST"])] if feedback else []),
            *_speech_routes(conversation, speech, limits, count, callers),
            Route("/api/openapi.json", openapi),
            Route("/healthz", healthz),
            Route("/readyz", healthz),
            Route("/metrics", metrics),
            Mount("/page", StaticFiles(directory=_HERE / "page")),
        ],
        middleware=[Middleware(SafeHeaders, embedding=embedding), Middleware(OwnOrigin, embedding=embedding)],
        exception_handlers={
            HTTPException: refused,
            KeyRefused: no_such_key,
            ClientDisconnect: gone,
            Exception: failed,
        },
    )


def callers_of_this_process(embedding: Sequence[str] = ()) -> Callers:
    """Where no key is kept."""
    key = secrets.token_bytes()

    def sign(text: str) -> str:
        return hmac.new(key, text.encode("utf-8", "replace"), "sha256").hexdigest()

    return Callers(Cookies(sign, bool(embedding)), ApiKeys({}))


def _resume_routes(door: ResumeDoor | None) -> Iterator[BaseRoute]:
    if door is not None:
        yield Route("/api/resume-code", takes_json(door.issue), methods=["POST"])
        yield Route("/api/resume", takes_json(door.resume), methods=["POST"])


def _speech_routes(
    conversation: Conversation, speech: Speech, limits: Limits, count: Callable[[str, str], None], callers: Callers
) -> Iterator[BaseRoute]:
    errors = SpeechErrors()
    door = SpeechDoor(Recordings(conversation, speech), errors, count, callers)
    yield Route("/api/speech", door.answer, methods=["POST"])
    voice = VoiceDoor(conversation, speech, errors, count, callers, limits)
    yield WebSocketRoute("/api/voice", voice.serve)


def _json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    # Characters as they are, not as \u escapes of six bytes each.
    return Response(json.dumps(value, ensure_ascii=False), status, headers, media_type="application/json")


def _error(status: int, text: str) -> Response:
    return _json({"error": text}, status)
