"""Questions no document answered: grouped by likeness, looked into, and joined to a clause."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.cases.case_list import names
from bot.console.permissions import Action
from bot.console.visits import Place, Visit, refused
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


def questions() -> list[Place]:
    return [
        Place("/unanswered", Action.READ_QUESTIONS, show=_show),
        Place("/unanswered/taught", Action.READ_QUESTIONS, show=_taught),
        Place("/unanswered/taught/{number:int}/remove", Action.TEACH, do=_remove),
        Place("/unanswered/{number:int}", Action.READ_QUESTIONS, show=_one),
        Place("/unanswered/{number:int}/teach", Action.TEACH, do=_teach),
        Place("/unanswered/{number:int}/move", Action.TEACH, do=_move),
    ]


def grouped(questions: Sequence[UnansweredQuestion]) -> Sequence[Group]:
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


def _show(visit: Visit) -> Response:
    state = visit.query.get("state", "")
    states = (state,) if state in _STATES else ("open", "taken")
    listed = visit.context.records.unanswered.most_asked(_MOST, states)
    return visit.page(
        "unanswered.html",
        groups=grouped(listed),
        state=state,
        count=len(listed),
        names=names(visit),
        titles=_titles(visit),
    )


def _one(visit: Visit) -> Response:
    number = int(visit.told("number"))
    everything = visit.context.records.unanswered.most_asked(_MOST, _STATES)
    question = next((each for each in everything if each.number == number), None)
    if question is None:
        return refused(visit, 404, "no_question")
    wanted = visit.query.get("search", "").strip()[:100]
    return visit.page(
        "question.html",
        question=question,
        wanted=wanted,
        proposed=_proposed(visit, wanted or question.text),
        alike=next((group.questions for group in grouped(everything) if question in group.questions), ()),
        names=names(visit),
        titles=_titles(visit),
    )


def _proposed(visit: Visit, text: str) -> Sequence[Clause]:
    """The clauses that may answer, best first."""
    search = visit.context.base.current().search
    return [
        *search.named(text),
        *(match.clause for match in search.find(text, visit.context.today(), _PROPOSED).matches),
    ]


def _teach(visit: Visit) -> Response:
    number, wanted = int(visit.told("number")), visit.form.get("clause", "")
    document, _, clause = wanted.partition("/")
    if (document, clause) not in _titles(visit):
        return refused(visit, 400, "no_clause")
    example = visit.form.get("example", "")
    visit.context.records.taught.add(example, document, clause, visit.actor)
    visit.context.base.up_to_date()
    _answered(visit, number)
    for each in visit.form.get("also", "").split(","):
        if each.isascii() and each.isdigit() and len(each) < 10:
            _answered(visit, int(each))
    return visit.go("/unanswered", "taught")


def _answered(visit: Visit, number: int) -> None:
    """Brings the question to its end from wherever it is; what a colleague looks into stays theirs."""
    for state in ("taken", "answered"):
        # Taken already, answered already, or in somebody else's hands.
        with suppress(QuestionError):
            visit.context.records.unanswered.move(number, state, visit.actor)


def _move(visit: Visit) -> Response:
    number, to = int(visit.told("number")), visit.form.get("state", "")
    if to not in _STATES:
        return refused(visit, 400, "malformed")
    visit.context.records.unanswered.move(number, to, visit.actor)
    told = {"open": "given_back", "taken": "taken", "answered": "answered"}[to]
    return visit.go(f"/unanswered/{number}" if to == "taken" else "/unanswered", told)


def _taught(visit: Visit) -> Response:
    return visit.page(
        "taught.html", taught=visit.context.records.taught.all()[::-1], names=names(visit), titles=_titles(visit)
    )


def _remove(visit: Visit) -> Response:
    visit.context.records.taught.remove(int(visit.told("number")), visit.actor)
    visit.context.base.up_to_date()
    return visit.go("/unanswered/taught", "untaught")


def _titles(visit: Visit) -> dict[tuple[str, str], str]:
    """What every clause is called, by document and clause."""
    return {(each.document, each.id): each.title for each in visit.context.base.current().library.clauses}
