"""Whether somebody says that they have finished here: then nothing they said is left for who comes next."""

import re
from functools import cache
from pathlib import Path

from knowledge.yaml_files import read_yaml

_MARKS = re.compile(r"[\W_]+")


def has_finished(text: str) -> bool:
    """Whether the whole of `text`, normalised, says so."""
    return _MARKS.sub("", text) in _wordings()


@cache
def _wordings() -> frozenset[str]:
    return frozenset(read_yaml(Path(__file__).with_suffix(".yml")))
