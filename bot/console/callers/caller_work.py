"""Calculators, the navigator and a registration for a caller, as forms beside the suggestions."""

from secrets import token_urlsafe
from typing import Any

from starlette.responses import Response

from bot.console.callers.assist import assist_context
from bot.console.permissions import Action
from bot.console.visits import Place, Visit, refused
from registry.errors import RegistrationError
from registry.talk.calls import CallOutcome
from registry.values.case_numbers import is_number

_SHORTEST_KEY, _LONGEST_KEY = 20, 60
_BACK, _SAVE = "back", "save"
"""What the page that reads back sends as `step`."""


def caller_work() -> list[Place]:
    return [
        Place("/assist/sums/{journey}", Action.ASSIST, show=_form, do=_work_out),
        Place("/assist/register", Action.ASSIST, show=_registration, do=_register),
        Place("/assist/registered/{number}", Action.ASSIST, show=_registered),
    ]


def _form(visit: Visit) -> Response:
    return _work(visit)


def _work_out(visit: Visit) -> Response:
    context, journey, today = visit.context, visit.told("journey"), visit.context.today()
    again = {name.removeprefix("again_"): value for name, value in visit.form.items() if name.startswith("again_")}
    try:
        read = context.forms.read(journey, visit.form, again, today)
    except KeyError:
        return refused(visit, 404, "no_page")
    if read.problems:
        return _work(visit, values=visit.form, problems=read.problems, unlikely=read.unlikely)
    missing = context.forms.still_asked(journey, read.values, today)
    if missing:
        return _work(visit, values=visit.form, missing=missing)
    result = context.forms.work_out(journey, read.values, today)
    library = context.base.current().library
    clauses = [library.clause(*key.split("/", 1)) for key in result.clauses]
    return _work(visit, values=visit.form, result=result, basis=clauses)


def _work(visit: Visit, **about: Any) -> Response:
    journey = visit.told("journey")
    try:
        questions = visit.context.forms.questions(journey)
    except KeyError:
        return refused(visit, 404, "no_page")
    shown: dict[str, Any] = {
        "values": {},
        "problems": {},
        "unlikely": {},
        "missing": None,
        "result": None,
        "basis": (),
    }
    return visit.page(
        "assist_work.html", **assist_context(visit), journey=journey, questions=questions, **{**shown, **about}
    )


def _registration(visit: Visit) -> Response:
    return _registration_page(visit, token_urlsafe(24))


def _register(visit: Visit) -> Response:
    context, key, told = visit.context, visit.form.get("key", ""), visit.form
    if not _SHORTEST_KEY <= len(key) <= _LONGEST_KEY:
        return refused(visit, 422, "malformed")
    read = context.forms.read_registration(told, context.today())
    refused_by_caller = told.get("consent") == "no"
    if refused_by_caller:
        return _registration_page(visit, key, told, declined=True)
    if read.problems or told.get("step") == _BACK:
        return _registration_page(visit, key, told, read.problems if told.get("step") != _BACK else {})
    if told.get("step") != _SAVE:
        read_back = context.forms.read_back(read.values)
        return visit.page(
            "assist_read_back.html", **assist_context(visit), key=key, values=read.values, read_back=read_back
        )
    try:
        # The key is the same however often the form is sent: a second press registers nobody twice.
        number = context.forms.register(context.records.registrations, f"call-{key}", read.values, key, visit.actor)
    except RegistrationError as error:
        return _registration_page(visit, key, told, {error.field: ""})
    context.records.calls.registered(context.records.calls.current(visit.actor).id, number, visit.actor)
    return visit.go(f"/assist/registered/{number}", "registered")


def _registration_page(
    visit: Visit, key: str, told: Any = None, problems: Any = None, declined: bool = False
) -> Response:
    forms = visit.context.forms
    return visit.page(
        "assist_register.html",
        **assist_context(visit),
        key=key,
        values=told or {},
        problems=problems or {},
        declined=declined,
        consents=forms.consents(),
        questions=forms.registration(),
    )


def _registered(visit: Visit) -> Response:
    number = visit.told("number")
    if not is_number(number):
        return refused(visit, 404, "no_case")
    grouped, digits = visit.context.forms.number(number)
    return visit.page(
        "assist_registered.html",
        **assist_context(visit),
        number=number,
        grouped=grouped,
        digits=digits,
        registered=CallOutcome.REGISTERED.value,
    )
