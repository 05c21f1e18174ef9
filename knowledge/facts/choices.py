"""Tells which choice a sentence states for a slot, if any: what kind of unit, which disability, yes or no."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse

from knowledge.classify.linear import LinearClassifier
from knowledge.facts.annotated_examples import Example, slots
from knowledge.facts.answer_features import AnswerFeatures, sentence_features
from knowledge.facts.bounds import read_closely
from knowledge.facts.question_words import clauses

_NONE = ""
_WHOLE = 0.6
"""The weight of a sentence as a whole relative to its plainest clause: half of what was invented went with it."""
_WHOLE_OF_NONE = 0.3
"""The same for there being none of what is counted, which a clause says by itself: 编制八十,残疾人没有."""
_STATED = 0.5
"""From which a value of several clauses counts."""


def learn_features(examples: Iterable[Example]) -> AnswerFeatures:
    """The features of every example, said freely and as an answer."""
    features = AnswerFeatures(min_count=2)
    features.fit_transform([sentence_features(each.text, each.asked is not None) for each in examples])
    return features


@dataclass(frozen=True)
class Sentence:
    """A sentence as the classifiers of all slots see it: each of its rows is worked out once for all of them."""

    text: str
    """In normal form."""
    features: AnswerFeatures

    @cached_property
    def free(self) -> scipy.sparse.csr_matrix:
        """The whole, said freely."""
        return self.features.row(sentence_features(self.text, False))

    @cached_property
    def answer(self) -> scipy.sparse.csr_matrix:
        """The whole, as an answer."""
        return self.features.row(sentence_features(self.text, True))

    @cached_property
    def parts(self) -> Sequence[scipy.sparse.csr_matrix]:
        """Its clauses, each said freely; none where it is only one."""
        parts = clauses(self.text)
        return (
            [self.features.row(sentence_features(part, False)) for part in read_closely(parts)]
            if len(parts) > 1
            else []
        )


class ChoiceClassifier:
    """One slot's choices, learnt from sentences in which they are marked."""

    def __init__(self, slot: str, examples: Iterable[Example], features: AnswerFeatures) -> None:
        """`features` are those of all examples: one vocabulary for all slots, as each alone is tens of megabytes."""
        self._slot = slot
        labelled = list(_labelled(slot, list(examples)))
        rows = features.transform([sentence_features(text, answers) for text, answers, _ in labelled])
        self._model = LinearClassifier(rows, [label for _, _, label in labelled], balanced=True)
        self._whole = _WHOLE if slots()[slot].kind == "choice" else _WHOLE_OF_NONE
        self._none = self._model.labels.index(_NONE)

    def choose(self, sentence: Sentence, is_answer: bool) -> tuple[str | None, float]:
        """The value that `sentence` states, None where it states none, and how sure that is, 0 to 1.

        What a whole sentence seems to say has to be said in one of its clauses too, and the other way round: of words
        of several clauses taken together it may look like what none of them states.
        """
        probabilities = self._model.probabilities(sentence.answer if is_answer else sentence.free)
        if sentence.parts:
            plainest = np.max([self._model.probabilities(part) for part in sentence.parts], axis=0)
            probabilities = self._whole * probabilities + (1 - self._whole) * plainest
            probabilities[self._none] = 1 - _STATED
        best = int(np.argmax(probabilities))
        if best == self._none and is_answer:
            # Whoever tells everything at once may do so at any question.
            return self.choose(sentence, False)
        return self._model.labels[best] or None, float(probabilities[best])


def _labelled(slot: str, examples: Sequence[Example]) -> Iterable[tuple[str, bool, str]]:
    """Texts, whether each answers `slot`, and the choice it states.

    What answers another question would state as much, most often nothing, had `slot` been asked for: without that,
    whatever is said there looks like one of its choices. Not so a yes or no, which answers any question that takes one.
    """
    said = {example.text for example in examples if example.asked == slot}
    for example in examples:
        label = example.value_of(slot) or _NONE
        yield example.text, example.asked == slot, label
        answers_another = example.asked is not None and example.asked != slot and example.text not in said
        if answers_another and not (slots()[slot].plain and slots()[example.asked or ""].plain):
            yield example.text, True, label
