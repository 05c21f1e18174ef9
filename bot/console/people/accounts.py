"""Everybody's accounts, for an admin."""

from starlette.responses import Response

from bot.console.audit_words import details
from bot.console.permissions import Action
from bot.console.visits import Place, Visit
from registry.errors import StaffError
from registry.staff.accounts import Role
from registry.staff.passwords import generated

_LATEST = 100


def accounts() -> list[Place]:
    manage = Action.MANAGE_STAFF
    return [
        Place("/accounts", manage, show=_list),
        Place("/accounts/add", manage, do=_add),
        Place("/accounts/change", manage, do=_change),
        Place("/accounts/audit", manage, show=_audit),
    ]


def _list(visit: Visit, why: str = "", shown: str = "", login: str = "") -> Response:
    return visit.page(
        "accounts.html",
        422 if why else 200,
        accounts=visit.context.records.staff.all(),
        roles=[role.value for role in Role],
        why=why,
        shown=shown,
        login=login,
    )


def _add(visit: Visit) -> Response:
    login, password = visit.form.get("login", "").strip(), generated()
    try:
        visit.context.records.staff.add(
            login, visit.form.get("name", ""), visit.form.get("role", ""), password, visit.actor, first=True
        )
    except StaffError:
        return _list(visit, "staff_refused")
    # Shown in the answer to this very request: it is in no address and no page that could be opened again.
    return _list(visit, shown=password, login=login)


def _change(visit: Visit) -> Response:
    login, what, staff = visit.form.get("login", ""), visit.form.get("what", ""), visit.context.records.staff
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
            staff.set_password(login, password, visit.actor, first=True)
        else:
            return _list(visit, "malformed")
    except StaffError:
        return _list(visit, "staff_refused")
    return _list(visit, shown=password, login=login) if password else visit.go("/accounts", "staff_changed")


def _audit(visit: Visit) -> Response:
    # Every entry there is has to be read for it, so only where somebody asks.
    verified = visit.query.get("verify") == "yes"
    names = {each.login: each.name for each in visit.context.records.staff.all()}
    return visit.page(
        "audit.html",
        entries=[(each, details(each.detail, names)) for each in visit.context.records.audit.latest(_LATEST)],
        verified=verified,
        problems=visit.context.records.audit.verify() if verified else (),
        names=names,
    )
