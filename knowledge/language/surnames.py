"""Chinese surnames, by which a name is told from other words."""

from functools import lru_cache
from pathlib import Path

import jieba

from knowledge.yaml_files import read_yaml

_SURNAMES = Path(__file__).parent / "surnames.yml"
_PERSON = "nr"
"""How jieba's dictionary tags names of persons."""


@lru_cache(maxsize=1)
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Those of one character and those of two."""
    written = read_yaml(_SURNAMES)
    return frozenset("".join(written["single"].split())), frozenset(written["double"])


@lru_cache(maxsize=1)
def transliterated() -> frozenset[str]:
    """Characters that names of other languages are written with."""
    return frozenset(read_yaml(_SURNAMES)["transliterated"])


def surname_of(name: str) -> str:
    """The surname that `name` begins with; "" where it begins with none or is nothing else."""
    single, double = surnames()
    if len(name) > 2 and name[:2] in double:
        return name[:2]
    return name[:1] if len(name) > 1 and name[0] in single else ""


@lru_cache(maxsize=1)
def words_but_names() -> frozenset[str]:
    """Words of jieba's dictionary that begin as a name does and are none: 马上, 高中, 应该."""
    single, double = surnames()
    with jieba.get_dict_file() as lines:
        entries = [line.decode("utf-8").split() for line in lines]
    return frozenset(
        word
        for word, _, tag in entries
        if len(word) <= 4
        and word not in double
        and not tag.startswith(_PERSON)
        and (word[0] in single or word[:2] in double)
    )
