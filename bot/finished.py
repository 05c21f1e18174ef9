"""Whether somebody says they are finished here, so that nothing they said is left for the next person."""

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
