"""What exactly is asked of a measure: how much, who, on what conditions, how, when, where."""

from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.classify.features import Features
from knowledge.classify.linear import LinearClassifier

GENERAL = "general"
"""The aspect of a question about the measure as a whole."""


class AspectClassifier:
    """Tells aspects apart by examples."""

    def __init__(self, examples: Mapping[str, Sequence[str]]) -> None:
        """`examples`: aspect → questions that ask for it."""
        labelled = [(text, aspect) for aspect, texts in examples.items() for text in texts]
        self._features = Features()
        rows = self._features.fit_transform(text for text, _ in labelled)
        self._model = LinearClassifier(rows, [aspect for _, aspect in labelled])

    def classify(self, question: str) -> tuple[str | None, float]:
        """The likeliest aspect, None for the whole measure, and its probability, 0 to 1."""
        probabilities = self._model.probabilities(self._features.row(question))
        best = int(np.argmax(probabilities))
        aspect = self._model.labels[best]
        return (None if aspect == GENERAL else aspect), float(probabilities[best])
