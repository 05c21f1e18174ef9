"""Which places a text names: ours, or somewhere else."""

import re
from functools import lru_cache
from pathlib import Path

from knowledge.yaml_files import read_yaml

_PLACES = Path(__file__).parent / "places.yml"
ELSEWHERE = "外省"
"""What every place outside Jiangxi is written as, for understanding."""


def with_elsewhere_alike(text: str) -> str:
    """`text` with every place outside Jiangxi written as 外省, so that examples about one teach about all."""
    return _elsewhere().sub(ELSEWHERE, text)


@lru_cache(maxsize=1)
def _elsewhere() -> re.Pattern[str]:
    places = read_yaml(_PLACES)
    names = [name for kind in ("provinces", "regions", "cities", "countries") for name in places[kind]]
    longest_first = sorted(names, key=len, reverse=True)
    # The kind of place goes with its name, and so does a province before its city: 广东省深圳市.
    return re.compile(f"(?:(?:{'|'.join(longest_first)})(?:省|市|自治区|自治州|特区)?)+")
