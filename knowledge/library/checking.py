"""Proves that a document's answers say nothing its clauses do not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.language.numerals import stated_numbers
from knowledge.library.documents import Clause, Document
from knowledge.library.numbering import split_document
from knowledge.library.vocabulary import QUOTED, quoted_names
from knowledge.yaml_files import line_of, read_yaml

LONGEST_PLAIN = 120
LONGEST_EASY = 25
LONGEST_SPOKEN = 80
LONGEST_ASPECT = 60
MOST_SPOKEN_SENTENCES = 2

_SENTENCE_END = re.compile(r"[。！？!?]")
_SYMBOLS = re.compile(r"[（）()“”《》「」/〔〕\[\]<>]")
# A sum, a multiple of one, or something that is paid, lent or spared: an amount answers “多少钱”, not “多少人”.
_MONEY = re.compile(r"[元倍费税奖金]|工资|补贴|补助|津贴|减免|贷款")
_OF_THE_LISTENER = ("你在", "你已", "你就")


Place = tuple[str | int, ...]
"""Where something stands in an entry of clauses.yml, e.g. ("easy", 2)."""

_COMPLAINTS = {
    "missing": "is empty; write what it is",
    "number": "the number {said} is not in the clause; take it out or quote the clause's own",
    "name": "the name “{said}” is not in the clause; use its own words",
    "another": "“{said}” belongs to another clause; take it out",
    "department": "{said} ({official}) is not among the clause's departments; take it out",
    "fact": "the fact “{said}” is not in the clause letter by letter",
    "no_department": "the department {said} is not in the clause",
    "long": "{length} characters; at most {most}",
    "no_easy": "no easy-words version; write short sentences with one fact each",
    "long_easy": "{length} characters; at most {most}, one fact each",
    "sentences": "more than {most} sentences",
    "symbols": "holds brackets or quotation marks, which nobody can hear",
    "no_money": "the amount speaks of no money; move it to count or conditions",
    "listener": "“{said}” says of the listener what nobody knows; say whom it is for",
}


class Complaint:
    """What is wrong with a text: a kind and what to put in its sentence, in whatever language that is."""

    def __init__(self, kind: str, **values: object) -> None:
        self.kind = kind
        """One of _COMPLAINTS."""
        self.values = values

    def __str__(self) -> str:
        return _COMPLAINTS[self.kind].format(**self.values)


@dataclass(frozen=True)
class Problem:
    """One thing a person has to mend."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def check_document(document: Document) -> list[Problem]:
    """Everything in clauses.yml that its source does not bear out, or that is too long; [] where all is well."""
    path = document.folder / "clauses.yml"
    place = {entry["id"].strip(): index for index, entry in enumerate(read_yaml(path))}
    problems = [*_check_source(document)]
    for clause in document.clauses:
        for key, text in clause_problems(document, clause):
            problems.append(Problem(path, line_of(path, place[clause.id], *key), f"clause {clause.id}: {text}"))
    return problems


def _check_source(document: Document) -> Iterator[Problem]:
    """Every line of the source from the first clause on is in a clause or is a heading of one."""
    split = split_document(document.source)
    quoted = {line for clause in document.clauses for line in clause.quote.splitlines()}
    headings = {heading for clause in document.clauses for heading in clause.headings}
    begins = min(passage.line for passage in split.passages)
    for number, line in enumerate(document.source.splitlines(), 1):
        stripped = line.strip()
        if number < begins or not stripped:
            continue
        if not any(stripped.endswith(each) for each in quoted) and not any(each in stripped for each in headings):
            yield Problem(
                document.folder / "source.txt", number, "this line is in no clause; number it or join it to one"
            )


def clause_problems(document: Document, clause: Clause) -> Iterator[tuple[Place, Complaint]]:
    """Everything `clause` says of `document` that its source does not bear out, with its place in the entry."""
    yield from _lengths(clause)
    yield from _wording(clause)
    yield from _beyond_the_quote(document, clause)
    for index, (name, value) in enumerate(clause.facts):
        for part in (name, value):
            if part not in clause.quote:
                yield ("facts", index), Complaint("fact", said=part)
    for index, department in enumerate(clause.departments):
        if department not in clause.quote:
            yield ("departments", index), Complaint("no_department", said=department)


def _beyond_the_quote(document: Document, clause: Clause) -> Iterator[tuple[Place, Complaint]]:
    """Numbers, names and departments that are said and that the clause's own words do not have."""
    # Two characters in quotation marks are as often a common word as a name.
    names = sorted(name for name in quoted_names(document) if len(name) > 2)
    numbers = stated_numbers(clause.quote)
    for key, text in _sayings(clause):
        for number in sorted(stated_numbers(text) - numbers):
            yield key, Complaint("number", said=number)
        for name in QUOTED.findall(text):
            if name not in clause.quote and name not in names:
                yield key, Complaint("name", said=name)
        for name in names:
            if name in text and name not in clause.quote:
                yield key, Complaint("another", said=name)
        for said, official in _departments_said(document.departments, text):
            if official not in clause.departments and said not in clause.quote:
                yield key, Complaint("department", said=said, official=official)


def _lengths(clause: Clause) -> Iterator[tuple[Place, Complaint]]:
    if len(clause.plain) > LONGEST_PLAIN:
        yield ("plain",), Complaint("long", length=len(clause.plain), most=LONGEST_PLAIN)
    if not clause.easy:
        yield ("easy",), Complaint("no_easy")
    for index, sentence in enumerate(clause.easy):
        if len(sentence) > LONGEST_EASY and not clause.draft:
            yield ("easy", index), Complaint("long_easy", length=len(sentence), most=LONGEST_EASY)
    if len(clause.spoken) > LONGEST_SPOKEN:
        yield ("spoken",), Complaint("long", length=len(clause.spoken), most=LONGEST_SPOKEN)
    if len(_SENTENCE_END.findall(clause.spoken)) > MOST_SPOKEN_SENTENCES:
        yield ("spoken",), Complaint("sentences", most=MOST_SPOKEN_SENTENCES)
    if _SYMBOLS.search(clause.spoken) and not clause.draft:
        yield ("spoken",), Complaint("symbols")
    for name, text in (*clause.aspects.items(), ("next_step", clause.next_step)):
        if len(text) > LONGEST_ASPECT:
            key: tuple[str, ...] = (name,) if name == "next_step" else ("aspects", name)
            yield key, Complaint("long", length=len(text), most=LONGEST_ASPECT)


def _wording(clause: Clause) -> Iterator[tuple[Place, Complaint]]:
    if "amount" in clause.aspects and not _MONEY.search(clause.aspects["amount"]):
        yield ("aspects", "amount"), Complaint("no_money")
    for index, sentence in enumerate(clause.easy):
        if sentence.startswith(_OF_THE_LISTENER):
            yield ("easy", index), Complaint("listener", said=sentence[:2])


def _sayings(clause: Clause) -> Iterator[tuple[Place, str]]:
    """Every text a person may hear about the clause, with its place in the entry."""
    yield ("title",), clause.title
    yield ("plain",), clause.plain
    yield ("spoken",), clause.spoken
    yield ("next_step",), clause.next_step
    for index, sentence in enumerate(clause.easy):
        yield ("easy", index), sentence
    for index, group in enumerate(clause.audience):
        yield ("audience", index), group
    for name, text in clause.aspects.items():
        yield ("aspects", name), text


def _departments_said(departments: Mapping[str, tuple[str, ...]], text: str) -> Iterator[tuple[str, str]]:
    for official, aliases in departments.items():
        for said in (official, *aliases):
            if said in text:
                yield said, official
                break
