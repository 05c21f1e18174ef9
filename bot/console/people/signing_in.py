"""Signing in and out, and giving the password again after a while without a request."""

from hmac import compare_digest
from secrets import token_urlsafe

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console.busy import told_when_busy
from bot.console.context import ConsoleContext
from bot.console.cookies import (
    device_of,
    give_device,
    give_signing_in_token,
    give_token,
    signing_in_token_of,
    take_token,
    token_of,
)
from bot.console.forms import FormRefused, form_of
from bot.console.pages import page
from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute
from bot.console.sections import HOME, path_after_sign_in
from bot.console.waiting import Waiting, waiting_for
from registry.errors import SignInRefused
from registry.staff.devices import Devices


class SigningIn:
    """The pages in front of the console."""

    def __init__(self, context: ConsoleContext) -> None:
        self._desk = context
        self._devices = Devices(context.records.cipher)

    def routes(self) -> list[Route]:
        return [
            Route("/sign-in", told_when_busy(self._sign_in), methods=["GET", "POST"]),
            Route("/locked", told_when_busy(self._locked), methods=["GET", "POST"]),
        ]

    def console_routes(self) -> list[ConsoleRoute]:
        return [
            ConsoleRoute("/sign-out", Permission.OWN_ACCOUNT, do=self._sign_out, always=True),
            ConsoleRoute("/lock", Permission.OWN_ACCOUNT, do=self._lock, always=True),
        ]

    async def _sign_in(self, request: Request) -> Response:
        wanted = request.query_params.get("next", "")
        if request.method == "GET":
            return self._sign_in_page(request, wanted)
        try:
            form = await form_of(request)
        except FormRefused as error:
            return self._sign_in_page(request, wanted, error.status, error.why)
        kept = signing_in_token_of(request)
        if not kept or not compare_digest(form.get("csrf", "").encode(), kept.encode()):
            return self._sign_in_page(request, wanted, 403, "forged")
        login, password, code = (form.get(name, "") for name in ("login", "password", "code"))
        login, address = login.strip(), request.client.host if request.client else ""
        label = self._devices.label(login)
        device = device_of(request, label)
        try:
            token = await run_in_threadpool(
                self._desk.records.sessions.sign_in,
                login,
                password,
                code,
                address,
                earlier=token_of(request),
                device=device,
            )
        except SignInRefused as refused:
            why = "wait" if refused.until else "wrong"
            return self._sign_in_page(request, wanted, 429 if refused.until else 403, why, refused)
        response = RedirectResponse(path_after_sign_in(wanted), 303)
        give_token(request, response, token)
        if not self._devices.is_of(login, device):
            device = self._devices.new(login)
        # Given anew, it lasts from today.
        give_device(request, response, label, device)
        return response

    def _sign_in_page(
        self, request: Request, wanted: str, status: int = 200, why: str = "", refused: SignInRefused | None = None
    ) -> Response:
        csrf = signing_in_token_of(request) or token_urlsafe(32)
        until = refused.until if refused else None
        response = page("sign_in.html", status, csrf=csrf, next=_section(wanted), why=why, until=until)
        give_signing_in_token(request, response, csrf)
        return response

    async def _locked(self, request: Request) -> Response:
        wanted = request.query_params.get("next", "")
        token = token_of(request)
        session = await run_in_threadpool(self._desk.records.sessions.of, token, background=True)
        if session is None:
            return RedirectResponse(f"{HOME}/sign-in", 303)
        why, status, until = "", 200, None
        if request.method == "POST":
            try:
                form = await form_of(request)
                if not compare_digest(form.get("csrf", "").encode(), session.csrf.encode()):
                    raise FormRefused(403, "forged")
                proof = form.get("password", ""), form.get("code", "")
                await run_in_threadpool(self._desk.records.sessions.unlock, token, *proof)
                return RedirectResponse(path_after_sign_in(wanted), 303)
            except FormRefused as error:
                why, status = error.why, error.status
            except SignInRefused as refused:
                until = refused.until
                why, status = ("wait", 429) if until else ("wrong", 403)
        elif not session.locked:
            return RedirectResponse(path_after_sign_in(wanted), 303)
        who = session.member
        waiting = waiting_for(self._desk, who.login) if who.is_set_up else Waiting(0, ())
        about = {"csrf": session.csrf, "next": _section(wanted), "who": who, "why": why, "until": until}
        return page("locked.html", status, waiting=waiting, **about)

    def _sign_out(self, request: ConsoleRequest) -> Response:
        self._desk.records.sessions.sign_out(token_of(request.http))
        response = RedirectResponse(f"{HOME}/sign-in", 303)
        take_token(request.http, response)
        return response

    def _lock(self, request: ConsoleRequest) -> Response:
        self._desk.records.sessions.lock(token_of(request.http))
        return RedirectResponse(f"{HOME}/locked", 303)


def _section(wanted: str) -> str:
    return path_after_sign_in(wanted).removeprefix(f"{HOME}/")
