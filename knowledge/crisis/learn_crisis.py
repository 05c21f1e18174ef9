"""Learns to notice somebody in danger, and what they say afterwards, and keeps what was learnt."""

from pathlib import Path

from knowledge.classify.intent_examples import harmless_sentences
from knowledge.classify.learnt_cache import digest, load_or_learn
from knowledge.crisis.afterwards import Afterwards, AfterwardsReader
from knowledge.crisis.crisis_reader import HARD, CrisisReader
from knowledge.crisis.danger_examples import everyday, read_examples
from knowledge.crisis.speaker import NEITHER, SpeakerReader
from knowledge.facts.example_statements import example_statements
from knowledge.search.example_questions import example_questions
from knowledge.yaml_files import read_yaml

_HERE = Path(__file__).parent
AFTERWARDS, THEMES, SPEAKERS = _HERE / "afterwards.yml", _HERE / "themes.yml", _HERE / "speakers.yml"
_PRACTICAL = ("want", "plain")
_EACH = 32


def learn_crisis(cache: Path | None) -> tuple[CrisisReader, AfterwardsReader, SpeakerReader]:
    """The readers of dangers, of what is said afterwards and of who speaks; what was learnt of the same examples is
    taken from the folder `cache`, where there is one.

    Raises DocumentError, with file and line, where the examples cannot be read.
    """
    return load_or_learn(cache, care_file(), _learn)


def care_file() -> str:
    """Where in the cache is what was learnt of the examples as they are now."""
    return f"care-{digest(__file__, harmless_sentences())}.joblib"


def _learn() -> tuple[CrisisReader, AfterwardsReader, SpeakerReader]:
    examples = read_examples()
    questions, statements = list(example_questions()), list(example_statements())
    crisis = CrisisReader(examples, read_yaml(THEMES), [*questions, *statements, *everyday(), *harmless_sentences()])
    afterwards: dict[str, list[str]] = {name: list(texts) for name, texts in read_yaml(AFTERWARDS).items()}
    # A few of each are enough; more would drown what people say just then.
    afterwards[Afterwards.STAY.value] += examples[HARD][::_EACH]
    practical = [text for name in _PRACTICAL for text in examples[name][::_EACH]] + questions[:: 3 * _EACH]
    speakers = dict(read_yaml(SPEAKERS))
    # 我儿子能领补贴吗 tells of nobody in danger, and so of no one's part in it.
    speakers[NEITHER] = [*speakers[NEITHER], *practical]
    return crisis, AfterwardsReader(afterwards, practical), SpeakerReader(speakers, crisis)
