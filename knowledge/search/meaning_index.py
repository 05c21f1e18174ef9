"""Which clause a question is nearest to in meaning, however it is worded."""

import random
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np

from knowledge.classify.meaning import meanings

Label = TypeVar("Label", bound=Hashable)


class MeaningIndex(Generic[Label]):
    """Example questions by what they mean; a few dozen of each label tell as much as all (docs/understanding.md)."""

    _NEIGHBOURS = 15
    _SHARPNESS = 20.0
    """How much more a nearer neighbour counts: e to the difference of their cosines times this."""

    def __init__(self, examples: Mapping[Label, Sequence[str]], most: Mapping[Label, int]) -> None:
        """`examples` by label, of which as many as `most` says are kept, chosen once and for all."""
        chance = random.Random(0)
        kept = [
            (label, text)
            for label, texts in examples.items()
            for text in chance.sample(list(texts), min(most[label], len(texts)))
        ]
        self._labels = [label for label, _ in kept]
        self._vectors = meanings([text for _, text in kept])

    def likeliest(self, text: str) -> Label | None:
        """The label that most of the nearest examples have; None where there are no examples. 5 to 10 ms."""
        if not self._labels:
            return None
        near = self._vectors @ meanings([text])[0]
        best = np.argsort(-near)[: self._NEIGHBOURS]
        weights: dict[Label, float] = defaultdict(float)
        for place in best:
            weights[self._labels[place]] += float(np.exp(self._SHARPNESS * (near[place] - near[best[0]])))
        return max(weights, key=lambda label: weights[label])
