"""The first page: what is waiting today."""

from starlette.responses import Response

from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute

_MOST_QUESTIONS = 500


def home() -> list[ConsoleRoute]:
    return [ConsoleRoute("/", Permission.OWN_ACCOUNT, show=_show)]


def _show(request: ConsoleRequest) -> Response:
    context, today = request.context, request.context.today()
    due = context.records.cases.due(today)
    questions = context.records.unanswered.most_asked(_MOST_QUESTIONS, ("open", "taken"))
    return request.page(
        "home.html",
        today=today,
        overdue=sum(each.on < today for each in due),
        for_today=sum(each.on == today for each in due),
        mine=[each for each in due if each.owner == request.actor][:8],
        questions=len(questions),
        drafts=sum(clause.draft for clause in context.base.current().library.clauses),
    )
