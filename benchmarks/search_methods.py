"""Ways to find the clause that answers a question, each learnt from the same plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer

from benchmarks.questions import read_not_covered
from knowledge.classify.features import ANALYSERS, Analyser, Features, character_grams, sound_grams, words
from knowledge.classify.linear import LinearClassifier
from knowledge.library.documents import Clause
from knowledge.search.search import ExampleClassifier

IN_USE = "all three, and misspelt copies (in use)"

Find = Callable[[str], str]
"""A question to the id of the likeliest clause."""


@dataclass(frozen=True)
class SearchMethod:
    """One method; its name is the row of the table."""

    name: str
    learn: Callable[[Sequence[Clause]], Find]


def search_methods() -> list[SearchMethod]:
    """From the plainest to what the service uses."""
    return [
        SearchMethod("TF-IDF of the clause's text: words", lambda clauses: _text_alone(clauses, words)),
        SearchMethod("TF-IDF of the clause's text: characters", lambda clauses: _text_alone(clauses, character_grams)),
        SearchMethod("TF-IDF of the clause's text: folded sounds", lambda clauses: _text_alone(clauses, sound_grams)),
        SearchMethod("TF-IDF of the clause's text: all three", lambda clauses: _text_alone(clauses, *ANALYSERS)),
        SearchMethod("nearest example question", _nearest_question),
        SearchMethod("half BM25 of the text, half nearest question", _mixture),
        SearchMethod("linear classifier of the questions: words", lambda clauses: _linear(clauses, words)),
        SearchMethod(
            "linear classifier of the questions: characters", lambda clauses: _linear(clauses, character_grams)
        ),
        SearchMethod(
            "linear classifier of the questions: folded sounds", lambda clauses: _linear(clauses, sound_grams)
        ),
        SearchMethod("linear classifier of the questions: all three", lambda clauses: _linear(clauses, *ANALYSERS)),
        SearchMethod(IN_USE, _in_use),
    ]


def with_few_questions(most: int) -> SearchMethod:
    """The way in use, held to `most` questions a clause, to stand beside what is too slow for more."""
    name = f"linear classifier, all three, {most} questions a clause"
    return SearchMethod(name, lambda clauses: _linear([fewer(clause, most) for clause in clauses], *ANALYSERS))


def fewer(clause: Clause, most: int) -> Clause:
    """The clause with `most` of its questions, evenly spread, so that every writer keeps a share."""
    every = max(1, len(clause.questions) / most)
    kept = {int(number * every) for number in range(min(most, len(clause.questions)))}
    return replace(clause, questions=tuple(text for number, text in enumerate(clause.questions) if number in kept))


def _text_alone(clauses: Sequence[Clause], *analysers: Analyser) -> Find:
    features = Features(analysers)
    rows = features.fit_transform(" ".join((*clause.headings, clause.quote)) for clause in clauses)
    return lambda text: clauses[int((rows @ features.row(text).T).toarray().argmax())].id


def _nearest_question(clauses: Sequence[Clause]) -> Find:
    labels = [clause.id for clause in clauses for _ in clause.questions]
    features = Features()
    rows = features.fit_transform(text for clause in clauses for text in clause.questions)
    return lambda text: labels[int((rows @ features.row(text).T).toarray().argmax())]


def _mixture(clauses: Sequence[Clause]) -> Find:
    owners = np.repeat(np.arange(len(clauses)), [len(clause.questions) for clause in clauses])
    features = Features()
    rows = features.fit_transform(text for clause in clauses for text in clause.questions)
    relevance = _bm25(clauses)

    def find(text: str) -> str:
        nearest = np.zeros(len(clauses))
        np.maximum.at(nearest, owners, (rows @ features.row(text).T).toarray()[:, 0])
        by_text = relevance(text)
        scores = nearest / max(nearest.max(), 1e-9) + by_text / max(by_text.max(), 1e-9)
        return clauses[int(scores.argmax())].id

    return find


def _bm25(
    clauses: Sequence[Clause], saturation: float = 1.5, length_weight: float = 0.75
) -> Callable[[str], NDArray[np.float64]]:
    """Robertson's Okapi BM25 with its usual constants, over characters and words."""
    counter = CountVectorizer(analyzer=lambda text: character_grams(text) + words(text))
    counts = counter.fit_transform(" ".join((*clause.headings, clause.quote)) for clause in clauses).toarray()
    lengths = counts.sum(axis=1, keepdims=True)
    holders = (counts > 0).sum(axis=0)
    rarity = np.log1p((len(clauses) - holders + 0.5) / (holders + 0.5))
    fullness = saturation * (1 - length_weight + length_weight * lengths / lengths.mean())
    weights = rarity * counts * (saturation + 1) / (counts + fullness)
    return lambda text: weights @ (counter.transform([text]).toarray()[0] > 0)


def _linear(clauses: Sequence[Clause], *analysers: Analyser) -> Find:
    """What ExampleClassifier learns, from some of its features."""
    labelled = [
        (text, clause.id)
        for clause in clauses
        for text in (*clause.questions, clause.title, clause.plain, clause.quote)
    ]
    labelled += [(text, "") for text in read_not_covered()]
    features = Features(analysers)
    model = LinearClassifier(features.fit_transform(text for text, _ in labelled), [label for _, label in labelled])
    return lambda text: _likeliest(model.labels, model.probabilities(features.row(text)))


def _in_use(clauses: Sequence[Clause]) -> Find:
    classifier = ExampleClassifier(clauses, read_not_covered())
    labels = [clause for _, clause in classifier.keys]
    return lambda text: _likeliest(labels, classifier.probabilities(text))


def _likeliest(labels: Sequence[str], probabilities: NDArray[np.float32]) -> str:
    """The best clause, whether or not `not covered` is likelier still: here the clause is what is compared."""
    return labels[max((i for i, label in enumerate(labels) if label), key=lambda i: probabilities[i])]
