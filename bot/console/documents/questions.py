"""Questions no document answered: grouped by likeness, looked into, and joined to a clause."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.cases.case_list import names
from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute, refused
from knowledge.library.documents import Clause
from knowledge.search.taught import Likeness
from registry.errors import QuestionError
from registry.questions.unanswered import UnansweredQuestion

_MOST = 500
_ALIKE = 0.5
"""How alike questions sound that stand in one group; two that differ in a word or two are."""
_PROPOSED = 5
_STATES = ("open", "taken", "answered")


@dataclass(frozen=True)
class Group:
    """Questions that sound alike."""

    questions: Sequence[UnansweredQuestion]
    """The most frequent first."""

    @property
    def times(self) -> int:
        return sum(each.times for each in self.questions)


def questions() -> list[ConsoleRoute]:
    return [
        ConsoleRoute("/unanswered", Permission.READ_QUESTIONS, show=_show),
        ConsoleRoute("/unanswered/taught", Permission.READ_QUESTIONS, show=_taught),
        ConsoleRoute("/unanswered/taught/{number:int}/remove", Permission.TEACH, do=_remove),
        ConsoleRoute("/unanswered/{number:int}", Permission.READ_QUESTIONS, show=_one),
        ConsoleRoute("/unanswered/{number:int}/teach", Permission.TEACH, do=_teach),
        ConsoleRoute("/unanswered/{number:int}/move", Permission.TEACH, do=_move),
    ]


def group_alike(questions: Sequence[UnansweredQuestion]) -> Sequence[Group]:
    """`questions` in groups, that which was asked most first."""
    if not questions:
        return []
    # What has no word in it sounds like nothing.
    texts = [each.text or "？" for each in questions]
    try:
        places = Likeness(texts).groups(_ALIKE)
    except ValueError:
        places = [[place] for place in range(len(questions))]
    found = [Group([questions[place] for place in group]) for group in places]
    return sorted(found, key=lambda group: -group.times)


def _show(request: ConsoleRequest) -> Response:
    state = request.query.get("state", "")
    states = (state,) if state in _STATES else ("open", "taken")
    listed = request.context.records.unanswered.most_asked(_MOST, states)
    return request.page(
        "unanswered.html",
        groups=group_alike(listed),
        state=state,
        count=len(listed),
        names=names(request),
        titles=_titles(request),
    )


def _one(request: ConsoleRequest) -> Response:
    number = int(request.path_value("number"))
    everything = request.context.records.unanswered.most_asked(_MOST, _STATES)
    question = next((each for each in everything if each.number == number), None)
    if question is None:
        return refused(request, 404, "no_question")
    wanted = request.query.get("search", "").strip()[:100]
    return request.page(
        "question.html",
        question=question,
        wanted=wanted,
        proposed=_proposed(request, wanted or question.text),
        alike=next((group.questions for group in group_alike(everything) if question in group.questions), ()),
        names=names(request),
        titles=_titles(request),
    )


def _proposed(request: ConsoleRequest, text: str) -> Sequence[Clause]:
    """The clauses that may answer, best first."""
    search = request.context.base.current().search
    return [
        *search.named(text),
        *(match.clause for match in search.find(text, request.context.today(), _PROPOSED).matches),
    ]


def _teach(request: ConsoleRequest) -> Response:
    number, wanted = int(request.path_value("number")), request.form.get("clause", "")
    document, _, clause = wanted.partition("/")
    if (document, clause) not in _titles(request):
        return refused(request, 400, "no_clause")
    example = request.form.get("example", "")
    request.context.records.taught.add(example, document, clause, request.actor)
    request.context.base.up_to_date()
    _answered(request, number)
    for each in request.form.get("also", "").split(","):
        if each.isascii() and each.isdigit() and len(each) < 10:
            _answered(request, int(each))
    return request.go("/unanswered", "taught")


def _answered(request: ConsoleRequest, number: int) -> None:
    """Brings the question to its end from wherever it is; what a colleague looks into stays theirs."""
    for state in ("taken", "answered"):
        # Taken already, answered already, or in somebody else's hands.
        with suppress(QuestionError):
            request.context.records.unanswered.move(number, state, request.actor)


def _move(request: ConsoleRequest) -> Response:
    number, to = int(request.path_value("number")), request.form.get("state", "")
    if to not in _STATES:
        return refused(request, 400, "malformed")
    request.context.records.unanswered.move(number, to, request.actor)
    told = {"open": "given_back", "taken": "taken", "answered": "answered"}[to]
    return request.go(f"/unanswered/{number}" if to == "taken" else "/unanswered", told)


def _taught(request: ConsoleRequest) -> Response:
    return request.page(
        "taught.html", taught=request.context.records.taught.all()[::-1], names=names(request), titles=_titles(request)
    )


def _remove(request: ConsoleRequest) -> Response:
    request.context.records.taught.remove(int(request.path_value("number")), request.actor)
    request.context.base.up_to_date()
    return request.go("/unanswered/taught", "untaught")


def _titles(request: ConsoleRequest) -> dict[tuple[str, str], str]:
    """What every clause is called, by document and clause."""
    return {(each.document, each.id): each.title for each in request.context.base.current().library.clauses}
