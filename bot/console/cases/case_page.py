"""One case: masked until somebody opens it, then with all that is written in it and forms to change it."""

from collections.abc import Callable
from datetime import date

from starlette.responses import Response

from bot.console.cases.case_list import names
from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute, refused
from registry.cases.states import LIVE, MAY_BECOME, CaseState
from registry.errors import CaseChanged, CaseError, RegistrationError
from registry.values.fields import FIELDS, LONGEST

_HISTORY = 60
_LONGEST_TEXT = 2000
_NO_FORM_FIELDS = {"csrf", "version"}
# These are done by withdrawing a consent or by merging alone.
_NOT_BY_HAND = {CaseState.WITHDRAWN, CaseState.MERGED}


def case_page() -> list[ConsoleRoute]:
    change = Permission.CHANGE_CASES
    return [
        ConsoleRoute("/cases/{number}", Permission.READ_CASES, show=_show),
        ConsoleRoute("/cases/{number}/open", Permission.READ_CASES, do=_open),
        ConsoleRoute("/cases/{number}/note", change, do=_opened(_note)),
        ConsoleRoute("/cases/{number}/move", change, do=_opened(_move)),
        ConsoleRoute("/cases/{number}/plan", change, do=_opened(_plan)),
        ConsoleRoute("/cases/{number}/milestone", change, do=_opened(_milestone)),
        ConsoleRoute("/cases/{number}/assign", change, do=_opened(_assign)),
        ConsoleRoute("/cases/{number}/correct", change, do=_opened(_correct)),
        ConsoleRoute("/cases/{number}/merge", Permission.MERGE_CASES, do=_opened(_merge)),
    ]


def _show(request: ConsoleRequest) -> Response:
    number, context = request.path_value("number"), request.context
    line = context.records.case_list.line(number, request.actor)
    if line is None:
        return refused(request, 404, "no_case")
    about: dict[str, object] = {"line": line, "names": names(request), "today": context.today()}
    if not context.records.unmasking.is_open(number, request.actor):
        return request.page("case_masked.html", **about)
    case, registration = (
        context.records.cases.show(number, request.actor),
        context.records.registrations.show(number, request.actor),
    )
    return request.page(
        "case.html",
        **about,
        case=case,
        registration=registration,
        field_names=FIELDS,
        longest=LONGEST,
        changeable=bool(MAY_BECOME[case.state]),
        is_live=case.state in LIVE,
        states=sorted(each.value for each in MAY_BECOME[case.state] - _NOT_BY_HAND),
        history=list(context.records.audit.entries(number))[-_HISTORY:][::-1],
        alike=context.records.cases.duplicates(number) if request.may(Permission.MERGE_CASES) else (),
        staff_there=[each for each in context.records.staff.all() if each.active],
    )


def _open(request: ConsoleRequest) -> Response:
    number, reason = request.path_value("number"), request.form.get("reason", "")
    request.context.records.unmasking.open(number, f"{reason} {request.form.get('more', '')}".strip(), request.actor)
    return request.go(f"/cases/{number}")


def _opened(change: Callable[[ConsoleRequest, str, int], str]) -> Callable[[ConsoleRequest], Response]:
    """`change` of a case that the visitor opened; where somebody else was quicker, what was typed is given back."""

    def handle(request: ConsoleRequest) -> Response:
        number, version = request.path_value("number"), request.form.get("version", "")
        if not request.context.records.unmasking.is_open(number, request.actor):
            return _given_back(request, "opened_too_long_ago")
        if not (version.isascii() and version.isdigit() and len(version) < 10):
            return refused(request, 400, "malformed")
        try:
            told = change(request, number, int(version))
        except CaseChanged:
            return _given_back(request, "changed_meanwhile")
        except (CaseError, RegistrationError, ValueError):
            return _given_back(request, "not_possible")
        return request.go(f"/cases/{number}", told)

    return handle


def _given_back(request: ConsoleRequest, why: str) -> Response:
    typed = {name: value for name, value in request.form.items() if name not in _NO_FORM_FIELDS and value.strip()}
    entries = request.context.records.audit.entries(request.path_value("number"))
    latest = [each for each in entries if each.action not in _LOOKS][-3:]
    return request.page(
        "case_given_back.html",
        409,
        why=why,
        number=request.path_value("number"),
        typed=typed,
        latest=latest[::-1],
        names=names(request),
    )


_LOOKS = {"read", "read_case", "read_masked", "open", "find"}


def _text(request: ConsoleRequest, name: str) -> str:
    text = request.form.get(name, "").strip()
    if len(text) > _LONGEST_TEXT:
        raise ValueError(f"{name}: has more than {_LONGEST_TEXT} characters; shorten it")
    return text


def _day(request: ConsoleRequest) -> date | None:
    given = request.form.get("on", "").strip()
    return date.fromisoformat(given) if given else None


def _note(request: ConsoleRequest, number: str, version: int) -> str:
    text = _text(request, "text")
    if not text:
        raise CaseError(f"case {number}: a note needs a text; write one")
    request.context.records.cases.note(number, text, request.actor)
    return "noted"


def _move(request: ConsoleRequest, number: str, version: int) -> str:
    request.context.records.cases.move(number, request.form.get("state", ""), request.actor, version=version)
    return "moved"


def _plan(request: ConsoleRequest, number: str, version: int) -> str:
    request.context.records.cases.plan(
        number,
        _day(request),
        _text(request, "what"),
        request.actor,
        milestone=request.form.get("milestone") or None,
        version=version,
    )
    return "planned"


def _milestone(request: ConsoleRequest, number: str, version: int) -> str:
    name = request.form.get("milestone", "")
    request.context.records.cases.milestone_done(number, name, _text(request, "result"), request.actor, version=version)
    return "done"


def _assign(request: ConsoleRequest, number: str, version: int) -> str:
    owner = request.form.get("owner", "")
    if owner and owner not in {each.login for each in request.context.records.staff.all() if each.active}:
        raise CaseError(f"case {number}: there is no such owner; choose one of the list")
    request.context.records.cases.assign(number, owner or None, request.actor, version=version)
    return "assigned"


def _correct(request: ConsoleRequest, number: str, version: int) -> str:
    request.context.records.registrations.change(
        number, request.form.get("field", ""), _text(request, "value"), request.actor, version=version
    )
    return "saved"


def _merge(request: ConsoleRequest, number: str, version: int) -> str:
    other = request.form.get("other", "").strip()
    if request.form.get("sure") != "yes":
        raise CaseError(f"case {number}: merging has no way back; say that you are sure")
    request.context.records.cases.merge(number, other, request.actor)
    return "merged"
