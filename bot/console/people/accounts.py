"""Everybody's accounts, for an admin."""

from starlette.responses import Response

from bot.console.audit_words import details
from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute
from registry.errors import StaffError
from registry.staff.accounts import Role
from registry.staff.passwords import generated

_LATEST = 100


def accounts() -> list[ConsoleRoute]:
    manage = Permission.MANAGE_STAFF
    return [
        ConsoleRoute("/accounts", manage, show=_list),
        ConsoleRoute("/accounts/add", manage, do=_add),
        ConsoleRoute("/accounts/change", manage, do=_change),
        ConsoleRoute("/accounts/audit", manage, show=_audit),
    ]


def _list(request: ConsoleRequest, why: str = "", shown: str = "", login: str = "") -> Response:
    return request.page(
        "accounts.html",
        422 if why else 200,
        accounts=request.context.records.staff.all(),
        roles=[role.value for role in Role],
        why=why,
        shown=shown,
        login=login,
    )


def _add(request: ConsoleRequest) -> Response:
    login, password = request.form.get("login", "").strip(), generated()
    try:
        request.context.records.staff.add(
            login, request.form.get("name", ""), request.form.get("role", ""), password, request.actor, first=True
        )
    except StaffError:
        return _list(request, "staff_refused")
    # Shown in the answer to this very request: it is in no address and no page that could be opened again.
    return _list(request, shown=password, login=login)


def _change(request: ConsoleRequest) -> Response:
    login, what, staff = request.form.get("login", ""), request.form.get("what", ""), request.context.records.staff
    password = ""
    try:
        if what == "role":
            staff.set_role(login, request.form.get("role", ""), request.actor)
        elif what in {"disable", "enable"}:
            staff.set_active(login, what == "enable", request.actor)
        elif what == "codes":
            staff.drop_codes(login, request.actor)
        elif what == "password":
            password = generated()
            staff.set_password(login, password, request.actor, first=True)
        else:
            return _list(request, "malformed")
    except StaffError:
        return _list(request, "staff_refused")
    return _list(request, shown=password, login=login) if password else request.go("/accounts", "staff_changed")


def _audit(request: ConsoleRequest) -> Response:
    # Every entry there is has to be read for it, so only where somebody asks.
    verified = request.query.get("verify") == "yes"
    names = {each.login: each.name for each in request.context.records.staff.all()}
    return request.page(
        "audit.html",
        entries=[(each, details(each.detail, names)) for each in request.context.records.audit.latest(_LATEST)],
        verified=verified,
        problems=request.context.records.audit.verify() if verified else (),
        names=names,
    )
