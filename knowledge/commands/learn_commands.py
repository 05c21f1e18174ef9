"""Learns what is wholly a command, and keeps what was learnt."""

from pathlib import Path

from knowledge.classify.intent_examples import harmless_sentences
from knowledge.classify.learnt_cache import digest, load_or_learn
from knowledge.commands.command_examples import ANSWERS, BY_OTHERS, COMMANDS
from knowledge.commands.command_reader import CommandReader
from knowledge.facts.example_statements import example_registrations, example_statements
from knowledge.search.example_questions import example_questions
from knowledge.yaml_files import read_yaml

_CONSENT = Path(__file__).parent.parent / "consent/examples.yml"
_MAY_COMMAND = frozenset({"no", "unclear"})
_EACH = 3
"""Of what people ask, which is no command, one in so many is enough."""


def learn_commands(cache: Path | None) -> CommandReader:
    """The reader; what was learnt before of the same examples is taken from the folder `cache`, where there is one.

    Raises DocumentError, with file and line, where the examples cannot be read.
    """
    return load_or_learn(cache, commands_file(), _learn)


def commands_file() -> str:
    """Where in the cache is what was learnt of the examples as they are now."""
    return f"commands-{digest(__file__, harmless_sentences())}.joblib"


def _learn() -> CommandReader:
    # 那登记吧 has much in common with 那不登记了. What is no and what is neither may be a command: 算了, 不晓得.
    agreed = [text for label, texts in read_yaml(_CONSENT).items() if label not in _MAY_COMMAND for text in texts]
    others = [
        *[*example_questions()][::_EACH],
        *example_statements(),
        *example_registrations(),
        *harmless_sentences(),
        *agreed,
    ]
    by_others = read_yaml(BY_OTHERS)
    commands = {name: [*texts, *by_others.get(name, ())] for name, texts in read_yaml(COMMANDS).items()}
    commands |= {name: texts for name, texts in by_others.items() if name not in commands}
    return CommandReader(commands, read_yaml(ANSWERS), others)
