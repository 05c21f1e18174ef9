"""Which clauses speak to a question, best first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from knowledge.classify.features import Features, bare
from knowledge.classify.linear import LinearClassifier
from knowledge.language.writing import normalised
from knowledge.library.documents import Clause, Library, Status
from knowledge.search.elsewhere import ElsewhereClassifier
from knowledge.search.meaning_index import MeaningIndex
from knowledge.search.taught import TaughtIndex
from knowledge.search.text_index import TextIndex

Key = tuple[str, str]
"""Document id and clause id."""

_LONGEST_WORD = 6
"""A longer question is a sentence, which no clause holds word for word."""
_PRINTED = re.compile(r"[(（第]")
"""In a place that is not also an everyday number."""
_NOT_COVERED: Key = ("", "")
"""The class of questions that no document at hand answers."""


@dataclass(frozen=True)
class Match:
    """A clause that may answer a question."""

    clause: Clause
    probability: float
    """0 to 1; those of all clauses and of `not_covered` add up to one."""


@dataclass(frozen=True)
class Findings:
    """What a search found."""

    matches: tuple[Match, ...]
    """Best first, at most as many as were asked for."""
    not_covered: float
    """The probability, 0 to 1, that no document at hand answers the question."""
    holders: int = 0
    """How many clauses hold the whole question word for word, as many do 补贴 or 培训."""


class ExampleClassifier:
    """Tells clauses apart by the questions people ask about them (docs/understanding.md compares the methods)."""

    _MISSPELT = 0.5
    """The share of characters written wrong in the second copy of each example; docs/understanding.md has the gain."""
    _MEANT_OF_EACH, _MEANT_OF_NONE = 60, 1_500
    """Examples of a clause, and of what is not covered, that are known by their meaning too."""

    def __init__(self, clauses: Sequence[Clause], not_covered: Sequence[str]) -> None:
        """Learns from every clause's questions and own words, and from questions nothing here answers."""
        labelled = [
            (text, (clause.document, clause.id))
            for clause in clauses
            for text in (*clause.questions, clause.title, clause.plain, clause.quote)
        ]
        labelled += [(text, _NOT_COVERED) for text in not_covered]
        texts, keys = [text for text, _ in labelled], [key for _, key in labelled]
        self._features = Features(min_count=2)
        rows = scipy.sparse.vstack(
            [self._features.fit_transform(texts), self._features.misspelt_rows(texts, self._MISSPELT)]
        ).tocsr()
        self._model = LinearClassifier(rows, [*keys, *keys])
        questions = [text for clause in clauses for text in clause.questions]
        self._elsewhere = ElsewhereClassifier(questions, not_covered)
        meant = {(clause.document, clause.id): clause.questions for clause in clauses} | {_NOT_COVERED: not_covered}
        most = {key: self._MEANT_OF_NONE if key == _NOT_COVERED else self._MEANT_OF_EACH for key in meant}
        self._meant = MeaningIndex(meant, most)

    def meant(self, text: str) -> Key | None:
        """The one of `keys` whose example questions are nearest to `text` in meaning."""
        return self._meant.likeliest(text)

    @property
    def keys(self) -> list[Key]:
        """The clauses it can tell apart, and `("", "")` for none of them."""
        return self._model.labels

    def probabilities(self, text: str) -> NDArray[np.float32]:
        """One probability for each of `keys`, shape (keys,)."""
        return self._model.probabilities(self._features.row(text))

    def elsewhere(self, text: str) -> float:
        """How likely, 0 to 1, `text` asks about a place none of the documents is for."""
        return self._elsewhere.probability(text)


class Search:
    """Finds clauses by people's questions where there are any, and by the clause's own words where there are none.

    So a document is found from the moment it is added, and better once it has questions.
    """

    # A clause without questions wins where it holds this much more of the question's wording than the best clause
    # with questions does, and at least _LEAST_COVERAGE of it.
    _LEAST_COVERAGE = 0.45
    _STEEPNESS = 12.0
    _IN_FORCE_BONUS = 0.2
    """A document in force is believed over one that has ended where both hold the question's wording alike."""

    def __init__(
        self,
        library: Library,
        classifier: ExampleClassifier | None,
        taught: TaughtIndex | None = None,
        earlier: "Search | None" = None,
    ) -> None:
        """`classifier` has learnt some of the library's clauses; None where no clause has questions.

        `taught` are questions it has not learnt yet. What `earlier` knows of clauses that did not change is kept.
        """
        self._taught = taught or TaughtIndex(())
        self._library = library
        self._classifier = classifier
        learnt = set(classifier.keys) if classifier else set()
        self._clauses = tuple(library.clauses)
        self._keys = [(clause.document, clause.id) for clause in self._clauses]
        self._by_key = dict(zip(self._keys, self._clauses, strict=True))
        self._is_new = np.array([key not in learnt for key in self._keys])
        self._new = np.flatnonzero(self._is_new)
        known: dict[str, str] = earlier._bare_quotes if earlier else {}  # noqa: SLF001  of its own class
        self._bare_quotes: dict[str, str] = {
            each.quote: known.get(each.quote) or bare(each.quote) for each in self._clauses
        }
        self._bare_texts = tuple(self._bare_quotes[clause.quote] for clause in self._clauses)
        # Written alike once and not for each question: there may be ten thousand.
        self._printed = [(normalised(each.place), each) for each in self._clauses if _PRINTED.search(each.place)]
        texts: TextIndex | None = earlier._texts if earlier else None  # noqa: SLF001  of its own class
        self._texts: TextIndex | None = TextIndex(self._clauses, texts) if self._is_new.any() else None

    def find(self, question: str, day: date, most: int = 5) -> Findings:
        """The `most` likely clauses for `question`, as of `day`."""
        found = self._by_examples(question)
        if self._texts is not None:
            found = self._with_new_clauses(found, question, day, most)
        found = self._with_taught(found, question)
        here = 1.0 - (self._classifier.elsewhere(question) if self._classifier else 0.0)
        found = {key: p * here for key, p in found.items() if key != _NOT_COVERED}
        not_covered = 1.0 - sum(found.values())
        best = sorted(found.items(), key=lambda item: -item[1])[:most]
        matches = tuple(Match(self._by_key[key], float(p)) for key, p in best)
        return Findings(matches, float(not_covered), self._holders(bare(question)))

    def is_meant(self, clause: Clause, question: str) -> bool | None:
        """Whether `question` means what people ask about `clause`, by meaning alone; None where nobody wrote down what
        they ask about it.
        """
        key = (clause.document, clause.id)
        if self._classifier is None or key not in self._classifier.keys:
            return None
        return self._classifier.meant(question) == key

    def _with_taught(self, found: dict[Key, float], question: str) -> dict[Key, float]:
        """`found` with the clause that staff joined a like question to, which leaves the others what is left."""
        taught = self._taught.find(question)
        if taught is None or taught[0] not in self._by_key:
            return found
        key, share = taught
        merged = {each: p * (1 - share) for each, p in found.items()}
        return merged | {key: merged.get(key, 0.0) + share}

    def _holders(self, asked: str) -> int:
        if not asked or len(asked) > _LONGEST_WORD:
            return 0
        return sum(asked in text for text in self._bare_texts)

    def named(self, question: str) -> tuple[Clause, ...]:
        """The clauses that `question` names by their place as printed, such as 二(五)5 or 第十二条."""
        asked = normalised(question)
        return tuple(clause for place, clause in self._printed if place in asked)

    def _by_examples(self, question: str) -> dict[Key, float]:
        if self._classifier is None:
            return {_NOT_COVERED: 1.0}
        likely = dict(zip(self._classifier.keys, self._classifier.probabilities(question), strict=True))
        # A clause that is no longer at hand cannot be an answer.
        return {key: p for key, p in likely.items() if key in self._by_key or key == _NOT_COVERED}

    def _with_new_clauses(self, found: dict[Key, float], question: str, day: date, most: int) -> dict[Key, float]:
        """`found` with the clauses that have no questions, weighed by their wording against the best of the others."""
        assert self._texts is not None
        coverage = self._texts.coverage(question)
        worth = np.where(coverage >= self._LEAST_COVERAGE, coverage + self._bonus(day), coverage)
        leading = self._new[np.argsort(-worth[self._new])][:most]
        learnt = coverage[~self._is_new]
        rival = max(self._LEAST_COVERAGE, float(learnt.max(initial=0.0)))
        share = 1 / (1 + np.exp(-self._STEEPNESS * (float(worth[leading[0]]) - rival)))
        weights = np.exp(self._STEEPNESS * 2 * (worth[leading] - worth[leading[0]]))
        weights /= weights.sum()
        merged = {key: p * (1 - share) for key, p in found.items()}
        merged |= {self._keys[index]: share * weight for index, weight in zip(leading, weights, strict=True)}
        return merged

    def _bonus(self, day: date) -> NDArray[np.float64]:
        """How much more each clause is believed, shape (clauses,): a document in force over one that has ended."""
        documents = self._library.documents
        in_force = [each.status_on(day) is Status.IN_FORCE for each in documents]
        return np.repeat(np.where(in_force, self._IN_FORCE_BONUS, 0.0), [len(each.clauses) for each in documents])
