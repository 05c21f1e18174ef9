"""Which method finds the right clause most often: the table of docs/understanding.md."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.calibration import calibrate
from benchmarks.diet import QUESTIONS, diet
from benchmarks.figures import Figure, Report, Table, percent
from benchmarks.options import Options
from benchmarks.questions import Question, read_questions, set_names
from benchmarks.search_methods import IN_USE, SearchMethod, search_methods, with_few_questions
from knowledge.library.documents import Clause
from knowledge.library.loading import load_library
from knowledge.policy_files import DOCUMENTS

_LEAST = 95


@dataclass(frozen=True)
class Outcome:
    """How a method did."""

    name: str
    learning: float
    """Seconds."""
    asking: float
    """Milliseconds a question."""
    right: dict[tuple[str, str], float]
    """Percent by set and style."""


def measure(options: Options) -> Report:
    """Lets every method find the clause of the same questions, out of scope left aside; `--calibrate`: see there."""
    clauses = list(load_library((DOCUMENTS,)).clauses)
    if options.calibrate:
        return calibrate(clauses)
    questions = [question for question in read_questions(options.questions) if question.covered]
    compared = [*search_methods(), *([with_few_questions(QUESTIONS), diet()] if options.diet else [])]
    outcomes = []
    for method in compared:
        print(f"  {method.name} …", file=sys.stderr, flush=True)
        outcomes.append(_outcome(method, clauses, questions))
    in_use = next(outcome for outcome in outcomes if outcome.name == IN_USE)
    names = set_names(questions)
    figures = [Figure(f"{name}: the way in use", in_use.right[name, "all"], "%", at_least=_LEAST) for name in names]
    notes = (f"{len(questions)} questions in scope; % whose likeliest clause is right, however sure the way is of it",)
    return Report(tuple(figures), tuple(_table(name, outcomes) for name in names), notes)


def _outcome(method: SearchMethod, clauses: Sequence[Clause], questions: Sequence[Question]) -> Outcome:
    started = time.perf_counter()
    find = method.learn(clauses)
    find(questions[0].text)
    learning = time.perf_counter() - started
    started = time.perf_counter()
    right = [question.is_right(find(question.text)) for question in questions]
    asking = 1000 * (time.perf_counter() - started) / len(questions)
    shares = {}
    for group in _groups(questions):
        hits = [hit for hit, question in zip(right, questions, strict=True) if group in _groups([question])]
        shares[group] = percent(sum(hits), len(hits))
    return Outcome(method.name, learning, asking, shares)


def _groups(questions: Sequence[Question]) -> list[tuple[str, str]]:
    """Each set as a whole, then by style."""
    groups = [(question.set, style) for question in questions for style in ("all", question.style)]
    return list(dict.fromkeys(groups))


def _table(name: str, outcomes: Sequence[Outcome]) -> Table:
    styles = [group for group in outcomes[0].right if group[0] == name]
    best = {style: max(outcome.right[style] for outcome in outcomes) for style in styles}
    rows = []
    for outcome in outcomes:
        shares = [(f"{outcome.right[each]:.1f}", outcome.right[each] == best[each]) for each in styles]
        marked = (f"**{share}**" if is_best else share for share, is_best in shares)
        rows.append((outcome.name, *marked, f"{outcome.learning:.1f}", f"{outcome.asking:.1f}"))
    return Table(f"{name}, % right", ("way", *(style for _, style in styles), "s to learn", "ms to ask"), tuple(rows))
