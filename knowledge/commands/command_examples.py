"""What people say to end, skip, repeat or hand over, as examples."""

from collections.abc import Iterator
from pathlib import Path

from knowledge.yaml_files import read_yaml

_HERE = Path(__file__).parent
COMMANDS, BY_OTHERS, ANSWERS = _HERE / "commands.yml", _HERE / "commands_by_others.yml", _HERE / "answers.yml"


def example_commands() -> Iterator[tuple[str, str]]:
    """Every example that is one of an intent too, with the name of its command."""
    for name, texts in read_yaml(COMMANDS).items():
        for text in texts:
            yield name, text
