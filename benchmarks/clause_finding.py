"""Which way finds the right clause most often: the table of docs/understanding.md."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.calibration import calibrate
from benchmarks.diet import QUESTIONS, diet
from benchmarks.figures import Figure, Report, Table, percent
from benchmarks.options import Options
from benchmarks.questions import SETS, Question, read_questions
from benchmarks.ways import Way, ways, with_few_questions
from knowledge.documents import Clause
from knowledge.loading import SHIPPED, load_library

_LEAST = 95


@dataclass(frozen=True)
class Outcome:
    """How a way did."""

    name: str
    learning: float
    """Seconds."""
    asking: float
    """Milliseconds a question."""
    right: dict[tuple[str, str], float]
    """Percent by set and style."""


def measure(options: Options) -> Report:
    """Lets every way find the clause of the same questions, out of scope left aside; with `--calibrate`, see there."""
    clauses = list(load_library((SHIPPED,)).clauses)
    if options.calibrate:
        return calibrate(clauses)
    questions = [question for question in read_questions(options.questions) if question.covered]
    compared = [*ways(), *([with_few_questions(QUESTIONS), diet()] if options.diet else [])]
    outcomes = []
    for way in compared:
        print(f"  {way.name} …", file=sys.stderr, flush=True)
        outcomes.append(_outcome(way, clauses, questions))
    table = _table(outcomes, questions)
    print(table.markdown())
    in_use = next(outcome for outcome in outcomes if "in use" in outcome.name)
    figures = [Figure(f"{name}: the way in use", in_use.right[name, "all"], "%", at_least=_LEAST) for name in SETS]
    note = (
        f"{len(questions)} questions in scope; % whose likeliest clause is right, whatever the way says of being sure"
    )
    return Report(tuple(figures), (table,), (note,))


def _outcome(way: Way, clauses: Sequence[Clause], questions: Sequence[Question]) -> Outcome:
    started = time.perf_counter()
    find = way.learn(clauses)
    find(questions[0].text)
    learning = time.perf_counter() - started
    started = time.perf_counter()
    right = [question.is_right(find(question.text)) for question in questions]
    asking = 1000 * (time.perf_counter() - started) / len(questions)
    shares = {}
    for group in _groups(questions):
        hits = [hit for hit, question in zip(right, questions, strict=True) if group in _groups([question])]
        shares[group] = percent(sum(hits), len(hits))
    return Outcome(way.name, learning, asking, shares)


def _groups(questions: Sequence[Question]) -> list[tuple[str, str]]:
    """Each set as a whole, then by style."""
    groups = [(q.set, style) for q in questions for style in ("all", q.style)]
    return sorted(dict.fromkeys(groups), key=lambda group: (SETS.index(group[0]), group[1] != "all"))


def _table(outcomes: Sequence[Outcome], questions: Sequence[Question]) -> Table:
    groups = _groups(questions)
    best = {group: max(outcome.right[group] for outcome in outcomes) for group in groups}
    rows = []
    for outcome in outcomes:
        shares = (outcome.right[group] for group in groups)
        marked = (
            f"**{share:.0f}**" if share == best[group] else f"{share:.0f}"
            for share, group in zip(shares, groups, strict=True)
        )
        rows.append((outcome.name, *marked, f"{outcome.learning:.1f}", f"{outcome.asking:.1f}"))
    columns = ("way", *(f"{name} {style}" for name, style in groups), "s to learn", "ms to ask")
    return Table("", columns, tuple(rows))
