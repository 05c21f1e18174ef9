"""The list of cases, what it can be narrowed down to, and its export."""

from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from starlette.responses import Response

from bot.console.permissions import Action
from bot.console.visits import Place, Visit, refused
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


def case_list() -> list[Place]:
    return [
        Place("/cases", Action.READ_CASES, show=_show),
        # What is searched for is a name or a phone: it goes in no address, where logs and histories would keep it.
        Place("/cases/search", Action.READ_CASES, do=_show),
        Place("/cases/export", Action.EXPORT, show=_ask_export, do=_export),
    ]


def _show(visit: Visit) -> Response:
    wanted = filter_of(visit)
    page = min(_number(visit.query.get("page", "")), _LAST_PAGE)
    found = visit.context.records.case_list.find(
        wanted, visit.context.today(), visit.actor, first=(page - 1) * ON_A_PAGE, most=ON_A_PAGE
    )
    narrowed = {name: visit.query[name] for name in _NARROWS if visit.query.get(name)}
    return visit.page(
        "cases.html",
        wanted=wanted,
        found=found,
        page=page,
        pages=max(1, -(-found.total // ON_A_PAGE)),
        address=f"?{urlencode(narrowed)}&page=" if narrowed else "?page=",
        today=visit.context.today(),
        states=[state.value for state in CaseState],
        milestones=[*FOUR_ONES, *ONE_THREE_ONE],
        dues=DUE,
        owners=sorted({visit.actor, *visit.context.records.case_list.owners()}),
        names=names(visit),
    )


def filter_of(visit: Visit) -> CaseFilter:
    """What was asked for; anything that is no choice is left out. A search looks at every case."""
    asked = {name: visit.query.get(name, "").replace("\0", "") for name in ("owner", "city", "milestone")}
    due, state = visit.query.get("due", ""), visit.query.get("state", "live")
    search = visit.form.get("search", "").replace("\0", "").strip()[:60]
    if search:
        return CaseFilter(search)
    known = {*(each.value for each in CaseState), "live", "all"}
    return CaseFilter(
        state="" if state == "all" or state not in known else state, due=due if due in DUE else "", **asked
    )


def names(visit: Visit) -> dict[str, str]:
    """Whom each login belongs to."""
    return {each.login: each.name for each in visit.context.records.staff.all()}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) else 1


def _ask_export(visit: Visit) -> Response:
    return visit.page("export.html")


def _export(visit: Visit) -> Response:
    kind, reason = visit.form.get("format", ""), visit.form.get("reason", "")
    if kind not in _FORMATS or not reason.strip():
        return refused(visit, 400, "malformed")
    visit.context.records.unmasking.note_export(kind, reason, visit.actor)
    registrations = visit.context.records.registrations.all(visit.actor)
    if kind == "csv":
        text = StringIO(newline="")
        write_csv(registrations, text)
        content = (_MARK + text.getvalue()).encode("utf-8", "replace")
    else:
        with TemporaryDirectory(prefix="zhuyetong-") as folder:
            path = Path(folder) / "registrations.xlsx"
            write_xlsx(registrations, path)
            content = path.read_bytes()
    name = f"registrations-{visit.context.today()}.{kind}"
    return Response(
        content, media_type=_FORMATS[kind], headers={"content-disposition": f'attachment; filename="{name}"'}
    )
