"""Learns what is consent, and what people ask before they give it, and keeps what was learnt."""

from pathlib import Path

from knowledge.classify.intent_examples import small_talk
from knowledge.classify.learnt_cache import digest, load_or_learn
from knowledge.consent.consent_reader import ConsentReader, TopicReader
from knowledge.crisis.crisis_reader import NO_DANGER
from knowledge.crisis.danger_examples import read_examples
from knowledge.search.example_questions import example_questions
from knowledge.yaml_files import read_yaml

_HERE = Path(__file__).parent
EXAMPLES, TOPICS = _HERE / "examples.yml", _HERE / "topics.yml"
_EACH = 8
"""Of what has nothing to do with it, one sentence in so many is enough; more would weigh down what has."""


def learn_consent(cache: Path | None) -> tuple[ConsentReader, TopicReader]:
    """Both readers; what was learnt before of the same examples is taken from the folder `cache`, where there is one.
    Raises DocumentError, with file and line, where the examples cannot be read.
    """
    return load_or_learn(cache, consent_file(), _learn)


def consent_file() -> str:
    """Where in the cache is what was learnt of the examples as they are now."""
    return f"consent-{digest(__file__, small_talk())}.joblib"


def _learn() -> tuple[ConsentReader, TopicReader]:
    examples = read_examples()
    others = [text for name in NO_DANGER if name != "idiom" for text in examples[name]][::_EACH]
    questions = list(example_questions())[::_EACH]
    return ConsentReader(read_yaml(EXAMPLES), [*others, *small_talk()]), TopicReader(read_yaml(TOPICS), questions)
