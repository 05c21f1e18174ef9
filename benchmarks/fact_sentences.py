"""Sentences nobody trained on, with what they state, and how right what is taken from them is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.figures import BenchmarkError
from bot.settings import PROJECT
from dialogue.journeys.calculators import WORKED_OUT
from dialogue.take_facts import is_sure
from knowledge.classify.features import bare
from knowledge.facts.annotated_examples import read_examples, slots
from knowledge.facts.fact_reader import FactReader

SENTENCES = PROJECT / "tests" / "nlu" / "facts"
ON = date(2026, 11, 25)
"""The day on which the sentences are said: it is what 去年三月 counts from."""
OPEN = "?"
"""The value of a number or date that is stated and leaves open which: 几十个, 2月31号, 去年正月."""
FREE = "-"


@dataclass(frozen=True)
class Sentence:
    """One line of a set."""

    set: str
    """The name of its file."""
    asked: str | None
    """The slot that had just been asked for; None where it is said freely."""
    text: str
    stated: Mapping[str, str]

    @property
    def of_journey(self) -> frozenset[str]:
        """The slots of the journey that takes most of it; without one, every slot."""
        named = {*self.stated, *([self.asked] if self.asked else [])}
        likeliest = max((set(journey.slots) for journey in WORKED_OUT), key=lambda taken: len(taken & named))
        return frozenset(likeliest if likeliest & named else slots())


@dataclass(frozen=True)
class Taken:
    """A sentence and what a form would take from it."""

    sentence: Sentence
    values: Mapping[str, str]
    seen: bool
    """True where the reader learnt from the very same words under the same question."""

    def right(self, slot: str) -> bool:
        """Whether what is stated for `slot` was taken as it was stated."""
        return self.values.get(slot) == self.sentence.stated[slot]

    @property
    def invented(self) -> frozenset[str]:
        """Slots that the journey it belongs to takes, and that were not stated."""
        return (frozenset(self.values) & self.sentence.of_journey) - frozenset(self.sentence.stated)


def read_sentences(folder: Path = SENTENCES) -> list[Sentence]:
    """Every set in `folder`, in order. Raises BenchmarkError where there is none or a line names no slot of ours."""
    found = [
        _sentence(path, number, line)
        for path in sorted(folder.glob("*.tsv"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]
    if not found:
        raise BenchmarkError(
            f"{folder} holds no *.tsv; it needs lines of: slot asked for or {FREE}, text, slot=value,…"
        )
    return found


def take(reader: FactReader, sentences: Sequence[Sentence]) -> list[Taken]:
    """What a form takes: the answer to its question, and beside it what leaves no doubt."""
    examples = {(each.asked, bare(each.text)) for each in read_examples()}
    taken = []
    for sentence in sentences:
        facts = reader.read(sentence.text, ON, sentence.asked)
        counted = {
            slot: fact.value or OPEN for slot, fact in facts.items() if slot == sentence.asked or is_sure(slot, fact)
        }
        taken.append(Taken(sentence, counted, (sentence.asked, bare(sentence.text)) in examples))
    return taken


def _sentence(path: Path, number: int, line: str) -> Sentence:
    asked, text, stated = (*line.split("\t"), "")[:3]
    values = dict(each.partition("=")[::2] for each in stated.split(",") if each)
    unknown = {*values, asked} - {*slots(), FREE}
    if unknown:
        raise BenchmarkError(f"{path}:{number}: no slot is called {', '.join(sorted(unknown))}")
    return Sentence(path.stem, None if asked == FREE else asked, text, values)
