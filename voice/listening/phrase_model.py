"""How people speak of the documents' subject, and what they most likely said when it was heard almost right.

A noisy channel: of everything that sounds like what was heard, what is said most often in the subject's own sentences
and in Chinese at large. A word changes only where that is much likelier than what was heard.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import jieba

from knowledge.language.phonetics import sounds

_CHINESE = re.compile(r"[一-龥]+")
_PIECES = re.compile(r"[一-龥]|[^一-龥\s]+")
_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿幺洞")
_LONGEST = 8
"""Characters of a word."""
_INITIAL = re.compile("[bpmfdtlgkhjqxzcsrwy]?")

# Tuned on spoken training questions that were kept out of the counts (benchmarks/hearing.py measures others).
_AFTER, _ALONE, _AT_LARGE = 0.5, 0.35, 0.15
"""How much the subject's pairs of words, its words, and Chinese at large count for."""
_SAME_SOUND = 3.5
"""Log probability lost by each character that sounds as heard and is written otherwise."""
_HALF_SOUND = 8.0
"""And by each whose initial or final is another, too."""
_KNOWN = 3.0
"""Lost besides, where what was heard is made of words that Chinese has."""
_AS_RECOGNISED = 12.0
"""How much the recogniser's own log probability of each character counts for."""
_EACH_CHARACTER = 12.0
"""What a character brings in: of two that are nearly as long, the shorter would win otherwise."""
_FAR_BEHIND = 0.1
"""How much less likely a transcript is to the recogniser (mean log probability) than its best, not to count at all."""
_TOO_SHORT = 0.85
"""Of the best one's length: whatever is shorter lacks a part of what was said, and is not the likelier for that."""
_TERM = 5
"""Times a term counts as said, though no sentence has it."""


@dataclass(frozen=True)
class Edge:
    """A word between two places of what was heard."""

    end: int
    word: str
    lost: float
    """Log probability, 0 or less, of hearing what was heard where this was said."""


@dataclass(frozen=True)
class Reading:
    """What was most likely said."""

    text: str = field(repr=False)
    likelihood: float
    """Log probability, to compare readings of one utterance with."""


class PhraseModel:
    """Counts of words and pairs of words. Building one takes a second or two; reading with it, milliseconds."""

    def __init__(
        self, sentences: Iterable[str], terms: Collection[str] = (), tokenizer: jieba.Tokenizer | None = None
    ) -> None:
        """`sentences` of the subject, names that it uses, and what cuts them into words and knows Chinese at large."""
        self._tokenizer = tokenizer or jieba.Tokenizer()
        self._tokenizer.initialize()
        self._said: Counter[str] = Counter(dict.fromkeys(terms, _TERM))
        self._pairs: dict[str, Counter[str]] = defaultdict(Counter)
        for sentence in sentences:
            for run in _CHINESE.findall(sentence):
                words = self._tokenizer.lcut(run)
                self._said.update(words)
                for first, second in pairwise(words):
                    self._pairs[first][second] += 1
        self._total = sum(self._said.values()) or 1
        self._at_large: Mapping[str, int] = self._tokenizer.FREQ
        self._alike = _by_sound(tuple(word for word, count in self._said.items() if len(word) > 1 and count > 1))

    def read(self, heard: str, expected: Collection[str] = ()) -> Reading:
        """The likeliest reading of one transcript; `expected` are words that count as the subject's for now."""
        alike = [self._alike, *([_by_sound(tuple(expected))] if expected else [])]
        pieces = _PIECES.findall(heard)
        edges = self._edges(pieces, alike)
        # The best way to each place and last word: its likelihood and the word before.
        best: list[dict[str, tuple[float, str, int]]] = [{} for _ in range(len(pieces) + 1)]
        best[0][""] = (0.0, "", 0)
        for start in range(len(pieces)):
            for before, (likelihood, _, _) in best[start].items():
                for edge in edges[start]:
                    found = likelihood + edge.lost + self._log(edge.word, before)
                    known = best[edge.end].get(edge.word)
                    if known is None or found > known[0]:
                        best[edge.end][edge.word] = (found, before, start)
        return _traced(best)

    def likeliest(self, heard: Sequence[tuple[str, float]], expected: Collection[str] = ()) -> Reading:
        """The likeliest reading of several transcripts of one utterance, with their mean log probabilities."""
        found = []
        best, most = max(heard, key=lambda each: each[1])
        for text, score in heard:
            if score >= most - _FAR_BEHIND and len(text) >= _TOO_SHORT * len(best):
                reading = self.read(text, expected)
                sound = (_AS_RECOGNISED * score + _EACH_CHARACTER) * len(text)
                found.append(Reading(reading.text, reading.likelihood + sound))
        return max(found, key=lambda reading: reading.likelihood)

    def _edges(
        self, pieces: Sequence[str], alike: Sequence[Mapping[tuple[str, ...], Collection[str]]]
    ) -> list[list[Edge]]:
        folded = (
            sounds("".join(pieces))
            if all(_CHINESE.fullmatch(piece) for piece in pieces)
            else [sounds(piece)[0] if _CHINESE.fullmatch(piece) else "" for piece in pieces]
        )
        known = self._known(pieces)
        edges: list[list[Edge]] = []
        for start, piece in enumerate(pieces):
            here = [Edge(start + 1, piece, 0.0)]
            for end in range(start + 2, min(len(pieces), start + _LONGEST) + 1):
                if not all(folded[start:end]):
                    break
                heard = "".join(pieces[start:end])
                if self._at_large.get(heard) or heard in self._said:
                    here.append(Edge(end, heard, 0.0))
                lost = _KNOWN if all(known[start:end]) else 0.0
                if not _NUMERALS.issuperset(heard):
                    here += _sounding_like(heard, folded[start:end], end, alike, lost)
            edges.append(here)
        return edges

    def _known(self, pieces: Sequence[str]) -> list[bool]:
        """Which pieces stand in a word of two characters or more."""
        known: list[bool] = []
        for word in self._tokenizer.lcut("".join(pieces), HMM=False):
            count = len(_PIECES.findall(word))
            known += [count > 1 and word in self._at_large] * count
        return known

    def _log(self, word: str, before: str) -> float:
        after = self._pairs.get(before)
        pair = after[word] / self._said[before] if after and self._said[before] else 0.0
        at_large = max(self._at_large.get(word, 0), 0.5) / self._tokenizer.total
        return math.log(_AFTER * pair + _ALONE * self._said[word] / self._total + _AT_LARGE * at_large)


def _sounding_like(
    heard: str,
    folded: Sequence[str],
    end: int,
    alike: Sequence[Mapping[tuple[str, ...], Collection[str]]],
    lost: float,
) -> Iterator[Edge]:
    told = {heard}
    for place, key in _keys(folded):
        for words in alike:
            for word in words.get(key, ()):
                if word not in told:
                    told.add(word)
                    changed = sum(ours != theirs for ours, theirs in zip(word, heard, strict=True))
                    half = _HALF_SOUND if place is not None else 0.0
                    yield Edge(end, word, -(changed * _SAME_SOUND + half + lost))


@lru_cache(maxsize=64)
def _by_sound(words: tuple[str, ...]) -> Mapping[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for word in words:
        if 1 < len(word) <= _LONGEST and _CHINESE.fullmatch(word):
            for _, key in _keys(sounds(word)):
                found[key].append(word)
    return found


def _keys(folded: Sequence[str]) -> Iterator[tuple[int | None, tuple[str, ...]]]:
    """The sound itself, then with one syllable's initial or final left open."""
    yield None, tuple(folded)
    for place, syllable in enumerate(folded):
        initial = _INITIAL.match(syllable)
        length = initial.end() if initial else 0
        for rest in (syllable[:length] + "*", "*" + syllable[length:]):
            yield place, (*folded[:place], rest, *folded[place + 1 :])


def _traced(best: Sequence[dict[str, tuple[float, str, int]]]) -> Reading:
    place = len(best) - 1
    word, (likelihood, before, start) = max(best[place].items(), key=lambda item: item[1][0])
    words = []
    while place:
        words.append(word)
        place, word = start, before
        _, before, start = best[place][word]
    return Reading("".join(reversed(words)), likelihood)
