"""The list of cases, what it can be narrowed down to, and its export."""

from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from starlette.responses import Response

from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute, refused
from registry.cases.case_list import DUE, CaseFilter
from registry.cases.states import FOUR_ONES, ONE_THREE_ONE, CaseState
from registry.registrations.exporting import write_csv, write_xlsx

ON_A_PAGE = 25
_NARROWS = ("state", "owner", "city", "due", "milestone")
_LAST_PAGE = 100_000
_FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# With this at the start, Excel reads the file as UTF-8.
_MARK = "\ufeff"


def case_list() -> list[ConsoleRoute]:
    return [
        ConsoleRoute("/cases", Permission.READ_CASES, show=_show),
        # What is searched for is a name or a phone: it goes in no address, where logs and histories would keep it.
        ConsoleRoute("/cases/search", Permission.READ_CASES, do=_show),
        ConsoleRoute("/cases/export", Permission.EXPORT, show=_ask_export, do=_export),
    ]


def _show(request: ConsoleRequest) -> Response:
    wanted = filter_of(request)
    page = min(_number(request.query.get("page", "")), _LAST_PAGE)
    found = request.context.records.case_list.find(
        wanted, request.context.today(), request.actor, first=(page - 1) * ON_A_PAGE, most=ON_A_PAGE
    )
    narrowed = {name: request.query[name] for name in _NARROWS if request.query.get(name)}
    return request.page(
        "cases.html",
        wanted=wanted,
        found=found,
        page=page,
        pages=max(1, -(-found.total // ON_A_PAGE)),
        address=f"?{urlencode(narrowed)}&page=" if narrowed else "?page=",
        today=request.context.today(),
        states=[state.value for state in CaseState],
        milestones=[*FOUR_ONES, *ONE_THREE_ONE],
        dues=DUE,
        owners=sorted({request.actor, *request.context.records.case_list.owners()}),
        names=names(request),
    )


def filter_of(request: ConsoleRequest) -> CaseFilter:
    """What was asked for; anything that is no choice is left out. A search looks at every case."""
    asked = {name: request.query.get(name, "").replace("\0", "") for name in ("owner", "city", "milestone")}
    due, state = request.query.get("due", ""), request.query.get("state", "live")
    search = request.form.get("search", "").replace("\0", "").strip()[:60]
    if search:
        return CaseFilter(search)
    known = {*(each.value for each in CaseState), "live", "all"}
    return CaseFilter(
        state="" if state == "all" or state not in known else state, due=due if due in DUE else "", **asked
    )


def names(request: ConsoleRequest) -> dict[str, str]:
    """Whom each login belongs to."""
    return {each.login: each.name for each in request.context.records.staff.all()}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) else 1


def _ask_export(request: ConsoleRequest) -> Response:
    return request.page("export.html")


def _export(request: ConsoleRequest) -> Response:
    kind, reason = request.form.get("format", ""), request.form.get("reason", "")
    if kind not in _FORMATS or not reason.strip():
        return refused(request, 400, "malformed")
    request.context.records.unmasking.note_export(kind, reason, request.actor)
    registrations = request.context.records.registrations.all(request.actor)
    if kind == "csv":
        text = StringIO(newline="")
        write_csv(registrations, text)
        content = (_MARK + text.getvalue()).encode("utf-8", "replace")
    else:
        with TemporaryDirectory(prefix="zhuyetong-") as folder:
            path = Path(folder) / "registrations.xlsx"
            write_xlsx(registrations, path)
            content = path.read_bytes()
    name = f"registrations-{request.context.today()}.{kind}"
    return Response(
        content, media_type=_FORMATS[kind], headers={"content-disposition": f'attachment; filename="{name}"'}
    )
