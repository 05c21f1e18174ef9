"""A linear classifier over sparse rows that says how sure it is."""

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.svm import LinearSVC

Label = TypeVar("Label", bound=Hashable)


class LinearClassifier(Generic[Label]):
    """One-against-the-rest support vector machines, their margins made into probabilities.

    Learns thousands of examples in seconds where multinomial logistic regression takes minutes, and is right as often
    (docs/understanding.md).
    """

    # The softmax's sharpness, the best in cross-validation over the writers of the clauses' questions
    # (`python -m benchmarks clause_finding --calibrate`).
    SHARPNESS = 6.0

    def __init__(
        self, rows: scipy.sparse.csr_matrix, labels: Sequence[Label], balanced: bool = False, cost: float = 1.0
    ) -> None:
        """`rows`: shape (examples, features); `balanced` gives rare labels more weight; a higher `cost` fits the
        examples more closely."""
        self.labels: list[Label] = sorted(set(labels))  # type: ignore[type-var]
        place = {label: index for index, label in enumerate(self.labels)}
        svm = LinearSVC(C=cost, class_weight="balanced" if balanced else None, random_state=0, max_iter=5_000)
        svm.fit(rows, [place[label] for label in labels])
        # Features by labels, so that one text touches only its own rows; single precision is enough for margins.
        weights, offsets = svm.coef_, svm.intercept_
        if (
            len(self.labels) == 2
        ):  # scikit-learn keeps one margin for two labels: how far a row is on the second's side.
            weights, offsets = np.vstack([-weights, weights]), np.hstack([-offsets, offsets])
        self._weights = np.ascontiguousarray(weights.T, dtype=np.float32)
        self._offsets = offsets.astype(np.float32)

    def probabilities(self, row: scipy.sparse.csr_matrix) -> NDArray[np.float32]:
        """One probability for each of `labels`, shape (labels,); `row` has shape (1, features)."""
        margins = row.data.astype(np.float32) @ self._weights[row.indices] + self._offsets
        raised = np.exp(self.SHARPNESS * (margins - margins.max()))
        shares: NDArray[np.float32] = raised / raised.sum()
        return shares

    def margin(self, row: scipy.sparse.csr_matrix, label: Label) -> float:
        """How far `row` is on the side of `label`; below 0 on the other."""
        place = self.labels.index(label)
        return float(row.data.astype(np.float32) @ self._weights[row.indices, place] + self._offsets[place])

    def likeliest(self, row: scipy.sparse.csr_matrix) -> Label:
        """The label with the highest probability."""
        return self.labels[int(self.probabilities(row).argmax())]
