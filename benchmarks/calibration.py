"""How sharp the probabilities should be, and from which one on a question counts as not covered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.figures import Report, Table
from benchmarks.questions import read_not_covered
from knowledge.documents import Clause
from knowledge.features import Features
from knowledge.linear import LinearClassifier

_FOLDS = 5
_SHARPNESS = range(2, 17)
_THRESHOLDS = [number / 10 for number in range(1, 9)]
_NOT_COVERED = ""


@dataclass(frozen=True)
class Fold:
    """A classifier with the questions it has not seen."""

    model: LinearClassifier[str]
    rows: Sequence
    labels: Sequence[str]
    """The clause of each row, empty where no clause answers."""

    def probabilities(self, sharpness: float) -> np.ndarray:
        """Shape (rows, labels of the model)."""
        self.model.SHARPNESS = sharpness  # type: ignore[misc]
        return np.stack([self.model.probabilities(row) for row in self.rows])


def calibrate(clauses: Sequence[Clause]) -> Report:
    """Cross-validates over blocks of neighbouring questions, which one writer wrote, so that a writer is unseen."""
    folds = [_fold(clauses, number) for number in range(_FOLDS)]
    losses = {sharpness: _log_loss(folds, sharpness) for sharpness in _SHARPNESS}
    best = min(losses, key=losses.__getitem__)
    now = LinearClassifier.SHARPNESS
    sharpness_rows = tuple((str(each), f"{loss:.3f}", _remark(each, best, now)) for each, loss in losses.items())
    threshold_rows = tuple(
        (f"{threshold:.1f}", *(f"{each:.1f}" for each in _refused_and_answered(folds, now, threshold)))
        for threshold in _THRESHOLDS
    )
    asked = sum(len(fold.labels) for fold in folds)
    return Report(
        tables=(
            Table("LinearClassifier.SHARPNESS", ("sharpness", "log-loss", ""), sharpness_rows),
            Table(
                f"not covered from which probability on, at sharpness {now:g}",
                ("threshold", "in scope, refused %", "not covered, answered %", "in scope, wrong clause %"),
                threshold_rows,
            ),
        ),
        notes=(
            f"{asked} example questions in {_FOLDS} folds; no held-out question is used, so nothing is tuned on them",
        ),
    )


def _remark(sharpness: int, best: int, now: float) -> str:
    return " ".join(word for word, holds in (("best", sharpness == best), ("in use", sharpness == now)) if holds)


def _fold(clauses: Sequence[Clause], number: int) -> Fold:
    learnt: list[tuple[str, str]] = []
    held: list[tuple[str, str]] = []
    for label, questions in [
        *((clause.id, clause.questions) for clause in clauses),
        (_NOT_COVERED, read_not_covered()),
    ]:
        start, end = (len(questions) * edge // _FOLDS for edge in (number, number + 1))
        held += [(text, label) for text in questions[start:end]]
        learnt += [(text, label) for text in (*questions[:start], *questions[end:])]
    learnt += [(text, clause.id) for clause in clauses for text in (clause.title, clause.plain, clause.quote)]
    features = Features()
    model = LinearClassifier(features.fit_transform(text for text, _ in learnt), [label for _, label in learnt])
    rows = features.transform(text for text, _ in held)
    return Fold(model, [rows[index] for index in range(rows.shape[0])], [label for _, label in held])


def _log_loss(folds: Sequence[Fold], sharpness: float) -> float:
    losses: list[float] = []
    for fold in folds:
        places = [fold.model.labels.index(label) for label in fold.labels]
        right = fold.probabilities(sharpness)[np.arange(len(places)), places]
        losses += list(-np.log(np.maximum(right, 1e-9)))
    return float(np.mean(losses))


def _refused_and_answered(folds: Sequence[Fold], sharpness: float, threshold: float) -> tuple[float, float, float]:
    """Percent of the questions in scope that are refused, of those not covered that are answered, and of those in
    scope that are answered from a wrong clause."""
    refused, answered, wrong = [], [], []
    for fold in folds:
        silent = fold.model.labels.index(_NOT_COVERED)
        probabilities = fold.probabilities(sharpness)
        not_covered = probabilities[:, silent] > threshold
        probabilities[:, silent] = 0
        likeliest = [fold.model.labels[index] for index in probabilities.argmax(axis=1)]
        for label, found, is_refused in zip(fold.labels, likeliest, not_covered, strict=True):
            if label == _NOT_COVERED:
                answered.append(not is_refused)
            else:
                refused.append(is_refused)
                wrong.append(not is_refused and found != label)
    return tuple(100 * float(np.mean(each)) for each in (refused, answered, wrong))  # type: ignore[return-value]
