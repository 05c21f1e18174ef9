"""Tells questions about another province from those of people who only live or work there."""

from collections.abc import Sequence

from knowledge.classify.features import Features, bare
from knowledge.classify.linear import LinearClassifier
from knowledge.places.outside_places import ELSEWHERE, context_of_elsewhere


def _context(text: str) -> tuple[str, ...]:
    return context_of_elsewhere(bare(text))


class ElsewhereClassifier:
    """Looks at the words around the place, which the words of the subject would outweigh in the search."""

    def __init__(self, covered: Sequence[str], not_covered: Sequence[str]) -> None:
        """Learns from those of the questions, answered and not, that name a place elsewhere."""
        here = [text for text in covered if ELSEWHERE in bare(text)]
        there = [text for text in not_covered if ELSEWHERE in bare(text)]
        self._features = Features((_context,))
        self._model: LinearClassifier[bool] | None = None
        if here and there:
            rows = self._features.fit_transform([*here, *there])
            self._model = LinearClassifier(rows, [False] * len(here) + [True] * len(there), balanced=True)

    def probability(self, question: str) -> float:
        """How likely, 0 to 1, `question` asks about a place elsewhere; 0 where it names none."""
        if self._model is None or ELSEWHERE not in bare(question):
            return 0.0
        return float(self._model.probabilities(self._features.row(question))[self._model.labels.index(True)])
