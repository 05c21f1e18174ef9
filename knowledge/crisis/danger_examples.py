"""What people say in danger, in misery, and of neither, as examples."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.yaml_files import read_yaml

_HERE = Path(__file__).parent
EXAMPLES = _HERE / "examples"
EVERYDAY = tuple(
    _HERE.parent / name
    for name in (
        "commands/commands.yml",
        "commands/commands_by_others.yml",
        "commands/answers.yml",
        "consent/examples.yml",
    )
)


def read_examples() -> Mapping[str, Sequence[str]]:
    """Sentences by the values of Kind and the names of NO_DANGER."""
    found: dict[str, list[str]] = {}
    for path in sorted(EXAMPLES.glob("*.yml")):
        for label, sentences in read_yaml(path).items():
            found.setdefault(label, []).extend(sentences)
    return found


def everyday() -> Iterator[str]:
    """What people say to a form and of consent, short words most of all: 不用了 is no farewell to life."""
    for path in EVERYDAY:
        for sentences in read_yaml(path).values():
            yield from sentences
