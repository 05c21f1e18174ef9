"""From a question to an answer: found, one of several, or not in the documents."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from knowledge.classify.features import bare
from knowledge.library.documents import Clause
from knowledge.search.aspects import AspectClassifier
from knowledge.search.search import Findings, Search

# 几年 asks for a number and for a time: where a clause states one of them, it answers the other.
_ALIKE = {"count": "when", "when": "count"}


class Outcome(Enum):
    """What came of a question."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True)
class Answer:
    """What the documents say in answer to a question."""

    outcome: Outcome
    clauses: tuple[Clause, ...] = ()
    """The clause that answers; the ones to choose from; or the nearest one, where there is one."""
    aspect: str | None = None
    """What exactly was asked of the clause, e.g. "amount"; None for the measure as a whole."""
    aspect_text: str = ""
    """What the clause says of the aspect; empty where it says nothing."""
    others: tuple[Clause, ...] = ()
    """What may have been meant instead of what is answered, the likeliest first."""
    is_doubtful: bool = False
    """Whether the question may well be about something the documents answer, though none of the clauses fits it; or
    what is answered may not be what was asked."""
    share: float = 0.0
    """Of a doubtful answer the probability, 0 to 1, that the nearest clause is meant, if any is."""


class Answerer:
    """Decides what to answer."""

    # All from cross-validation over the writers of the questions (docs/understanding.md): above _SURELY_NOT the
    # documents are silent in 98 of 100 questions, so they are refused; above _PERHAPS_NOT in one of five, so that
    # meaning has to agree with wording: where it does, and _LIKELY_NOT is not reached, 25 of 28 are answered rightly,
    # where it does not, 2 of 56 would be.
    _SURELY_NOT = 0.85
    _LIKELY_NOT = 0.3
    _PERHAPS_NOT = 0.03
    _SURE_OF_CLAUSE = 0.5
    _TOO_NEAR = 0.7
    """A second clause with more than this share of the first one's probability is equally near."""
    _MOST_HOLDERS = 5
    """A word that more clauses hold than this, such as 培训, asks for none of them in particular."""
    _CHOICES = 3
    _SURE_OF_ASPECT = 0.6
    _LONGEST_IN_CONTEXT = 10
    """Characters of a question that names nothing and is about what was told: 到哪里去寻."""
    # A person who asks for a sum or a telephone number is not answered by what the measure is.
    _EXACT = frozenset({"amount", "phone"})

    def __init__(self, search: Search, aspects: AspectClassifier) -> None:
        self._search = search
        self._aspects = aspects

    def answer(self, question: str, day: date) -> Answer:
        """The answer to a question that stands on its own."""
        named = self._search.named(question)
        if named:
            return self.about(named[0], None) if len(named) == 1 else Answer(Outcome.CLARIFY, named[: self._CHOICES])
        findings = self._search.find(question, day)
        shares = _shares(findings)
        if findings.not_covered > self._SURELY_NOT or not shares:
            nearest = [clause for clause, share in shares[:1] if share >= self._SURE_OF_CLAUSE]
            return Answer(Outcome.NOT_COVERED, tuple(nearest))
        (best, share), others = shares[0], shares[1:]
        equally_near = bool(others) and others[0][1] > self._TOO_NEAR * share
        likeliest = tuple(clause for clause, _ in shares[: self._CHOICES])
        if findings.holders > self._MOST_HOLDERS:
            return Answer(Outcome.CLARIFY, likeliest)
        if findings.not_covered <= self._PERHAPS_NOT and share >= self._SURE_OF_CLAUSE and not equally_near:
            return self.about(best, self._aspect(question))
        is_meant = self._search.is_meant(best, question)
        if is_meant is None:
            return Answer(Outcome.CLARIFY, likeliest)
        if is_meant and findings.not_covered < self._LIKELY_NOT:
            return replace(self.about(best, self._aspect(question)), others=likeliest[1:])
        return Answer(Outcome.NOT_COVERED, likeliest[:1], is_doubtful=True, share=share)

    def answer_after(self, told: Clause | None, question: str, day: date) -> Answer:
        """The answer to a question put right after `told`, None where no clause was told yet.

        A question that would stand on its own is answered so; one that does not is first asked of what was told.
        """
        answer = self.answer(question, day)
        if told is None or not answer.is_doubtful:
            return answer
        aspect = self._aspect(question)
        names_nothing = len(bare(question)) <= self._LONGEST_IN_CONTEXT and answer.share < self._SURE_OF_CLAUSE
        if answer.clauses[0] != told and (aspect is None or not names_nothing):
            return answer
        found = self.about(told, aspect)
        return replace(found, is_doubtful=True) if found.outcome is Outcome.ANSWERED else found

    def about(self, clause: Clause, aspect: str | None) -> Answer:
        """What a clause says of one aspect, or of the whole where `aspect` is None."""
        if aspect is None or clause.draft:  # Nobody has written down yet what a draft says of which aspect.
            return Answer(Outcome.ANSWERED, (clause,))
        text = clause.aspects.get(aspect) or clause.aspects.get(_ALIKE.get(aspect, ""), "")
        if aspect in self._EXACT and not text:
            return Answer(Outcome.NOT_COVERED, (clause,), aspect)
        return Answer(Outcome.ANSWERED, (clause,), aspect, text)

    def _aspect(self, question: str) -> str | None:
        aspect, probability = self._aspects.classify(question)
        return aspect if probability >= self._SURE_OF_ASPECT else None


def _shares(findings: Findings) -> list[tuple[Clause, float]]:
    """Each clause with its share of what is not `not_covered`, 0 to 1, best first."""
    covered = max(1 - findings.not_covered, 1e-9)
    return [(match.clause, match.probability / covered) for match in findings.matches]
