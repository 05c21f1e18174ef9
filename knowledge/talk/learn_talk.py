"""Learns what people ask about us, and keeps what was learnt."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from knowledge.classify.intent_examples import intent_examples
from knowledge.classify.learnt_cache import digest, load_or_learn
from knowledge.facts.example_statements import example_statements
from knowledge.search.example_questions import example_questions
from knowledge.search.meaning_index import MeaningIndex
from knowledge.talk.about_us import DOUBT, AboutUsReader, TalkReader
from knowledge.yaml_files import read_yaml

ABOUT_US = Path(__file__).parent / "about_us.yml"
_OTHER = "other"
"""How the examples name what is none of the topics."""
_QUESTIONS, _STATEMENTS, _INTENTS = "questions", "statements", "intents"
_MOST = {DOUBT: 500, _QUESTIONS: 1_500, _STATEMENTS: 500, _INTENTS: 600}
"""Sentences that are known by their meaning, of each kind."""
_EACH = 8
"""Of what has nothing to do with it, one sentence in so many is enough."""


def learn_talk(cache: Path | None) -> TalkReader:
    """The reader; what was learnt before of the same examples is taken from the folder `cache`, where there is one.

    Raises DocumentError, with file and line, where the examples cannot be read.
    """
    return load_or_learn(cache, talk_file(), _learn)


def talk_file() -> str:
    """Where in the cache is what was learnt of the examples as they are now."""
    return f"talk-{digest(__file__, (f'{intent} {text}' for intent, text in intent_examples()))}.joblib"


def topics() -> Mapping[str, Sequence[str]]:
    """Questions about us by what they ask."""
    return {name: questions for name, questions in read_yaml(ABOUT_US).items() if name != _OTHER}


def _learn() -> TalkReader:
    questions, statements = list(example_questions()), list(example_statements())
    intents = list(intent_examples())
    others = [*read_yaml(ABOUT_US)[_OTHER], *questions[::_EACH], *(text for _, text in intents[::4])]
    said = {
        DOUBT: [text for intent, text in intents if intent == DOUBT],
        _QUESTIONS: questions,
        _STATEMENTS: statements,
        _INTENTS: [text for intent, text in intents if intent != DOUBT],
    }
    return TalkReader(AboutUsReader(topics(), others), MeaningIndex(said, _MOST))
