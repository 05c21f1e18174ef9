"""What is counted in a text to tell what it is about: characters, sounds and words."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import jieba
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.loading import load_library
from knowledge.phonetics import sounds
from knowledge.places import with_elsewhere_alike
from knowledge.vocabulary import names
from knowledge.writing import normalised

_NO_WORD = re.compile(r"[^\w%]+")
_LONGEST_GRAM = 3


@lru_cache(maxsize=1)
def segmenter() -> jieba.Tokenizer:
    """A jieba tokenizer of our own that keeps the shipped documents' names whole.

    The user dictionary of `jieba.cut` is process-global, so it is left alone. Loading takes most of a second.
    """
    tokenizer = jieba.Tokenizer()
    for word in names(load_library()):
        tokenizer.add_word(word)
    return tokenizer


def bare(text: str) -> str:
    """`text` in normal form without punctuation and spaces, places elsewhere all alike."""
    return with_elsewhere_alike(_NO_WORD.sub("", normalised(text)).lower())


def character_grams(text: str) -> list[str]:
    """Runs of one to three characters."""
    return _grams(bare(text))


def sound_grams(text: str) -> list[str]:
    """Runs of one to three accent-folded syllables."""
    return _grams(sounds(bare(text)))


def words(text: str) -> list[str]:
    """Words as jieba cuts them."""
    return segmenter().lcut(bare(text))


def _grams(units: Sequence[str]) -> list[str]:
    return [
        " ".join(units[start : start + length])
        for length in range(1, _LONGEST_GRAM + 1)
        for start in range(len(units) - length + 1)
    ]


class Features:
    """Texts to sparse rows: TF-IDF of characters, sounds and words, each of length one, side by side."""

    def __init__(
        self,
        analysers: Sequence[Callable[[str], list[str]]] = (character_grams, sound_grams, words),
        min_count: int = 1,
    ) -> None:
        """`min_count`: in how many texts a feature has to occur to be kept."""
        self._vectorizers = [TfidfVectorizer(analyzer=each, sublinear_tf=True, min_df=min_count) for each in analysers]

    def fit_transform(self, texts: Iterable[str]) -> scipy.sparse.csr_matrix:
        """Rows for `texts`, shape (texts, features), having learnt what is rare from them."""
        texts = list(texts)
        return scipy.sparse.hstack([each.fit_transform(texts) for each in self._vectorizers]).tocsr()

    def transform(self, texts: Iterable[str]) -> scipy.sparse.csr_matrix:
        """Rows for `texts`, shape (texts, features)."""
        texts = list(texts)
        return scipy.sparse.hstack([each.transform(texts) for each in self._vectorizers]).tocsr()
