"""Calculators, the navigator and a registration for a caller, as forms beside the suggestions."""

from collections.abc import Mapping
from secrets import token_urlsafe

from starlette.responses import Response

from bot.console.callers.assist import assist_context
from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute, refused
from registry.errors import RegistrationError
from registry.talk.calls import CallOutcome
from registry.values.case_numbers import is_number

_SHORTEST_KEY, _LONGEST_KEY = 20, 60
_BACK, _SAVE = "back", "save"
"""What the page that reads back sends as `step`."""


def caller_work() -> list[ConsoleRoute]:
    return [
        ConsoleRoute("/assist/sums/{journey}", Permission.ASSIST, show=_form, do=_work_out),
        ConsoleRoute("/assist/register", Permission.ASSIST, show=_registration, do=_register),
        ConsoleRoute("/assist/registered/{number}", Permission.ASSIST, show=_registered),
    ]


def _form(request: ConsoleRequest) -> Response:
    return _work(request)


def _work_out(request: ConsoleRequest) -> Response:
    context, journey, today = request.context, request.path_value("journey"), request.context.today()
    again = {name.removeprefix("again_"): value for name, value in request.form.items() if name.startswith("again_")}
    try:
        read = context.forms.read(journey, request.form, again, today)
    except KeyError:
        return refused(request, 404, "no_page")
    if read.problems:
        return _work(request, values=request.form, problems=read.problems, unlikely=read.unlikely)
    missing = context.forms.still_asked(journey, read.values, today)
    if missing:
        return _work(request, values=request.form, missing=missing)
    result = context.forms.work_out(journey, read.values, today)
    library = context.base.current().library
    clauses = [library.clause(*key.split("/", 1)) for key in result.clauses]
    return _work(request, values=request.form, result=result, basis=clauses)


def _work(request: ConsoleRequest, **about: object) -> Response:
    journey = request.path_value("journey")
    try:
        questions = request.context.forms.questions(journey)
    except KeyError:
        return refused(request, 404, "no_page")
    shown: dict[str, object] = {
        "values": {},
        "problems": {},
        "unlikely": {},
        "missing": None,
        "result": None,
        "basis": (),
    }
    return request.page(
        "assist_work.html", **assist_context(request), journey=journey, questions=questions, **{**shown, **about}
    )


def _registration(request: ConsoleRequest) -> Response:
    return _registration_page(request, token_urlsafe(24))


def _register(request: ConsoleRequest) -> Response:
    context, key, told = request.context, request.form.get("key", ""), request.form
    if not _SHORTEST_KEY <= len(key) <= _LONGEST_KEY:
        return refused(request, 422, "malformed")
    read = context.forms.read_registration(told, context.today())
    refused_by_caller = told.get("consent") == "no"
    if refused_by_caller:
        return _registration_page(request, key, told, declined=True)
    if read.problems or told.get("step") == _BACK:
        return _registration_page(request, key, told, read.problems if told.get("step") != _BACK else {})
    if told.get("step") != _SAVE:
        read_back = context.forms.read_back(read.values)
        return request.page(
            "assist_read_back.html", **assist_context(request), key=key, values=read.values, read_back=read_back
        )
    try:
        # The key is the same however often the form is sent: a second press registers nobody twice.
        number = context.forms.register(context.records.registrations, f"call-{key}", read.values, key, request.actor)
    except RegistrationError as error:
        return _registration_page(request, key, told, {error.field: ""})
    context.records.calls.registered(context.records.calls.current(request.actor).id, number, request.actor)
    return request.go(f"/assist/registered/{number}", "registered")


def _registration_page(
    request: ConsoleRequest,
    key: str,
    told: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    declined: bool = False,
) -> Response:
    forms = request.context.forms
    return request.page(
        "assist_register.html",
        **assist_context(request),
        key=key,
        values=told or {},
        problems=problems or {},
        declined=declined,
        consents=forms.consents(),
        questions=forms.registration(),
    )


def _registered(request: ConsoleRequest) -> Response:
    number = request.path_value("number")
    if not is_number(number):
        return refused(request, 404, "no_case")
    grouped, digits = request.context.forms.number(number)
    return request.page(
        "assist_registered.html",
        **assist_context(request),
        number=number,
        grouped=grouped,
        digits=digits,
        registered=CallOutcome.REGISTERED.value,
    )
