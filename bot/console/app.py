"""The console as one mount of the application."""

from collections.abc import Sequence

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from bot.console.callers.assist import assist
from bot.console.callers.caller_work import caller_work
from bot.console.callers.hearing import HeardDoor
from bot.console.callers.live import live
from bot.console.cases.case_list import case_list
from bot.console.cases.case_page import case_page
from bot.console.context import ConsoleContext
from bot.console.documents.document_dates import document_dates
from bot.console.documents.documents import documents
from bot.console.documents.questions import questions
from bot.console.figures import figures
from bot.console.headers import ConsoleHeaders
from bot.console.home import home
from bot.console.pages import file_of, page
from bot.console.people.accounts import accounts
from bot.console.people.own_account import own_account
from bot.console.people.signing_in import SigningIn
from bot.console.requests import ConsoleRoute, make_route
from bot.console.sections import HOME

_ANY = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def console_routes(context: ConsoleContext) -> Sequence[ConsoleRoute]:
    """Every address of the console that asks who somebody is."""
    return [
        *home(),
        *assist(),
        *caller_work(),
        *HeardDoor().console_routes(),
        *live(),
        *case_list(),
        *case_page(),
        *questions(),
        *documents(),
        *document_dates(),
        *figures(),
        *accounts(),
        *own_account(),
        *SigningIn(context).console_routes(),
    ]


def create_console(context: ConsoleContext) -> Mount:
    """The console at /console, for `routes` of bot.web.app.create_app."""
    return Mount(
        HOME,
        routes=[
            Route("/page/{name}", _file),
            *SigningIn(context).routes(),
            *(make_route(route, context) for route in console_routes(context)),
            Route("/{rest:path}", _nothing_here, methods=_ANY),
        ],
        middleware=[Middleware(ConsoleHeaders)],
    )


async def _file(request: Request) -> Response:
    path = file_of(request.path_params["name"])
    return FileResponse(path) if path else await _nothing_here(request)


async def _nothing_here(request: Request) -> Response:
    if request.url.path == HOME:
        return RedirectResponse(f"{HOME}/", 303)
    return page("outside_refused.html", 404, why="no_page")
