"""The ASGI application, built from its arguments."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.conversation import Conversation
from bot.http.body import takes_json
from bot.http.slow_bodies import BodiesInTime
from bot.speech.engines_and_recordings import Recordings, Speech
from bot.speech.error_sentences import SpeechErrors
from bot.web.addresses import Addresses
from bot.web.callers import Callers, callers_of_this_process
from bot.web.chat import ChatDoor
from bot.web.headers import SafeHeaders
from bot.web.limiting import Limiting
from bot.web.measuring import Measuring
from bot.web.messages import nobody_writes
from bot.web.origins import OwnOrigin
from bot.web.plain import PlainDoor
from bot.web.refusals import Refusals
from bot.web.resume import ResumeDoor
from bot.web.session import SessionDoor
from bot.web.speech import SpeechDoor
from bot.web.voice import VoiceDoor
from bot.web.voice_limits import Limits
from knowledge.yaml_files import read_yaml
from registry.limits.limits import Limiter

_HERE = Path(__file__).parent

Endpoint = Callable[[Request], Awaitable[Response]]


# One for each door, which the service may be put together without.
def create_app(  # noqa: PLR0913
    conversation: Conversation,
    speech: Speech,
    routes: Sequence[BaseRoute] = (),
    beside: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
    limits: Limits = Limits(),
    messages: Endpoint | None = None,
    embedding: Sequence[str] = (),
    resume: ResumeDoor | None = None,
    feedback: Endpoint | None = None,
    limiter: Limiter | None = None,
    measuring: Measuring | None = None,
    callers: Callers | None = None,
) -> Starlette:
    """The web chat at `/`, `POST /api/chat` and `/api/speech`, the voice socket, and what machines ask.

    The engines of speech begin to load when the application starts; it answers what is written meanwhile.
    `routes` are those of other doors, and `beside` is open as long as the application is. `messages` gives a page what
    staff wrote; without it nobody of staff is there. `embedding` are the origins of sites that may hold the page;
    with `resume` people go on with their conversation on another device; `feedback` takes whether answers
    help, and without it nobody is asked. `limiter` counts what is asked for; without it nobody has to wait.
    `measuring` is told of every turn, for `/metrics`. `callers` know who makes a request; without them cookies are
    good as long as this process, and no program has a key.
    """
    callers = callers or callers_of_this_process(embedding)
    limiting = Limiting(limiter)

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
            *_page_routes(callers),
            *_chat_routes(conversation, callers, limiting),
            Route("/api/messages", messages or nobody_writes),
            *_resume_routes(resume, limiting),
            *_feedback_routes(feedback, limiting),
            *_speech_routes(conversation, speech, limits, callers, limiting),
            *_machine_routes(measuring or Measuring()),
        ],
        middleware=[
            Middleware(Addresses, callers=callers),
            Middleware(SafeHeaders, embedding=embedding),
            Middleware(OwnOrigin, embedding=embedding),
            Middleware(BodiesInTime),
        ],
        exception_handlers=Refusals().handlers,
    )


def _page_routes(callers: Callers) -> Iterator[BaseRoute]:
    async def page(request: Request) -> Response:
        caller = callers.of(request)
        # No cache between us and the browser may give one person's cookie to another.
        headers = {"cache-control": "private, no-cache"}
        found = FileResponse(_HERE / "page" / "index.html", headers=headers, media_type="text/html")
        return caller.keep(found, caller.browser)

    yield Route("/", page)
    # A worker keeps only what is below its own address, and other sites name a short one.
    for name in ("sw.js", "widget.js"):
        yield Route(f"/{name}", _script(name))
    yield Mount("/page", StaticFiles(directory=_HERE / "page"))


def _script(name: str) -> Endpoint:
    async def answer(request: Request) -> Response:
        # Never a path made of the request's: the address of a request also holds what its Host header says.
        return FileResponse(_HERE / "page" / name, media_type="text/javascript")

    return answer


def _chat_routes(conversation: Conversation, callers: Callers, limiting: Limiting) -> Iterator[BaseRoute]:
    session = SessionDoor(callers, conversation)
    chat = ChatDoor(conversation, callers, limiting)
    yield Route("/", PlainDoor(conversation, callers, limiting).answer, methods=["POST"])
    yield Route("/api/chat", takes_json(chat.answer), methods=["POST"])
    yield Route("/api/session", takes_json(session.begin), methods=["POST"])
    yield Route("/api/session/end", takes_json(limiting.before("ending", session.end)), methods=["POST"])


def _resume_routes(door: ResumeDoor | None, limiting: Limiting) -> Iterator[BaseRoute]:
    if door is not None:
        yield Route("/api/resume-code", takes_json(limiting.before("resume_code", door.issue)), methods=["POST"])
        yield Route("/api/resume", takes_json(limiting.before("resume", door.resume)), methods=["POST"])


def _feedback_routes(feedback: Endpoint | None, limiting: Limiting) -> Iterator[BaseRoute]:
    if feedback is not None:
        yield Route("/api/feedback", takes_json(limiting.before("feedback", feedback)), methods=["POST"])


def _speech_routes(
    conversation: Conversation,
    speech: Speech,
    limits: Limits,
    callers: Callers,
    limiting: Limiting,
) -> Iterator[BaseRoute]:
    errors = SpeechErrors()
    door = SpeechDoor(Recordings(conversation, speech), errors, callers, limiting)
    yield Route("/api/speech", door.answer, methods=["POST"])
    voice = VoiceDoor(conversation, speech, errors, callers, limiting, limits)
    yield WebSocketRoute("/api/voice", voice.serve)


def _machine_routes(measuring: Measuring) -> Iterator[BaseRoute]:
    description = read_yaml(_HERE / "openapi.yml")

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def openapi(request: Request) -> Response:
        return JSONResponse(description)

    yield Route("/api/openapi.json", openapi)
    yield Route("/healthz", healthz)
    yield Route("/readyz", healthz)
    yield Route("/metrics", measuring.answer)
