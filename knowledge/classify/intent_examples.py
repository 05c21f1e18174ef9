"""The sentences of each intent (nlu_data/), for whatever else learns from them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from knowledge.yaml_files import read_yaml

_FILES = Path(__file__).parents[2] / "nlu_data"
_ENTITY = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
_MOODS = frozenset({"feeling"})
"""Intents of whoever tells how they are, some of whom are in danger."""
_YES_OR_NO = frozenset({"affirm", "deny"})


def intent_examples() -> Iterator[tuple[str, str]]:
    """Every example with its intent, without marks of entities."""
    for path in sorted(_FILES.glob("*/nlu.yml")):
        for entry in read_yaml(path)["nlu"]:
            for line in entry["examples"].splitlines():
                yield entry["intent"], _ENTITY.sub(r"\1", line.removeprefix("- ").strip())


@cache
def harmless_sentences() -> tuple[str, ...]:
    """What people say to us of this and that, in which nobody is in danger."""
    return tuple(text for intent, text in intent_examples() if intent not in _MOODS)


@cache
def small_talk() -> tuple[str, ...]:
    """What people say to us of this and that, and which answers no question with yes or no."""
    return tuple(text for intent, text in intent_examples() if intent not in _MOODS | _YES_OR_NO)
