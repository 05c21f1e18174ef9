"""One request to the console by somebody who is signed in and allowed to make it."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from hmac import compare_digest
from inspect import isawaitable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console.busy import told_when_busy
from bot.console.context import ConsoleContext
from bot.console.cookies import token_of
from bot.console.forms import FormRefused, files_of, form_of
from bot.console.pages import page
from bot.console.permissions import Permission, may
from bot.console.sections import HOME, SECTIONS, section_of
from bot.console.waiting import waiting_for
from registry.errors import (
    CallError,
    CaseChanged,
    CaseError,
    PersonRequestError,
    QuestionError,
    ReasonRefused,
    RegistrationNotFound,
    RegistryError,
)
from registry.staff.account_rules import StaffMember
from registry.staff.sessions import StaffSession

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ConsoleRequest:
    """What a route of the console gets."""

    http: Request
    context: ConsoleContext
    session: StaffSession
    form: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What was sent, by field; empty where a page is only asked for."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def staff(self) -> StaffMember:
        return self.session.member

    @property
    def actor(self) -> str:
        """Who it is, as the audit and the owner of a case have it."""
        return self.session.member.login

    @property
    def query(self) -> Mapping[str, str]:
        return self.http.query_params

    def path_value(self, name: str) -> str:
        """The part `name` of the address, e.g. "number" of /cases/{number}."""
        return str(self.http.path_params[name])

    def may(self, permission: Permission) -> bool:
        return may(self.staff.role, permission)

    def page(self, template: str, status: int = 200, /, **values: object) -> Response:
        """A page inside the frame of the console: `template` extends frame.html."""
        return page(template, status, **_frame(self), **values)

    def go(self, path: str, told: str = "") -> Response:
        """Goes on at `path` below /console, e.g. "/cases", after something was done: `told` is a name of words.yml."""
        separator = "&" if "?" in path else "?"
        return RedirectResponse(f"{HOME}{path}" + (f"{separator}told={quote(told)}" if told else ""), 303)


Handler = Callable[[ConsoleRequest], "Response | Awaitable[Response]"]


@dataclass(frozen=True)
class ConsoleRoute:
    """An address of the console with what it needs; a handler that is no coroutine runs in a thread."""

    path: str
    """Below /console, e.g. "/cases/{number}"."""
    permission: Permission
    """What whoever comes here has to be allowed."""
    show: Handler | None = None
    """Answers GET."""
    do: Handler | None = None
    """Answers POST, of which the token against forgery was checked."""
    background: bool = False
    """Whether a page asks for it by itself: it is no sign that somebody is there, and is answered without a page."""
    always: bool = False
    """Whether it is there before somebody has changed their first password and set one-time codes up."""
    while_locked: bool = False
    """Whether it answers while the password has to be given again: what it tells is about nobody."""


_REFUSALS: Mapping[type[RegistryError], tuple[int, str]] = {
    RegistrationNotFound: (404, "no_case"),
    CaseChanged: (409, "changed_meanwhile"),
    ReasonRefused: (422, "no_reason"),
    CallError: (404, "no_call"),
    PersonRequestError: (409, "taken_by_other"),
    CaseError: (409, "not_possible"),
    QuestionError: (409, "not_possible"),
}
"""What staff are told where the records refuse something; the first kind that fits."""


def make_route(route: ConsoleRoute, context: ConsoleContext) -> Route:
    """The route that lets in whoever may, and shows everybody else where to sign in or that they may not."""
    methods = [method for method, handler in (("GET", route.show), ("POST", route.do)) if handler]

    @told_when_busy
    async def endpoint(http: Request) -> Response:
        session = await run_in_threadpool(context.records.sessions.of, token_of(http), background=route.background)
        if session is None or (session.locked and not route.while_locked):
            return _outside(route, "sign-in" if session is None else "locked")
        request = ConsoleRequest(http, context, session)
        if not (request.staff.is_set_up or route.always):
            return _first(route)
        if not request.may(route.permission):
            return refused(request, 403, "forbidden")
        try:
            return await _handle(request, route)
        except RegistryError as error:
            for kind, (status, why) in _REFUSALS.items():
                if isinstance(error, kind):
                    return refused(request, status, why)
            raise
        except Exception:
            # Neither the form nor the address of a page with a search in it: they may tell who somebody is.
            logger.exception("console: %s %s failed", http.method, route.path)
            return refused(request, 500, "fault")

    return Route(route.path, endpoint, methods=methods)


def refused(request: ConsoleRequest, status: int, why: str) -> Response:
    """A page that says why not, and what next."""
    return request.page("refused.html", status, why=why)


async def _handle(request: ConsoleRequest, route: ConsoleRoute) -> Response:
    handler = route.show
    if request.http.method == "POST":
        try:
            form, files = await form_of(request.http), await files_of(request.http)
        except FormRefused as error:
            return refused(request, error.status, error.why)
        if not compare_digest(form.get("csrf", "").encode(), request.session.csrf.encode()):
            return refused(request, 403, "forged")
        request, handler = ConsoleRequest(request.http, request.context, request.session, form, files), route.do
    assert handler is not None
    answer = await run_in_threadpool(handler, request)
    return await answer if isawaitable(answer) else answer


def _outside(route: ConsoleRoute, where: str) -> Response:
    if route.background:
        return Response(status_code=401)
    # Only the name of a section is remembered: no address from outside ever gets into one that we send people to.
    section = section_of(route.path)
    return RedirectResponse(f"{HOME}/{where}" + (f"?next={section}" if section else ""), 303)


def _first(route: ConsoleRoute) -> Response:
    """Leads to where the first password is changed and one-time codes are set up."""
    return Response(status_code=401) if route.background else RedirectResponse(f"{HOME}/me", 303)


def _frame(request: ConsoleRequest) -> dict[str, object]:
    return {
        "staff": request.staff,
        "csrf": request.session.csrf,
        "sections": [each for each in SECTIONS if request.staff.is_set_up and request.may(each.permission)],
        "here": section_of(request.http.url.path.removeprefix(HOME)),
        # Asked of the records once, and only by a page with a frame.
        "queue": cache(partial(waiting_for, request.context, request.actor)),
        "told": request.query.get("told", ""),
        "may": lambda permission: request.may(Permission(permission)),
    }
