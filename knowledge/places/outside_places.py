"""Whether a question is about a place that our documents say nothing of."""

import re
from collections.abc import Iterable
from functools import lru_cache

from knowledge.library.segmenting import segmenter
from knowledge.policy_files import PLACES
from knowledge.yaml_files import read_yaml

ELSEWHERE = "外省"
"""What every place outside Jiangxi is written as, for understanding."""
_KIND = re.compile("(?<=..)(?:省|市|自治区|自治州|特区)$")
_REPEATED = re.compile(f"(?:{ELSEWHERE}(?:省|市|自治区|自治州|特区)?)+")
_CONTEXT = 8
_LONGEST_GRAM = 3
_BEGUN = 2
"""Characters; no name is shorter."""


def with_elsewhere_alike(text: str) -> str:
    """`text` with every place outside Jiangxi written as 外省, so that examples about one teach about all."""
    text = _regions().sub(ELSEWHERE, text)
    # Most texts are told by two characters, where each of hundreds of names would be looked for.
    begun = _begun_elsewhere()
    if not any(text[at : at + _BEGUN] in begun for at in range(len(text) - _BEGUN + 1)):
        return text
    elsewhere = names_elsewhere()
    # Word by word: 延安 is no place in 拖延安排, nor 西南 in 江西南昌.
    words = (ELSEWHERE if _KIND.sub("", word) in elsewhere else word for word in segmenter().cut(text))
    return _REPEATED.sub(ELSEWHERE, "".join(words))


def names_home(text: str) -> bool:
    """Whether `text` names Jiangxi or one of its cities."""
    return _home().search(text) is not None


@lru_cache(maxsize=1)
def _begun_elsewhere() -> frozenset[str]:
    return frozenset(name[:_BEGUN] for name in names_elsewhere())


@lru_cache(maxsize=1)
def names_elsewhere() -> frozenset[str]:
    """Provinces, cities and countries outside Jiangxi, without 省, 市 …"""
    places = read_yaml(PLACES)
    return frozenset(name for kind in ("provinces", "cities", "countries") for name in places[kind])


def context_of_elsewhere(text: str) -> tuple[str, ...]:
    """Runs of up to three characters on either side of each 外省 in `text`: what tells 在外省打工 from 外省的政策."""
    grams = ["names home"] if names_home(text) else []
    for match in re.finditer(ELSEWHERE, text):
        before = "^" + text[max(0, match.start() - _CONTEXT) : match.start()]
        after = text[match.end() : match.end() + _CONTEXT] + "$"
        grams += [f"before {gram}" for gram in _grams(before)] + [f"after {gram}" for gram in _grams(after)]
        grams += [f"next to {before[-length:]} {after[:length]}" for length in (1, 2)]
    return tuple(grams)


def _grams(text: str) -> Iterable[str]:
    for length in range(1, _LONGEST_GRAM + 1):
        for start in range(len(text) - length + 1):
            yield text[start : start + length]


@lru_cache(maxsize=1)
def _regions() -> re.Pattern[str]:
    return re.compile("|".join(read_yaml(PLACES)["regions"]))


@lru_cache(maxsize=1)
def _home() -> re.Pattern[str]:
    return re.compile("|".join(read_yaml(PLACES)["home"]))
