"""Questions that staff joined to a clause while the service runs: found at once, learnt at the next training."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from knowledge.classify.features import sound_grams
from knowledge.library.documents import Library


@dataclass(frozen=True)
class Taught:
    """One example."""

    text: str
    document: str
    clause: str


class Likeness:
    """How alike texts sound, 0 to 1: 1 for the same syllables, however they are written."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._counter = CountVectorizer(analyzer=sound_grams, binary=True)
        self._rows = normalize(self._counter.fit_transform(texts))
        self._texts = texts

    def nearest(self, text: str) -> tuple[int, float]:
        """The place of the text that `text` is most like, and how much."""
        asked = set(sound_grams(text))
        if not asked:
            return 0, 0.0
        # Grams that no text holds count too: a long question is not the same as the short one inside it.
        row = self._counter.transform([text]) / len(asked) ** 0.5
        likeness = (self._rows @ row.T).toarray().ravel()
        best = int(likeness.argmax())
        return best, float(likeness[best])

    def groups(self, threshold: float) -> list[list[int]]:
        """The places of the texts, those that are alike together; each group begins with its first text."""
        found: list[list[int]] = []
        alike = (self._rows @ self._rows.T).tocsr()
        grouped: set[int] = set()
        for first in range(len(self._texts)):
            if first in grouped:
                continue
            row = alike.getrow(first)
            near = sorted(
                int(place)
                for place, likeness in zip(row.indices, row.data, strict=True)
                if likeness >= threshold and place not in grouped and place != first
            )
            found.append([first, *near])
            grouped.update(found[-1])
        return found


class TaughtIndex:
    """Which clause a question belongs to because staff said so of one that sounds alike."""

    _ALIKE = 0.8
    """From here on a question is taken for the taught one: a few syllables may be written wrong or left out."""

    def __init__(self, taught: Iterable[Taught]) -> None:
        self._taught = tuple(each for each in taught if sound_grams(each.text))
        self._likeness = Likeness([each.text for each in self._taught]) if self._taught else None

    def find(self, question: str) -> tuple[tuple[str, str], float] | None:
        """The clause as (document, clause) with the probability that it is meant; None where nothing is alike."""
        if self._likeness is None:
            return None
        place, likeness = self._likeness.nearest(question)
        if likeness < self._ALIKE:
            return None
        taught = self._taught[place]
        return (taught.document, taught.clause), min(0.99, likeness)


def with_taught(library: Library, taught: Iterable[Taught]) -> Library:
    """`library` with what was taught among the questions of its clauses."""
    by_clause: dict[tuple[str, str], list[str]] = {}
    for each in taught:
        by_clause.setdefault((each.document, each.clause), []).append(each.text)
    documents = (
        replace(
            document,
            clauses=tuple(
                replace(clause, questions=(*clause.questions, *by_clause.get((document.id, clause.id), ())))
                for clause in document.clauses
            ),
        )
        for document in library.documents
    )
    return Library(tuple(documents))
