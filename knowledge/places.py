"""Whether a question is about a place that our documents say nothing of."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from knowledge.yaml_files import read_yaml

_PLACES = Path(__file__).parent / "places.yml"
ELSEWHERE = "外省"
"""What every place outside Jiangxi is written as, for understanding."""
_CONTEXT = 8
_LONGEST_GRAM = 3


def with_elsewhere_alike(text: str) -> str:
    """`text` with every place outside Jiangxi written as 外省, so that examples about one teach about all."""
    return _elsewhere().sub(ELSEWHERE, text)


def names_home(text: str) -> bool:
    """Whether `text` names Jiangxi or one of its cities."""
    return _home().search(text) is not None


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
def _elsewhere() -> re.Pattern[str]:
    places = read_yaml(_PLACES)
    names = [name for kind in ("provinces", "regions", "cities", "countries") for name in places[kind]]
    longest_first = sorted(names, key=len, reverse=True)
    # The kind of place goes with its name, and so does a province before its city: 广东省深圳市.
    return re.compile(f"(?:(?:{'|'.join(longest_first)})(?:省|市|自治区|自治州|特区)?)+")


@lru_cache(maxsize=1)
def _home() -> re.Pattern[str]:
    return re.compile("|".join(read_yaml(_PLACES)["home"]))
