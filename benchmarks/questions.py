"""The held-out questions: written by people who had not seen the examples the search learns from."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import BenchmarkError
from knowledge.policy_files import NOT_COVERED
from knowledge.yaml_files import read_yaml

NONE, TALK = "none", "talk"
"""What stands for a clause where no clause answers, and where nothing about the plan is asked."""


@dataclass(frozen=True)
class Question:
    """One line of a set."""

    set: str
    """The name of its file."""
    clause: str
    """The clause that answers, `none` or `talk`."""
    style: str
    text: str
    also: frozenset[str] = frozenset()
    """Clauses that answer as well; of a question that no clause answers, the nearest."""

    @property
    def covered(self) -> bool:
        return self.clause not in {NONE, TALK}

    def is_right(self, clause: str | None) -> bool:
        """Whether `clause` is one that a reader of the plan would give."""
        return clause == self.clause or clause in self.also


def read_questions(folder: Path) -> list[Question]:
    """Every set in `folder`, in order. Raises BenchmarkError where there is none or a line is no question."""
    paths = sorted(folder.glob("*.tsv"))
    if not paths:
        raise BenchmarkError(f"{folder} holds no *.tsv; name the folder of the questions with --questions")
    return [question for path in paths for question in _read(path)]


def set_names(questions: Sequence[Question]) -> list[str]:
    """The sets the questions are from."""
    return list(dict.fromkeys(question.set for question in questions))


def _read(path: Path) -> Sequence[Question]:
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if len(cells) not in {3, 4}:
            raise BenchmarkError(f"{path}:{number}: expected clause, style, question and also, a tab between them")
        clause, style, text, *also = cells
        nearby = frozenset(each.strip() for each in also[0].split(",") if each.strip()) if also else frozenset()
        questions.append(Question(path.stem, clause, style, text, nearby))
    return questions


def read_not_covered() -> list[str]:
    """The examples of questions that no document answers, which the search learns from."""
    examples: list[str] = read_yaml(NOT_COVERED)
    return examples
