"""Learns what it sounds like when somebody wants to be registered."""

from pathlib import Path

from knowledge.classify.intent_examples import intent_examples
from knowledge.facts.example_statements import example_statements
from knowledge.language.writing import normalised
from knowledge.search.example_questions import example_questions
from knowledge.talk.wish_to_register import WISH, WishReader
from knowledge.yaml_files import read_yaml

WISHES = Path(__file__).parent / "wishes.yml"
_EACH_INTENT, _EACH_QUESTION, _EACH_STATEMENT = 4, 60, 40
"""Of what has nothing to do with it, one sentence in so many is enough."""


def learn_wishes() -> WishReader:
    """The reader. Raises DocumentError, with file and line, where the examples cannot be read."""
    examples = {name: [normalised(text) for text in texts] for name, texts in read_yaml(WISHES).items()}
    intents = [(intent, normalised(text)) for intent, text in intent_examples()]
    # 我想找工作 is an example of the intent too, and says nothing of being registered.
    registers = [text for intent, text in intents if intent == WISH and "登" in text]
    others = [text for intent, text in intents if intent != WISH][::_EACH_INTENT]
    others += [normalised(text) for text in [*example_questions()][::_EACH_QUESTION]]
    others += [normalised(text) for text in [*example_statements()][::_EACH_STATEMENT]]
    return WishReader({**examples, WISH: [*examples[WISH], *registers]}, others)
