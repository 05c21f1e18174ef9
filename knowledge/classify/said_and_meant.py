"""Texts as rows of what their words are and what they mean, side by side."""

from collections.abc import Sequence

import scipy.sparse

from knowledge.classify.features import Features
from knowledge.classify.meaning import meanings


class SaidAndMeant:
    """For a few hundred examples, where the next person may use other words: 允许 is rare and means what 同意 does."""

    def __init__(self, min_count: int = 1) -> None:
        """`min_count`: in how many texts a word or sound has to occur to be kept."""
        self._said = Features(min_count=min_count)

    def fit_transform(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        """Rows for `texts`, shape (texts, features and 512), having learnt what is rare from them."""
        return scipy.sparse.hstack([self._said.fit_transform(texts), meanings(texts)]).tocsr()

    def row(self, text: str) -> scipy.sparse.csr_matrix:
        """The row of one text, shape (1, features and 512)."""
        return scipy.sparse.hstack([self._said.row(text), meanings([text])]).tocsr()
