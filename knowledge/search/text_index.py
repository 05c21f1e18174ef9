"""Which clauses hold the wording of a question, without an example of one."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from knowledge.classify.features import character_grams, words
from knowledge.library.documents import Clause


class TextIndex:
    """How much of a question's wording a clause's own words hold; needs no examples."""

    def __init__(self, clauses: Sequence[Clause], earlier: "TextIndex | None" = None) -> None:
        """`earlier` held some of the clauses as they are: cutting ten thousand into words takes ten seconds."""
        texts = [" ".join((*clause.headings, clause.title, clause.plain, clause.quote)) for clause in clauses]
        known: dict[str, NDArray[np.int32]] = earlier._features if earlier else {}  # noqa: SLF001  of its own class
        # Copied: the earlier one goes on answering, and has nothing at the places of what is added here.
        self._vocabulary: dict[str, int] = dict(earlier._vocabulary) if earlier else {}  # noqa: SLF001  of its own class
        self._features: dict[str, NDArray[np.int32]] = {
            text: known[text] if text in known else self._features_of(text) for text in texts
        }
        rows = [self._features[text] for text in texts]
        ends = np.cumsum([0, *map(len, rows)])
        places = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)
        shape = (len(texts), len(self._vocabulary))
        held = scipy.sparse.csr_matrix((np.ones(len(places), dtype=np.float32), places, ends), shape=shape)
        # What only the earlier clauses held is as rare as what none ever held.
        in_clauses = np.maximum(np.asarray(held.sum(axis=0))[0], 1)
        self._rarity = np.log1p(len(texts) / in_clauses).astype(np.float32)
        self._unseen_rarity = float(np.log1p(len(texts)))
        self._holders = scipy.sparse.csr_matrix(held.T)
        """Shape (features, clauses): one question touches only the rows of its own wording."""

    def _features_of(self, text: str) -> NDArray[np.int32]:
        """The places of the text's wording, in the vocabulary from now on."""
        grams = dict.fromkeys(_wording(text))
        return np.array([self._vocabulary.setdefault(gram, len(self._vocabulary)) for gram in grams], dtype=np.int32)

    def coverage(self, text: str) -> NDArray[np.float32]:
        """The share, 0 to 1, of the question's wording by rarity that each clause holds, shape (clauses,)."""
        grams = set(_wording(text))
        known = [self._vocabulary[gram] for gram in grams if gram in self._vocabulary]
        rarity = self._rarity[known]
        total = rarity.sum() + self._unseen_rarity * (len(grams) - len(known))
        if total == 0:
            return np.zeros(self._holders.shape[1], dtype=np.float32)
        held: NDArray[np.float32] = rarity @ self._holders[known] / total
        return held


def _wording(text: str) -> list[str]:
    """Runs of two and three characters, and words; single characters are everywhere and tell little."""
    grams = [gram for gram in character_grams(text) if " " in gram]
    return grams + [f"word {word}" for word in words(text) if len(word) > 1]
