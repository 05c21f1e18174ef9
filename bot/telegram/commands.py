"""The commands, deep links and words that mean something in Telegram alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.yaml_files import read_yaml

_FILE = Path(__file__).parent / "commands.yml"
FORGET = "telegram:forget"
"""What the button sends that deletes what was said."""


@dataclass(frozen=True)
class Commands:
    """What commands.yml says."""

    menu: Mapping[str, str]
    """Commands in the order of the menu, with what it says of them."""
    says: Mapping[str, str]
    """What a command says as if it had been typed, by its name."""
    links: Mapping[str, str]
    """What a link says, by its end."""
    notices_on: Collection[str]
    notices_off: Collection[str]


@lru_cache(maxsize=1)
def commands() -> Commands:
    return Commands(**read_yaml(_FILE))
