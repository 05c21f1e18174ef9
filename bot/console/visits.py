"""One request to the console by somebody who is signed in and allowed to make it."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from hmac import compare_digest
from inspect import isawaitable
from typing import Any
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
from bot.console.permissions import Action, may
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
class Visit:
    """What a route of the console gets."""

    request: Request
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
        return self.request.query_params

    def told(self, name: str) -> str:
        """The part `name` of the address, e.g. "number" of /cases/{number}."""
        return str(self.request.path_params[name])

    def may(self, action: Action) -> bool:
        return may(self.staff.role, action)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page inside the frame of the console: `template` extends frame.html."""
        return page(template, status, **_frame(self), **values)

    def go(self, path: str, told: str = "") -> Response:
        """Goes on at `path` below /console, e.g. "/cases", after something was done: `told` is a name of words.yml."""
        separator = "&" if "?" in path else "?"
        return RedirectResponse(f"{HOME}{path}" + (f"{separator}told={quote(told)}" if told else ""), 303)


Handler = Callable[[Visit], "Response | Awaitable[Response]"]


@dataclass(frozen=True)
class Place:
    """An address of the console with what it needs; a handler that is no coroutine runs in a thread."""

    path: str
    """Below /console, e.g. "/cases/{number}"."""
    action: Action
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


def route(place: Place, context: ConsoleContext) -> Route:
    """The route that lets in whoever may, and shows everybody else where to sign in or that they may not."""
    methods = [method for method, handler in (("GET", place.show), ("POST", place.do)) if handler]

    @told_when_busy
    async def endpoint(request: Request) -> Response:
        session = await run_in_threadpool(context.records.sessions.of, token_of(request), background=place.background)
        if session is None or (session.locked and not place.while_locked):
            return _outside(request, place, "sign-in" if session is None else "locked")
        visit = Visit(request, context, session)
        if not (visit.staff.is_set_up or place.always):
            return _first(place)
        if not visit.may(place.action):
            return refused(visit, 403, "forbidden")
        try:
            return await _handle(visit, place)
        except RegistryError as error:
            for kind, (status, why) in _REFUSALS.items():
                if isinstance(error, kind):
                    return refused(visit, status, why)
            raise
        except Exception:
            # Neither the form nor the address of a page with a search in it: they may tell who somebody is.
            logger.exception("console: %s %s failed", request.method, place.path)
            return refused(visit, 500, "fault")

    return Route(place.path, endpoint, methods=methods)


def refused(visit: Visit, status: int, why: str) -> Response:
    """A page that says why not, and what next."""
    return visit.page("refused.html", status, why=why)


async def _handle(visit: Visit, place: Place) -> Response:
    handler = place.show
    if visit.request.method == "POST":
        try:
            form, files = await form_of(visit.request), await files_of(visit.request)
        except FormRefused as error:
            return refused(visit, error.status, error.why)
        if not compare_digest(form.get("csrf", "").encode(), visit.session.csrf.encode()):
            return refused(visit, 403, "forged")
        visit, handler = Visit(visit.request, visit.context, visit.session, form, files), place.do
    assert handler is not None
    answer = await run_in_threadpool(handler, visit)
    return await answer if isawaitable(answer) else answer


def _outside(request: Request, place: Place, where: str) -> Response:
    if place.background:
        return Response(status_code=401)
    # Only the name of a section is remembered: no address from outside ever gets into one that we send people to.
    section = section_of(place.path)
    return RedirectResponse(f"{HOME}/{where}" + (f"?next={section}" if section else ""), 303)


def _first(place: Place) -> Response:
    """Leads to where the first password is changed and one-time codes are set up."""
    return Response(status_code=401) if place.background else RedirectResponse(f"{HOME}/me", 303)


def _frame(visit: Visit) -> dict[str, Any]:
    return {
        "staff": visit.staff,
        "csrf": visit.session.csrf,
        "sections": [each for each in SECTIONS if visit.staff.is_set_up and visit.may(each.action)],
        "here": section_of(visit.request.url.path.removeprefix(HOME)),
        # Asked of the records once, and only by a page with a frame.
        "queue": cache(partial(waiting_for, visit.context, visit.actor)),
        "told": visit.query.get("told", ""),
        "may": lambda action: visit.may(Action(action)),
    }
