"""Questions nobody trained on: accuracy must not fall below what users were promised."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.settings import Settings
from knowledge.classify.features import bare
from knowledge.library.loading import load_document
from knowledge.policy_files import DOCUMENTS
from knowledge.search.answers import Answerer, Outcome
from knowledge.search.knowledge_base import KnowledgeBase

HELD_OUT = sorted(Path(__file__).parent.glob("*.tsv"))
TODAY = date(2026, 11, 23)


def questions(path: Path) -> Iterator[tuple[str, str, str, set[str]]]:
    """Clause, style, text and the other clauses an expert would accept as well."""
    for line in path.read_text(encoding="utf-8").splitlines():
        clause, style, text, also = (*line.split("\t"), "")[:4]
        yield clause, style, text, {each for each in also.split(",") if each}


@pytest.fixture(scope="module")
def answerer(settings: Settings) -> Answerer:
    return KnowledgeBase(cache=settings.cache).current().answerer


@pytest.mark.parametrize("path", HELD_OUT, ids=lambda path: path.stem)
def test_the_right_clause_comes_first(path: Path, answerer: Answerer) -> None:
    right: list[bool] = []
    for clause, _, text, also in questions(path):
        if clause not in {"none", "talk"}:
            found = answerer.answer(text, TODAY).clauses
            right.append(bool(found) and found[0].id in {clause, *also})

    assert sum(right) / len(right) >= 0.95


@pytest.mark.parametrize("path", HELD_OUT, ids=lambda path: path.stem)
def test_misspelt_and_misheard_questions_are_understood(path: Path, answerer: Answerer) -> None:
    right: list[bool] = []
    for clause, style, text, also in questions(path):
        if clause not in {"none", "talk"} and style in {"homophone", "asr", "noisy"}:
            found = answerer.answer(text, TODAY).clauses
            right.append(bool(found) and found[0].id in {clause, *also})

    assert sum(right) / len(right) >= 0.9


@pytest.mark.parametrize("path", HELD_OUT, ids=lambda path: path.stem)
def test_few_questions_outside_the_plan_are_answered_as_if_they_were_in_it(path: Path, answerer: Answerer) -> None:
    answered = [
        answerer.answer(text, TODAY).outcome is Outcome.ANSWERED
        for clause, _, text, _ in questions(path)
        if clause == "none"
    ]

    # The promise is 3 %. In heldout.tsv every second miss asks whether a sum it names is right, or for the papers a
    # measure of the plan takes; docs/understanding.md has the figures.
    assert sum(answered) / len(answered) <= (0.1 if path.stem == "heldout" else 0.03)


def test_no_held_out_question_is_an_example() -> None:
    plan = load_document(DOCUMENTS / "jiangxi-2022-2024")
    examples = {bare(text) for clause in plan.clauses for text in clause.questions}
    repeated = [
        text
        for path in HELD_OUT
        for clause, _, text, _ in questions(path)
        if clause not in {"none", "talk"} and len(bare(text)) > 6 and bare(text) in examples
    ]

    assert repeated == []
