"""The first page: what is waiting today."""

from starlette.responses import Response

from bot.console.permissions import Action
from bot.console.visits import Place, Visit

_MOST_QUESTIONS = 500


def home() -> list[Place]:
    return [Place("/", Action.OWN_ACCOUNT, show=_show)]


def _show(visit: Visit) -> Response:
    context, today = visit.context, visit.context.today()
    due = context.records.cases.due(today)
    questions = context.records.unanswered.most_asked(_MOST_QUESTIONS, ("open", "taken"))
    return visit.page(
        "home.html",
        today=today,
        overdue=sum(each.on < today for each in due),
        for_today=sum(each.on == today for each in due),
        mine=[each for each in due if each.owner == visit.actor][:8],
        questions=len(questions),
        drafts=sum(clause.draft for clause in context.base.current().library.clauses),
    )
