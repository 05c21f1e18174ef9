"""How sharp the probabilities should be, and from which one on a question counts as not covered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Report, Table
from benchmarks.questions import read_not_covered
from knowledge.classify.linear import LinearClassifier
from knowledge.library.documents import Clause
from knowledge.search.search import ExampleClassifier

_FOLDS = 5
_SHARPNESS = range(2, 17)
_THRESHOLDS = [number / 10 for number in range(1, 9)]
_NOT_COVERED = ""


@dataclass(frozen=True)
class Fold:
    """What a classifier says of questions it has not seen."""

    labels: Sequence[str]
    """The clauses it can tell apart, and "" for none."""
    expected: NDArray[np.int_]
    """The place among the labels of each question's clause, shape (questions,)."""
    probabilities: NDArray[np.float64]
    """Shape (questions, labels)."""

    def as_sharp_as(self, sharpness: float) -> NDArray[np.float64]:
        """The probabilities as another sharpness of the softmax would have them."""
        raised = self.probabilities ** (sharpness / LinearClassifier.SHARPNESS)
        shares: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
        return shares


def calibrate(clauses: Sequence[Clause]) -> Report:
    """Cross-validates over blocks of neighbouring questions, which one writer wrote, so that a writer is unseen."""
    not_covered = read_not_covered()
    folds = [_fold(clauses, not_covered, number) for number in range(_FOLDS)]
    losses = {sharpness: _log_loss(folds, sharpness) for sharpness in _SHARPNESS}
    best, now = min(losses, key=losses.__getitem__), LinearClassifier.SHARPNESS
    sharpness_rows = tuple((str(each), f"{loss:.3f}", _remark(each, best, now)) for each, loss in losses.items())
    threshold_rows = tuple(
        (f"{threshold:.1f}", *(f"{share:.1f}" for share in _shares(folds, threshold))) for threshold in _THRESHOLDS
    )
    asked = sum(len(fold.expected) for fold in folds)
    return Report(
        tables=(
            Table("LinearClassifier.SHARPNESS", ("sharpness", "log-loss", ""), sharpness_rows),
            Table(
                f"not covered from which probability on, % at sharpness {now:g}",
                ("threshold", "in scope, refused", "not covered, answered", "in scope, answered from a wrong clause"),
                threshold_rows,
            ),
        ),
        notes=(f"{asked} example questions in {_FOLDS} folds; no held-out question is used: nothing is tuned on them",),
    )


def _remark(sharpness: int, best: int, now: float) -> str:
    return " ".join(word for word, holds in (("best", sharpness == best), ("in use", sharpness == now)) if holds)


def _fold(clauses: Sequence[Clause], not_covered: Sequence[str], number: int) -> Fold:
    learnt = [replace(clause, questions=_without_block(clause.questions, number)) for clause in clauses]
    classifier = ExampleClassifier(learnt, _without_block(not_covered, number))
    labels = [clause for _, clause in classifier.keys]
    held = [(text, clause.id) for clause in clauses for text in _block(clause.questions, number)]
    held += [(text, _NOT_COVERED) for text in _block(not_covered, number)]
    return Fold(
        labels,
        np.array([labels.index(label) for _, label in held]),
        # In double precision: raised to a higher power, single precision would run out of digits.
        np.stack([classifier.probabilities(text).astype(np.float64) for text, _ in held]),
    )


def _block(texts: Sequence[str], number: int) -> Sequence[str]:
    return texts[len(texts) * number // _FOLDS : len(texts) * (number + 1) // _FOLDS]


def _without_block(texts: Sequence[str], number: int) -> tuple[str, ...]:
    return (*texts[: len(texts) * number // _FOLDS], *texts[len(texts) * (number + 1) // _FOLDS :])


def _log_loss(folds: Sequence[Fold], sharpness: float) -> float:
    right = [fold.as_sharp_as(sharpness)[np.arange(len(fold.expected)), fold.expected] for fold in folds]
    return float(-np.log(np.maximum(np.concatenate(right), 1e-9)).mean())


def _shares(folds: Sequence[Fold], threshold: float) -> tuple[float, float, float]:
    """Percent: of those in scope, refused; of those not covered, answered; of those in scope, answered wrongly."""
    refused, answered, wrong = [], [], []
    for fold in folds:
        silent = fold.labels.index(_NOT_COVERED)
        in_scope = fold.expected != silent
        is_refused = fold.probabilities[:, silent] > threshold
        likeliest = np.delete(fold.probabilities, silent, axis=1).argmax(axis=1)
        likeliest += likeliest >= silent
        refused.append(is_refused[in_scope])
        answered.append(~is_refused[~in_scope])
        wrong.append(~is_refused[in_scope] & (likeliest != fold.expected)[in_scope])
    first, second, third = (100 * float(np.concatenate(each).mean()) for each in (refused, answered, wrong))
    return first, second, third
