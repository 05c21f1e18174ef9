"""Everybody's own account: the password, one-time codes and recovery codes; at first there is nothing else."""

from collections.abc import Sequence
from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from bot.console.cookies import give_token, token_of
from bot.console.permissions import Action
from bot.console.sections import HOME
from bot.console.visits import Place, Visit
from registry.errors import SignInRefused, StaffError
from registry.staff.one_time_codes import address, new_secret
from registry.staff.passwords import SHORTEST_PASSWORD


def own_account() -> list[Place]:
    own = Action.OWN_ACCOUNT
    return [
        Place("/me", own, show=_me, always=True),
        Place("/me/password", own, do=_password, always=True),
        Place("/me/codes", own, do=_codes, always=True),
        Place("/me/codes-off", own, do=_codes_off),
        Place("/me/recovery-codes", own, do=_recovery_codes),
    ]


def _me(visit: Visit, why: str = "", recovery: Sequence[str] = ()) -> Response:
    secret = new_secret()
    return visit.page(
        "me.html",
        422 if why else 200,
        why=why,
        secret=secret,
        groups=[secret[place : place + 4] for place in range(0, len(secret), 4)],
        address=address(secret, visit.actor),
        shortest=SHORTEST_PASSWORD,
        recovery=recovery,
        left=visit.context.records.staff.recovery_codes_left(visit.actor),
    )


def _checked(visit: Visit) -> bool:
    """Whether the password that was given once more is right; guessing it is throttled as signing in is."""
    try:
        visit.context.records.sessions.confirm(token_of(visit.request), visit.form.get("password", ""))
    except SignInRefused:
        return False
    return True


def _password(visit: Visit) -> Response:
    new = visit.form.get("new", "")
    if not _checked(visit):
        return _me(visit, "wrong")
    if new != visit.form.get("again", ""):
        return _me(visit, "differ")
    if new == visit.form.get("password", ""):
        return _me(visit, "same")
    try:
        visit.context.records.staff.set_password(visit.actor, new, visit.actor)
    except StaffError:
        return _me(visit, "password_refused")
    # Every session ended with the old password, this one too: here a new one begins.
    response = RedirectResponse(f"{HOME}/me?told=password", 303)
    give_token(visit.request, response, visit.context.records.sessions.begin(visit.actor))
    return response


def _codes(visit: Visit) -> Response:
    if not _checked(visit):
        return _me(visit, "wrong")
    # The ones there are stop first: a form that was left open must not take their place.
    if visit.staff.has_codes:
        return _me(visit, "has_codes")
    given = visit.form.get("secret", ""), visit.form.get("code", "")
    try:
        recovery = visit.context.records.staff.use_codes(visit.actor, *given, visit.actor)
    except (StaffError, ValueError):
        return _me(visit, "wrong_code")
    return _shown(visit, recovery)


def _codes_off(visit: Visit) -> Response:
    if not _checked(visit):
        return _me(visit, "wrong")
    visit.context.records.staff.drop_codes(visit.actor, visit.actor)
    return visit.go("/me", "codes_off")


def _recovery_codes(visit: Visit) -> Response:
    if not _checked(visit):
        return _me(visit, "wrong")
    try:
        recovery = visit.context.records.staff.new_recovery_codes(visit.actor, visit.actor)
    except StaffError:
        return _me(visit, "no_codes")
    return _shown(visit, recovery)


def _shown(visit: Visit, recovery: Sequence[str]) -> Response:
    """Recovery codes in the answer to this very request: they are in no page that could be opened again."""
    session = visit.context.records.sessions.of(token_of(visit.request), background=True) or visit.session
    return _me(replace(visit, session=session), recovery=recovery)
