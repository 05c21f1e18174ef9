"""Tells which choice a sentence states for a slot, if any: what kind of unit, which disability, yes or no."""

from collections.abc import Iterable, Sequence

import numpy as np

from knowledge.facts.annotated import Example
from knowledge.facts.clues import Clues, sentence_clues
from knowledge.facts.questions import clauses
from knowledge.linear import LinearClassifier

_NONE = ""


def learn_clues(examples: Iterable[Example]) -> Clues:
    """The clues of every example, said freely and as an answer."""
    clues = Clues(min_count=2)
    clues.fit_transform([sentence_clues(each.text, each.asked is not None) for each in examples])
    return clues


class ChoiceClassifier:
    """One slot's choices, learnt from sentences in which they are marked."""

    def __init__(self, slot: str, examples: Iterable[Example], clues: Clues) -> None:
        """`clues` are those of all examples: one vocabulary for all slots, as each by itself is tens of megabytes."""
        self._slot = slot
        self._clues = clues
        labelled = list(_labelled(slot, list(examples)))
        rows = clues.transform([sentence_clues(text, answers) for text, answers, _ in labelled])
        self._model = LinearClassifier(rows, [label for _, _, label in labelled], balanced=True)

    def choose(self, text: str, is_answer: bool) -> tuple[str | None, float]:
        """The value that `text` (in normal form) states, None where it states none, and how sure that is, 0 to 1.

        What a whole sentence hides among other things, its clauses may say plainly.
        """
        value, probability = self._likeliest(text, is_answer)
        if value is None and len(parts := clauses(text)) > 1:
            stated = [found for found in (self._likeliest(part, False) for part in parts) if found[0] is not None]
            return max(stated, key=lambda found: found[1], default=(None, probability))
        return value, probability

    def _likeliest(self, text: str, is_answer: bool) -> tuple[str | None, float]:
        probabilities = self._model.probabilities(self._clues.row(sentence_clues(text, is_answer)))
        best = int(np.argmax(probabilities))
        return self._model.labels[best] or None, float(probabilities[best])


def _labelled(slot: str, examples: Sequence[Example]) -> Iterable[tuple[str, bool, str]]:
    for example in examples:
        yield example.text, example.asked == slot, example.value_of(slot) or _NONE
