"""A linear classifier that says how sure it is."""

import numpy as np
import pytest
import scipy.sparse

from knowledge.classify.linear import LinearClassifier

ROWS = scipy.sparse.csr_matrix(
    np.array([[1.0, 0, 0], [0.9, 0.1, 0], [0, 1.0, 0], [0.1, 0.9, 0], [0, 0, 1.0], [0, 0.1, 0.9]])
)
LABELS = ["岗位", "岗位", "低保", "低保", "按摩", "按摩"]


def likeliest(model: LinearClassifier[str], row: scipy.sparse.csr_matrix) -> str:
    return model.labels[int(np.argmax(model.probabilities(row)))]


def test_labels_are_in_order() -> None:
    assert LinearClassifier(ROWS, LABELS).labels == ["低保", "岗位", "按摩"]


def test_what_can_be_told_apart_is_learnt() -> None:
    model = LinearClassifier(ROWS, LABELS)

    assert [likeliest(model, ROWS[index]) for index in range(6)] == LABELS


def test_rare_labels_can_be_given_weight() -> None:
    model = LinearClassifier(ROWS[:5], LABELS[:5], balanced=True)

    assert [likeliest(model, ROWS[index]) for index in range(6)] == LABELS


@pytest.mark.parametrize("values", [[1.0, 0, 0], [0.3, 0.3, 0.3], [0, 0, 0], [50.0, -50.0, 0]])
def test_there_is_a_probability_for_each_label_and_they_add_up_to_one(values: list[float]) -> None:
    probabilities = LinearClassifier(ROWS, LABELS).probabilities(scipy.sparse.csr_matrix([values]))

    assert probabilities.shape == (3,)
    assert probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert (probabilities >= 0).all()


def test_two_labels_have_two_probabilities() -> None:
    model = LinearClassifier(ROWS[:4], LABELS[:4])

    assert model.probabilities(ROWS[0]).shape == (2,)


def test_two_labels_are_told_apart() -> None:
    model = LinearClassifier(ROWS[:4], LABELS[:4])

    assert [likeliest(model, ROWS[index]) for index in range(4)] == LABELS[:4]


def test_learning_twice_gives_the_same_probabilities() -> None:
    once, again = (LinearClassifier(ROWS, LABELS).probabilities(ROWS[3]).tolist() for _ in range(2))

    assert once == again
