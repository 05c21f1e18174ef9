"""The features of an answer or statement: what is counted in it to tell what it states."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import scipy.sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from knowledge.classify.features import bare, words
from knowledge.language.phonetics import sounds

_LONGEST_GRAM = 4
_LEFT, _RIGHT = 10, 8
"""Characters beside an amount that tell what it counts."""
_SENTENCES_AT_HAND = 256
"""The clauses of a long story, whole and apart, are read again for each question it may answer."""
_SHORT = 6
"""Characters of an answer that is hardly more than the value."""


class AnswerFeatures:
    """Lists of features to sparse rows of length one, all features of a row with the same weight.

    Not weighted by rarity, unlike `Features`: what nearly everybody says, such as 没有, decides here.
    """

    def __init__(self, min_count: int = 1) -> None:
        """`min_count`: in how many sentences a feature has to occur to be kept."""
        self._vectorizer = CountVectorizer(analyzer=list, binary=True, min_df=min_count, dtype=float)

    def fit_transform(self, features: Sequence[Sequence[str]]) -> scipy.sparse.csr_matrix:
        """Rows of shape (sentences, features), having learnt which features there are."""
        return normalize(self._vectorizer.fit_transform(features).tocsr())

    def transform(self, features: Sequence[Sequence[str]]) -> scipy.sparse.csr_matrix:
        """Rows of shape (sentences, features) of the features there are."""
        return normalize(self._vectorizer.transform(features).tocsr())

    def row(self, features: Sequence[str]) -> scipy.sparse.csr_matrix:
        """The row of one sentence, shape (1, features)."""
        vocabulary = self._vectorizer.vocabulary_
        indices = sorted({vocabulary[feature] for feature in features if feature in vocabulary})
        weight = len(indices) ** -0.5 if indices else 0.0
        return scipy.sparse.csr_matrix(
            ([weight] * len(indices), indices, [0, len(indices)]), shape=(1, len(vocabulary))
        )


# Each slot's classifier asks for the features of the same sentence.
@lru_cache(maxsize=_SENTENCES_AT_HAND)
def sentence_features(text: str, is_answer: bool) -> tuple[str, ...]:
    """Features of a whole sentence: runs of characters, of syllables, and words; those of an answer count apart."""
    plain = bare(text)
    found = list(_grams(plain, "c:"))
    found += _grams(sounds(plain), "s:")
    found += (f"w:{word}" for word in words(text))
    if is_answer:
        found += [f"A{feature}" for feature in found]
        found += [
            f"A=len{min(len(plain), 12)}",
            f"A=starts:{plain[:1]}",
            f"A=starts:{plain[:2]}",
            f"A=ends:{plain[-2:]}",
        ]
        if len(plain) <= _SHORT:
            found.append(f"A=all:{plain}")
    return tuple(found)


def _grams(units: Sequence[str], prefix: str) -> Iterator[str]:
    for length in range(1, _LONGEST_GRAM + 1):
        for start in range(len(units) - length + 1):
            yield prefix + "".join(units[start : start + length])


@lru_cache(maxsize=_SENTENCES_AT_HAND)
def _distinct_words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words(text)))


def number_features(
    text: str, start: int, end: int, measure: str, value: str, place: int, asked: str | None
) -> list[str]:
    """Features of an amount or date that stands at [start, end): what is said before and after it, how large it is, and
    what was asked. `place`: which of the sentence's amounts it is, from 0."""
    left, right = text[max(0, start - _LEFT) : start], text[end : end + _RIGHT]
    found = [f"m:{measure}", f"i:{place}", f"v:{value}", f"m:{measure}|v:{value}"]
    found += [f"l:{left[-length:]}" for length in range(1, 6) if len(left) >= length]
    found += [f"r:{right[:length]}" for length in range(1, 6) if len(right) >= length]
    found += (f"L:{feature}" for feature in _grams(left, ""))
    found += (f"R:{feature}" for feature in _grams(right, ""))
    found += (f"S:{word}" for word in _distinct_words(text))
    alone = len(bare(text)) - (end - start) <= 3
    found.append(f"alone:{alone}")
    answering = [f"a:{asked}|alone:{alone}", f"a:{asked}|i:{place}", f"a:{asked}|m:{measure}"]
    answering += [f"a:{asked}|l:{left[-length:]}" for length in (1, 2) if len(left) >= length]
    return [*found, f"a:{asked}", *answering]
