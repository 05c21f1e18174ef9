"""Learns to notice somebody in danger, and what they say afterwards, and keeps what was learnt."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.commands.learning import learn_commands
from knowledge.crisis.afterwards import Afterwards, AfterwardsReader
from knowledge.crisis.care import CareReader
from knowledge.crisis.reading import HARD, CrisisReader
from knowledge.crisis.speaker import NEITHER, SpeakerReader
from knowledge.intent_examples import harmless_sentences
from knowledge.learning import example_questions, example_statements
from knowledge.learnt_cache import digest, kept
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
AFTERWARDS, THEMES, SPEAKERS = _HERE / "afterwards.yml", _HERE / "themes.yml", _HERE / "speakers.yml"
_PRACTICAL = ("want", "plain")
_EACH = 32
_CODE = tuple(_HERE / name for name in ("afterwards.py", "learning.py", "reading.py", "speaker.py"))
_SHARED = tuple(_HERE.parent / name for name in ("meaning.py", "said_and_meant.py"))


def learn_care(cache: Path | None) -> CareReader:
    """The reader of dangers; what was learnt of the same examples is taken from the folder `cache`, where there is one.

    Raises DocumentError, with file and line, where the examples cannot be read.
    """
    crisis, afterwards, speakers = kept(cache, care_file(), _learn)
    return CareReader(crisis, afterwards, learn_commands(cache), speakers)


def care_file() -> str:
    """Where in the cache is what was learnt of the examples as they are now."""
    files = (*sorted(EXAMPLES.glob("*.yml")), *EVERYDAY, AFTERWARDS, THEMES, SPEAKERS, *_CODE, *_SHARED)
    texts = [path.read_text(encoding="utf-8") for path in files]
    return f"care-{digest([*texts, *harmless_sentences()])}.joblib"


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
