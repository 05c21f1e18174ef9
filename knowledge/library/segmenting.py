"""Cuts Chinese text into words."""

from functools import lru_cache

import jieba

from knowledge.library.loading import load_library
from knowledge.library.vocabulary import names


@lru_cache(maxsize=1)
def segmenter() -> jieba.Tokenizer:
    """A jieba tokenizer of our own that keeps the shipped documents' names whole.

    The user dictionary of `jieba.cut` is process-global, so it is left alone. Loading takes most of a second.
    """
    tokenizer = jieba.Tokenizer()
    for word in names(load_library()):
        tokenizer.add_word(word)
    return tokenizer
