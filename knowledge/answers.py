"""From a question to an answer: found, one of several, or not in the documents."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from knowledge.aspects import AspectClassifier
from knowledge.documents import Clause
from knowledge.search import Findings, Search


class Outcome(Enum):
    """What came of a question."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True)
class Answer:
    """What the documents say to a question."""

    outcome: Outcome
    clauses: tuple[Clause, ...] = ()
    """The clause that answers; the ones to choose from; or the nearest one, where there is one."""
    aspect: str | None = None
    """What exactly was asked of the clause, e.g. "amount"; None for the measure as a whole."""
    aspect_text: str = ""
    """What the clause says of the aspect; empty where it says nothing."""


class Answerer:
    """Decides what to answer."""

    # Below this the best clause is a guess. Both figures are from cross-validation over the writers of the
    # questions (`python -m benchmarks.clause_finding --thresholds`).
    _MOST_NOT_COVERED = 0.35
    _TOO_NEAR = 0.8
    """A second clause with more than this share of the first one's probability is equally near."""
    _LEAST_NEAREST = 0.15
    """A clause less likely than this is not worth naming as the nearest."""
    _SURE_OF_ASPECT = 0.6
    # What a plan states or does not: a person who asks how much is not answered by what the measure is.
    _EXACT = frozenset({"amount", "phone", "where"})

    def __init__(self, search: Search, aspects: AspectClassifier) -> None:
        self._search = search
        self._aspects = aspects

    def answer(self, question: str, day: date) -> Answer:
        """The answer to a question that stands on its own."""
        findings = self._search.find(question, day)
        nearest = self._nearest(findings)
        if findings.not_covered > self._MOST_NOT_COVERED or not findings.matches:
            return Answer(Outcome.NOT_COVERED, nearest)
        equally_near = self._equally_near(findings)
        if len(equally_near) > 1:
            return Answer(Outcome.CLARIFY, equally_near)
        return self.about(equally_near[0], self._aspect(question))

    def about(self, clause: Clause, aspect: str | None) -> Answer:
        """What a clause says of one aspect, or of the whole where `aspect` is None."""
        text = clause.aspects.get(aspect, "") if aspect else ""
        if aspect in self._EXACT and not text:
            return Answer(Outcome.NOT_COVERED, (clause,), aspect)
        return Answer(Outcome.ANSWERED, (clause,), aspect, text)

    def _aspect(self, question: str) -> str | None:
        aspect, probability = self._aspects.classify(question)
        return aspect if probability >= self._SURE_OF_ASPECT else None

    def _nearest(self, findings: Findings) -> tuple[Clause, ...]:
        return tuple(match.clause for match in findings.matches[:1] if match.probability >= self._LEAST_NEAREST)

    def _equally_near(self, findings: Findings) -> tuple[Clause, ...]:
        best = findings.matches[0].probability
        return tuple(m.clause for m in findings.matches[:3] if m.probability >= self._TOO_NEAR * best)
