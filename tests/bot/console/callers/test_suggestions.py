"""What is offered while staff type."""

from datetime import date

import pytest

from bot.console.callers.suggestions import MOST, suggest, topics
from bot.settings import PROJECT
from knowledge.search.knowledge_base import Knowledge, KnowledgeBase

DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return KnowledgeBase(cache=PROJECT / "var" / "cache").current()


def found(knowledge: Knowledge, typed: str) -> list[str]:
    return [each.clause.id for each in suggest(knowledge, typed, DAY).clauses]


@pytest.mark.parametrize(
    ("typed", "clause"),
    [
        ("吃低保的人开店低保会不会停", "2.5.5"),
        ("企业多招残疾人有奖", "2.3.4"),
        ("盲人医疗按摩人员的职称", "2.8.1"),
        ("二(五)5", "2.5.5"),
        ("企業多招殘疾人有獎勵嗎", "2.3.4"),
    ],
)
def test_the_clause_that_is_meant_is_among_the_first_three(knowledge: Knowledge, typed: str, clause: str) -> None:
    assert clause in found(knowledge, typed)[:3]


@pytest.mark.parametrize("typed", ["", "  ", "？", "\x00", "。。。"])
def test_nothing_typed_finds_nothing(knowledge: Knowledge, typed: str) -> None:
    assert suggest(knowledge, typed, DAY).clauses == ()


@pytest.mark.parametrize("typed", ["低", "低保", "我想" * 5_000, "<script>alert(1)</script>", "12345"])
def test_whatever_is_typed_there_are_at_most_nine(knowledge: Knowledge, typed: str) -> None:
    assert len(found(knowledge, typed)) <= MOST


def test_what_the_documents_do_not_say_is_told_as_such(knowledge: Knowledge) -> None:
    assert suggest(knowledge, "广东省残疾人创业补贴有哪些", DAY).perhaps_not_covered
    assert not suggest(knowledge, "企业超比例安排残疾人就业奖励多少", DAY).perhaps_not_covered


def test_topics_are_clauses_that_are_still_there(knowledge: Knowledge) -> None:
    used = [("jiangxi-2022-2024", "2.5.5"), ("gone", "1"), ("jiangxi-2022-2024", "2.99")]

    assert [each.clause.id for each in topics(knowledge.library, used, DAY)] == ["2.5.5"]
