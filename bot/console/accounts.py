"""Accounts: those of all for an admin, and for everybody their own password and one-time codes."""

from starlette.responses import RedirectResponse, Response

from bot.console.audit_words import details
from bot.console.cookies import give_token, token_of
from bot.console.permissions import Action
from bot.console.sections import HOME
from bot.console.visits import Place, Visit
from registry.errors import SignInRefused, StaffError
from registry.one_time_codes import address, new_secret
from registry.passwords import SHORTEST_PASSWORD, generated
from registry.staff import Role

_LATEST = 100


def accounts() -> list[Place]:
    manage, own = Action.MANAGE_STAFF, Action.OWN_ACCOUNT
    return [
        Place("/accounts", manage, show=_list),
        Place("/accounts/add", manage, do=_add),
        Place("/accounts/change", manage, do=_change),
        Place("/accounts/audit", manage, show=_audit),
        Place("/me", own, show=_me),
        Place("/me/password", own, do=_password),
        Place("/me/codes", own, do=_codes),
        Place("/me/codes-off", own, do=_codes_off),
    ]


def _list(visit: Visit, why: str = "", shown: str = "", login: str = "") -> Response:
    return visit.page(
        "accounts.html",
        422 if why else 200,
        accounts=visit.desk.staff.all(),
        roles=[role.value for role in Role],
        why=why,
        shown=shown,
        login=login,
    )


def _add(visit: Visit) -> Response:
    login, password = visit.form.get("login", "").strip(), generated()
    try:
        visit.desk.staff.add(login, visit.form.get("name", ""), visit.form.get("role", ""), password, visit.actor)
    except StaffError:
        return _list(visit, "staff_refused")
    # Shown in the answer to this very request: it is in no address and no page that could be opened again.
    return _list(visit, shown=password, login=login)


def _change(visit: Visit) -> Response:
    login, what, staff = visit.form.get("login", ""), visit.form.get("what", ""), visit.desk.staff
    password = ""
    try:
        if what == "role":
            staff.set_role(login, visit.form.get("role", ""), visit.actor)
        elif what in {"disable", "enable"}:
            staff.set_active(login, what == "enable", visit.actor)
        elif what == "codes":
            staff.drop_codes(login, visit.actor)
        elif what == "password":
            password = generated()
            staff.set_password(login, password, visit.actor)
        else:
            return _list(visit, "malformed")
    except StaffError:
        return _list(visit, "staff_refused")
    return _list(visit, shown=password, login=login) if password else visit.go("/accounts", "staff_changed")


def _audit(visit: Visit) -> Response:
    # Every entry there is has to be read for it, so only where somebody asks.
    verified = visit.query.get("verify") == "yes"
    names = {each.login: each.name for each in visit.desk.staff.all()}
    return visit.page(
        "audit.html",
        entries=[(each, details(each.detail, names)) for each in visit.desk.audit.latest(_LATEST)],
        verified=verified,
        problems=visit.desk.audit.verify() if verified else (),
        names=names,
    )


def _me(visit: Visit, why: str = "") -> Response:
    secret = new_secret()
    return visit.page(
        "me.html",
        422 if why else 200,
        why=why,
        secret=secret,
        groups=[secret[place : place + 4] for place in range(0, len(secret), 4)],
        address=address(secret, visit.actor),
        shortest=SHORTEST_PASSWORD,
    )


def _checked(visit: Visit) -> bool:
    """Whether the password that was given once more is right; guessing it is throttled as signing in is."""
    client = visit.request.client.host if visit.request.client else ""
    try:
        visit.desk.sessions.unlock(token_of(visit.request), visit.form.get("password", ""), client)
    except SignInRefused:
        return False
    return True


def _password(visit: Visit) -> Response:
    new = visit.form.get("new", "")
    if not _checked(visit):
        return _me(visit, "wrong")
    if new != visit.form.get("again", ""):
        return _me(visit, "differ")
    try:
        visit.desk.staff.set_password(visit.actor, new, visit.actor)
    except StaffError:
        return _me(visit, "password_refused")
    # Every session ended with the old password, this one too: here a new one begins.
    response = RedirectResponse(f"{HOME}/me?told=password", 303)
    give_token(visit.request, response, visit.desk.sessions.begin(visit.actor))
    return response


def _codes(visit: Visit) -> Response:
    if not _checked(visit):
        return _me(visit, "wrong")
    try:
        visit.desk.staff.use_codes(visit.actor, visit.form.get("secret", ""), visit.form.get("code", ""), visit.actor)
    except (StaffError, ValueError):
        return _me(visit, "wrong_code")
    return visit.go("/me", "codes_on")


def _codes_off(visit: Visit) -> Response:
    if not _checked(visit):
        return _me(visit, "wrong")
    visit.desk.staff.drop_codes(visit.actor, visit.actor)
    return visit.go("/me", "codes_off")
