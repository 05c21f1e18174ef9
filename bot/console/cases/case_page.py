"""One case: masked until somebody opens it, then with all that is written in it and forms to change it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from starlette.responses import Response

from bot.console.cases.case_list import names
from bot.console.permissions import Action
from bot.console.visits import Place, Visit, refused
from registry.cases.states import LIVE, MAY_BECOME, CaseState
from registry.errors import CaseChanged, CaseError, RegistrationError
from registry.values.fields import FIELDS, LONGEST

_HISTORY = 60
_LONGEST_TEXT = 2000
_NO_FORM_FIELDS = {"csrf", "version"}
# These are done by withdrawing a consent or by merging alone.
_NOT_BY_HAND = {CaseState.WITHDRAWN, CaseState.MERGED}


def case_page() -> list[Place]:
    change = Action.CHANGE_CASES
    return [
        Place("/cases/{number}", Action.READ_CASES, show=_show),
        Place("/cases/{number}/open", Action.READ_CASES, do=_open),
        Place("/cases/{number}/note", change, do=_opened(_note)),
        Place("/cases/{number}/move", change, do=_opened(_move)),
        Place("/cases/{number}/plan", change, do=_opened(_plan)),
        Place("/cases/{number}/milestone", change, do=_opened(_milestone)),
        Place("/cases/{number}/assign", change, do=_opened(_assign)),
        Place("/cases/{number}/correct", change, do=_opened(_correct)),
        Place("/cases/{number}/merge", Action.MERGE_CASES, do=_opened(_merge)),
    ]


def _show(visit: Visit) -> Response:
    number, context = visit.told("number"), visit.context
    line = context.records.case_list.line(number, visit.actor)
    if line is None:
        return refused(visit, 404, "no_case")
    about: dict[str, Any] = {"line": line, "names": names(visit), "today": context.today()}
    if not context.records.unmasking.is_open(number, visit.actor):
        return visit.page("case_masked.html", **about)
    case, registration = (
        context.records.cases.show(number, visit.actor),
        context.records.registrations.show(number, visit.actor),
    )
    return visit.page(
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
        alike=context.records.cases.duplicates(number) if visit.may(Action.MERGE_CASES) else (),
        staff_there=[each for each in context.records.staff.all() if each.active],
    )


def _open(visit: Visit) -> Response:
    number, reason = visit.told("number"), visit.form.get("reason", "")
    visit.context.records.unmasking.open(number, f"{reason} {visit.form.get('more', '')}".strip(), visit.actor)
    return visit.go(f"/cases/{number}")


def _opened(change: Callable[[Visit, str, int], str]) -> Callable[[Visit], Response]:
    """`change` of a case that the visitor opened; where somebody else was quicker, what was typed is given back."""

    def handle(visit: Visit) -> Response:
        number, version = visit.told("number"), visit.form.get("version", "")
        if not visit.context.records.unmasking.is_open(number, visit.actor):
            return _given_back(visit, "opened_too_long_ago")
        if not (version.isascii() and version.isdigit() and len(version) < 10):
            return refused(visit, 400, "malformed")
        try:
            told = change(visit, number, int(version))
        except CaseChanged:
            return _given_back(visit, "changed_meanwhile")
        except (CaseError, RegistrationError, ValueError):
            return _given_back(visit, "not_possible")
        return visit.go(f"/cases/{number}", told)

    return handle


def _given_back(visit: Visit, why: str) -> Response:
    typed = {name: value for name, value in visit.form.items() if name not in _NO_FORM_FIELDS and value.strip()}
    entries = visit.context.records.audit.entries(visit.told("number"))
    latest = [each for each in entries if each.action not in _LOOKS][-3:]
    return visit.page(
        "case_given_back.html",
        409,
        why=why,
        number=visit.told("number"),
        typed=typed,
        latest=latest[::-1],
        names=names(visit),
    )


_LOOKS = {"read", "read_case", "read_masked", "open", "find"}


def _text(visit: Visit, name: str) -> str:
    text = visit.form.get(name, "").strip()
    if len(text) > _LONGEST_TEXT:
        raise ValueError(f"{name}: has more than {_LONGEST_TEXT} characters; shorten it")
    return text


def _day(visit: Visit) -> date | None:
    given = visit.form.get("on", "").strip()
    return date.fromisoformat(given) if given else None


def _note(visit: Visit, number: str, version: int) -> str:
    text = _text(visit, "text")
    if not text:
        raise CaseError(f"case {number}: a note needs a text; write one")
    visit.context.records.cases.note(number, text, visit.actor)
    return "noted"


def _move(visit: Visit, number: str, version: int) -> str:
    visit.context.records.cases.move(number, visit.form.get("state", ""), visit.actor, version=version)
    return "moved"


def _plan(visit: Visit, number: str, version: int) -> str:
    visit.context.records.cases.plan(
        number,
        _day(visit),
        _text(visit, "what"),
        visit.actor,
        milestone=visit.form.get("milestone") or None,
        version=version,
    )
    return "planned"


def _milestone(visit: Visit, number: str, version: int) -> str:
    name = visit.form.get("milestone", "")
    visit.context.records.cases.milestone_done(number, name, _text(visit, "result"), visit.actor, version=version)
    return "done"


def _assign(visit: Visit, number: str, version: int) -> str:
    owner = visit.form.get("owner", "")
    if owner and owner not in {each.login for each in visit.context.records.staff.all() if each.active}:
        raise CaseError(f"case {number}: there is no such owner; choose one of the list")
    visit.context.records.cases.assign(number, owner or None, visit.actor, version=version)
    return "assigned"


def _correct(visit: Visit, number: str, version: int) -> str:
    visit.context.records.registrations.change(
        number, visit.form.get("field", ""), _text(visit, "value"), visit.actor, version=version
    )
    return "saved"


def _merge(visit: Visit, number: str, version: int) -> str:
    other = visit.form.get("other", "").strip()
    if visit.form.get("sure") != "yes":
        raise CaseError(f"case {number}: merging has no way back; say that you are sure")
    visit.context.records.cases.merge(number, other, visit.actor)
    return "merged"
