"""What to say to a caller about a clause: from the greeting to what must not be promised."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypedDict

from knowledge.language.writing import LIST, written_date
from knowledge.library.documents import Clause, Document, Status
from knowledge.yaml_files import read_yaml

_BEFORE, _AFTER = 120, 80
"""Characters of the document shown before and after what is cited."""
_MARKED_ABSENT = ("amount", "conditions", "apply", "when")
"""What callers want to be promised; where a clause does not state it, staff are told so."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the source text."""

    text: str
    kind: str
    """"around" what is cited, "cited", or "fact" within it."""


@dataclass(frozen=True)
class Script:
    """Everything about one clause, in the order in which it is said."""

    greeting: str
    plain: str
    easy: tuple[str, ...]
    """Sentences with one fact each."""
    detailed: tuple[tuple[str, str], ...]
    """Of what it speaks ("amount", "conditions" …; "" for the whole) and what the clause says of it."""
    source_said: str
    """Where it stands and whether that is in force, to be said with the answer."""
    next_step: str
    closing: str
    facts: tuple[tuple[str, str], ...]
    """Names and numbers; the number is "" for a bare name."""
    departments: tuple[str, ...]
    source: tuple[Piece, ...]
    cautions: tuple[str, ...]
    """What not to promise, and why."""


def script_for(document: Document, clause: Clause, day: date) -> Script:
    """The script for `clause` of `document` on `day`."""
    words, values = _words(), _values(document, clause)
    status = document.status_on(day)
    return Script(
        greeting=words["greeting"],
        plain=clause.plain,
        easy=clause.easy,
        detailed=(("", clause.plain), *((aspect, text) for aspect, text in clause.aspects.items() if text)),
        source_said=words["source"][status.value].format_map(values),
        next_step=clause.next_step or words["no_next_step"],
        closing=words["closing"].format(spoken=clause.spoken),
        facts=clause.facts,
        departments=clause.departments,
        source=tuple(_marked(document, clause)),
        cautions=tuple(_cautions(document, clause, status, values)),
    )


def _values(document: Document, clause: Clause) -> Mapping[str, str]:
    named = [f"{each.title}（{each.number}）" if each.number else each.title for each in document.successors]
    return {
        "document": document.title,
        "number": document.number,
        "issuer": document.issuer,
        "place": clause.place or clause.id,
        "from": written_date(document.in_force_from),
        "until": written_date(document.in_force_until) if document.in_force_until else "",
        "successors": LIST.join(named),
    }


def _cautions(document: Document, clause: Clause, status: Status, values: Mapping[str, str]) -> Iterator[str]:
    told = _words()["cautions"]
    if status is not Status.IN_FORCE:
        yield told[status.value].format_map(values)
    if any(not each.text_available for each in document.successors):
        yield told["successor_missing"]
    if clause.draft:
        # Nobody has written down yet what it states.
        yield told["draft"]
    else:
        yield from (told[f"no_{aspect}"] for aspect in _MARKED_ABSENT if not clause.aspects.get(aspect))
    for hedge in _words()["hedges"]:
        word = next((word for word in hedge["words"] if word in clause.quote), None)
        if word is not None:
            yield hedge["say"].format(word=word)


def _marked(document: Document, clause: Clause) -> Iterator[Piece]:
    """The source text around the clause, with the clause and its facts marked."""
    start = document.source.find(clause.quote)
    end = start + len(clause.quote)
    if start > 0:
        yield Piece(document.source[max(0, start - _BEFORE) : start], "around")
    place = 0
    for at, text in _places(clause.quote, [value for _, value in clause.facts if value]):
        if at > place:
            yield Piece(clause.quote[place:at], "cited")
        yield Piece(text, "fact")
        place = at + len(text)
    if place < len(clause.quote):
        yield Piece(clause.quote[place:], "cited")
    if start >= 0 and document.source[end : end + _AFTER]:
        yield Piece(document.source[end : end + _AFTER], "around")


def _places(quote: str, values: Sequence[str]) -> Sequence[tuple[int, str]]:
    """Where each of `values` stands first in `quote`, in order and none within another."""
    found: list[tuple[int, str]] = []
    # The longest first: 每人每年3倍 is marked whole and not its 3倍 alone.
    for value in sorted(set(values), key=len, reverse=True):
        at = quote.find(value)
        if at >= 0 and all(at + len(value) <= other or at >= other + len(text) for other, text in found):
            found.append((at, value))
    return sorted(found)


class _Hedge(TypedDict):
    words: Sequence[str]
    say: str


class _Words(TypedDict):
    """The content of scripts.yml."""

    greeting: str
    source: Mapping[str, str]
    closing: str
    no_next_step: str
    cautions: Mapping[str, str]
    hedges: Sequence[_Hedge]


@cache
def _words() -> _Words:
    words: _Words = read_yaml(Path(__file__).with_name("scripts.yml"))
    return words
