"""Everybody's own account: the password, one-time codes and recovery codes; at first there is nothing else."""

from collections.abc import Sequence
from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from bot.console.cookies import give_token, token_of
from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute
from bot.console.sections import HOME
from registry.errors import SignInRefused, StaffError
from registry.staff.one_time_codes import address, new_secret
from registry.staff.passwords import SHORTEST_PASSWORD


def own_account() -> list[ConsoleRoute]:
    own = Permission.OWN_ACCOUNT
    return [
        ConsoleRoute("/me", own, show=_me, always=True),
        ConsoleRoute("/me/password", own, do=_password, always=True),
        ConsoleRoute("/me/codes", own, do=_codes, always=True),
        ConsoleRoute("/me/codes-off", own, do=_codes_off),
        ConsoleRoute("/me/recovery-codes", own, do=_recovery_codes),
    ]


def _me(request: ConsoleRequest, why: str = "", recovery: Sequence[str] = ()) -> Response:
    secret = new_secret()
    return request.page(
        "me.html",
        422 if why else 200,
        why=why,
        secret=secret,
        groups=[secret[place : place + 4] for place in range(0, len(secret), 4)],
        address=address(secret, request.actor),
        shortest=SHORTEST_PASSWORD,
        recovery=recovery,
        left=request.context.records.staff.recovery_codes_left(request.actor),
    )


def _checked(request: ConsoleRequest) -> bool:
    """Whether the password that was given once more is right; guessing it is throttled as signing in is."""
    try:
        request.context.records.sessions.confirm(token_of(request.http), request.form.get("password", ""))
    except SignInRefused:
        return False
    return True


def _password(request: ConsoleRequest) -> Response:
    new = request.form.get("new", "")
    if not _checked(request):
        return _me(request, "wrong")
    if new != request.form.get("again", ""):
        return _me(request, "differ")
    if new == request.form.get("password", ""):
        return _me(request, "same")
    try:
        request.context.records.staff.set_password(request.actor, new, request.actor)
    except StaffError:
        return _me(request, "password_refused")
    # Every session ended with the old password, this one too: here a new one begins.
    response = RedirectResponse(f"{HOME}/me?told=password", 303)
    give_token(request.http, response, request.context.records.sessions.begin(request.actor))
    return response


def _codes(request: ConsoleRequest) -> Response:
    if not _checked(request):
        return _me(request, "wrong")
    # The ones there are stop first: a form that was left open must not take their place.
    if request.staff.has_codes:
        return _me(request, "has_codes")
    given = request.form.get("secret", ""), request.form.get("code", "")
    try:
        recovery = request.context.records.staff.use_codes(request.actor, *given, request.actor)
    except (StaffError, ValueError):
        return _me(request, "wrong_code")
    return _shown(request, recovery)


def _codes_off(request: ConsoleRequest) -> Response:
    if not _checked(request):
        return _me(request, "wrong")
    request.context.records.staff.drop_codes(request.actor, request.actor)
    return request.go("/me", "codes_off")


def _recovery_codes(request: ConsoleRequest) -> Response:
    if not _checked(request):
        return _me(request, "wrong")
    try:
        recovery = request.context.records.staff.new_recovery_codes(request.actor, request.actor)
    except StaffError:
        return _me(request, "no_codes")
    return _shown(request, recovery)


def _shown(request: ConsoleRequest, recovery: Sequence[str]) -> Response:
    """Recovery codes in the answer to this very request: they are in no page that could be opened again."""
    session = request.context.records.sessions.of(token_of(request.http), background=True) or request.session
    return _me(replace(request, session=session), recovery=recovery)
