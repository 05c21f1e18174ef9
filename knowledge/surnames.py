"""Chinese surnames, by which a name is told from other words."""

from functools import lru_cache
from pathlib import Path

from knowledge.yaml_files import read_yaml

_SURNAMES = Path(__file__).parent / "surnames.yml"


def has_surname(word: str) -> bool:
    """Whether `word` begins as a full Chinese name does and goes on after its surname."""
    single, double = surnames()
    return (len(word) > 2 and word[:2] in double) or (len(word) > 1 and word[0] in single)


@lru_cache(maxsize=1)
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Those of one character and those of two."""
    written = read_yaml(_SURNAMES)
    return frozenset("".join(written["single"].split())), frozenset(written["double"])
