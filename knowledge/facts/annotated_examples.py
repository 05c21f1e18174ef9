"""Reads the examples that facts are learnt from: sentences with what they state marked in place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.facts.plain_answers import KINDS
from knowledge.language.writing import normalised
from knowledge.yaml_files import line_of, read_yaml

EXAMPLES = Path(__file__).parent / "examples"
SLOTS = Path(__file__).parent / "slots.yml"
SAID_FREELY = "any"
"""The key of sentences that answer no question of ours."""
AT_EVERY_QUESTION = "every"
"""The key of sentences that state nothing, whatever was asked: commands, questions, small talk."""
_MARKED = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")


class FactError(KnowledgeError):
    """An example or a slot cannot be used; the text says which, where and what next."""


@dataclass(frozen=True)
class Slot:
    """One thing that can be stated."""

    name: str
    kind: str
    """"number", "date", "choice", and in a registration "name", "phone", "place", "year", "words" or
    "case_number"; a "title" only names what is told."""
    title: str
    """What people call it: 职工总数."""
    unit: str
    """人, 元 … or "" """
    values: Mapping[str, str]
    """What each choice is called."""
    said: Mapping[str, str]
    """What a choice is called when we say it back, where that is something else: 您自己是残疾人."""
    called: tuple[str, ...]
    """Words by which people name it: 刚才的职工人数说错了."""
    learnt: bool
    """Whether its choices are learnt from examples."""
    plain: Mapping[str, Mapping[bool, str]]
    """What a plain yes and no state, for each kind of them that answers it: 没有 to 是第一次吗 is a yes."""

    def is_named_in(self, text: str) -> bool:
        """Whether `text` (in normal form) names it."""
        return any(word in text for word in self.called)


@dataclass(frozen=True)
class Marked:
    """Words of a sentence with what they state."""

    start: int
    end: int
    stated: Mapping[str, str | None]
    """Slot → value; None where the words themselves are the value, a number or a date."""


@dataclass(frozen=True)
class Example:
    """A sentence and what it states."""

    asked: str | None
    """The slot that had just been asked for; None for a sentence said freely."""
    text: str
    marked: tuple[Marked, ...]

    def value_of(self, slot: str) -> str | None:
        """The choice stated for `slot`, None where there is none."""
        return next((each.stated[slot] for each in self.marked if slot in each.stated), None)


@lru_cache(maxsize=1)
def slots() -> Mapping[str, Slot]:
    """Every slot by its name, from slots.yml."""
    return {
        name: Slot(
            name,
            entry["kind"],
            entry["title"],
            entry.get("unit", ""),
            entry.get("values", {}),
            entry.get("said", {}),
            tuple(entry["called"]),
            entry["kind"] == "choice" and entry.get("learnt", True),
            {kind: _plain(kind, turned) for kind, turned in entry.get("plain", {}).items()},
        )
        for name, entry in read_yaml(SLOTS).items()
    }


def _plain(kind: str, meaning: str) -> Mapping[bool, str]:
    """Raises FactError for a kind of yes and no, or a meaning, that there is not."""
    if kind not in KINDS or meaning not in {"as_said", "turned"}:
        raise FactError(f"{SLOTS}: plain {kind}: {meaning}; write {' or '.join(sorted(KINDS))}: as_said or turned")
    return {says: "yes" if says == (meaning == "as_said") else "no" for says in (True, False)}


def read_examples(folder: Path = EXAMPLES) -> list[Example]:
    """Every example in `folder`. Raises FactError with file and line for one that names no slot or value of ours."""
    found: list[Example] = []
    for path in sorted(folder.glob("*.yml")):
        for asked, sentences in read_yaml(path).items():
            for index, sentence in enumerate(sentences):
                try:
                    found += _examples(str(asked), str(sentence))
                except FactError as error:
                    raise FactError(f"{path}:{line_of(path, asked, index)}: {error}") from error
    return found


def _examples(asked: str, sentence: str) -> Iterable[Example]:
    if asked == AT_EVERY_QUESTION:
        return [_example(each, sentence) for each in (None, *slots())]
    return [_example(None if asked == SAID_FREELY else asked, sentence)]


def _example(asked: str | None, sentence: str) -> Example:
    """Raises FactError where the marks are not ours."""
    if asked is not None and asked not in slots():
        raise FactError(f"no slot is called {asked!r}; it must be one of {', '.join(slots())}")
    text, marked, place = "", [], 0
    for match in _MARKED.finditer(sentence):
        text = normalised(text + sentence[place : match.start()])
        start = len(text)
        text = normalised(text + match[1])
        marked.append(Marked(start, len(text), _stated(match[2])))
        place = match.end()
    text = normalised(text + sentence[place:])
    if re.search(r"[\[\]]", text):
        raise FactError(f"a bracket is left over in {sentence!r}; write [words](slot=value)")
    return Example(asked, text, tuple(marked))


def _stated(note: str) -> dict[str, str | None]:
    stated: dict[str, str | None] = {}
    for each in note.split(","):
        name, _, value = each.strip().partition("=")
        slot = slots().get(name)
        if slot is None:
            raise FactError(f"no slot is called {name!r}; it must be one of {', '.join(slots())}")
        if slot.kind == "choice" and value not in slot.values:
            raise FactError(f"{name} has no value {value!r}; it must be one of {', '.join(slot.values)}")
        stated[name] = value or None
    return stated
