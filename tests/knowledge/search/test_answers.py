"""From a question to an answer: found, one of several, or not in the documents."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from knowledge.library.documents import Clause, Document, Library
from knowledge.search.answers import Answer, Answerer, Outcome
from knowledge.search.aspects import AspectClassifier
from knowledge.search.search import ExampleClassifier, Findings, Match, Search

MakeClause = Callable[..., Clause]
MakeDocument = Callable[..., Document]
TODAY = date(2025, 6, 1)


class FoundBefore(Search):
    """A search that finds what it was given."""

    def __init__(self, findings: Findings, meant: bool | None = None) -> None:
        self._findings = findings
        self._meant = meant

    def find(self, question: str, day: date, most: int = 5) -> Findings:
        return self._findings

    def named(self, question: str) -> tuple[Clause, ...]:
        return ()

    def is_meant(self, clause: Clause, question: str) -> bool | None:
        return self._meant


class AskedBefore(AspectClassifier):
    """Tells every question's aspect as it was given."""

    def __init__(self, aspect: str | None, probability: float = 1.0) -> None:
        self._said = aspect, probability

    def classify(self, question: str) -> tuple[str | None, float]:
        return self._said


@pytest.fixture
def clauses(make_clause: MakeClause) -> tuple[Clause, ...]:
    aspects = {"amount": "每人300元。", "when": "每年三月。"}
    return tuple(make_clause(str(number), f"第{number}项措施。", aspects=aspects) for number in range(1, 6))


def decided(
    clauses: Sequence[Clause],
    probabilities: Sequence[float],
    asked: AskedBefore | None = None,
    meant: bool | None = None,
) -> Answer:
    """The answer where the clauses have these probabilities, the rest is not covered, and the question is `meant` as
    those of the first."""
    matches = tuple(Match(clause, p) for clause, p in zip(clauses, probabilities, strict=False))
    findings = Findings(matches, 1 - sum(probabilities))
    return Answerer(FoundBefore(findings, meant), asked or AskedBefore(None)).answer("残疾人", TODAY)


# Decisions -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("probabilities", "outcome", "told"),
    [
        pytest.param((0.95, 0.03), Outcome.ANSWERED, "1", id="sure of one clause"),
        pytest.param((0.7, 0.2, 0.1), Outcome.ANSWERED, "1", id="one clause well before the others"),
        pytest.param((0.5, 0.49), Outcome.CLARIFY, "12", id="two equally near"),
        pytest.param((0.34, 0.33, 0.32), Outcome.CLARIFY, "123", id="three equally near"),
        pytest.param((0.26, 0.25, 0.24, 0.24), Outcome.CLARIFY, "123", id="at most three to choose from"),
        pytest.param((0.4, 0.2, 0.05), Outcome.CLARIFY, "123", id="perhaps not covered"),
        pytest.param((0.5,), Outcome.CLARIFY, "1", id="perhaps this or not covered"),
        pytest.param((0.9, 0.04), Outcome.CLARIFY, "12", id="a small doubt is asked about"),
        pytest.param((0.05, 0.01), Outcome.NOT_COVERED, "1", id="surely not covered, one clause near"),
        pytest.param((0.01, 0.01, 0.01), Outcome.NOT_COVERED, "", id="surely not covered, none near"),
        pytest.param((), Outcome.NOT_COVERED, "", id="nothing found"),
    ],
)
def test_what_is_found_decides_the_outcome(
    clauses: tuple[Clause, ...], probabilities: tuple[float, ...], outcome: Outcome, told: str
) -> None:
    answer = decided(clauses, probabilities)

    assert (answer.outcome, "".join(clause.id for clause in answer.clauses)) == (outcome, told)


def test_a_sure_aspect_is_answered_with_what_the_clause_says_of_it(clauses: tuple[Clause, ...]) -> None:
    answer = decided(clauses, (0.99,), AskedBefore("amount", 0.9))

    assert answer == Answer(Outcome.ANSWERED, clauses[:1], "amount", "每人300元。")


def test_an_unsure_aspect_is_answered_with_the_whole_measure(clauses: tuple[Clause, ...]) -> None:
    answer = decided(clauses, (0.99,), AskedBefore("amount", 0.4))

    assert answer == Answer(Outcome.ANSWERED, clauses[:1], None, "")


# One clause ----------------------------------------------------------------------------------------------------------


def about(clause: Clause, aspect: str | None) -> Answer:
    return Answerer(FoundBefore(Findings((), 1.0)), AskedBefore(None)).about(clause, aspect)


@pytest.mark.parametrize(
    ("aspect", "outcome", "text"),
    [
        pytest.param("amount", Outcome.ANSWERED, "每人300元。", id="a stated amount"),
        pytest.param("when", Outcome.ANSWERED, "每年三月。", id="a stated time"),
        pytest.param("phone", Outcome.NOT_COVERED, "", id="a phone number that is not stated"),
        pytest.param("apply", Outcome.ANSWERED, "", id="a way to apply that is not stated"),
        pytest.param("who", Outcome.ANSWERED, "", id="who is in charge"),
        pytest.param(None, Outcome.ANSWERED, "", id="the whole measure"),
    ],
)
def test_an_aspect_of_a_clause(clauses: tuple[Clause, ...], aspect: str | None, outcome: Outcome, text: str) -> None:
    assert about(clauses[0], aspect) == Answer(outcome, (clauses[0],), aspect, text)


def test_an_amount_that_is_not_stated_is_not_covered(make_clause: MakeClause) -> None:
    clause = make_clause("1", "给予补贴。")

    assert about(clause, "amount") == Answer(Outcome.NOT_COVERED, (clause,), "amount")


# With a search and aspects that have learnt --------------------------------------------------------------------------


NOT_COVERED = ("今天天气怎么样", "讲个笑话", "足球比赛几点", "火车票怎么买", "月亮有多远", "西瓜多少钱一斤")
ASPECTS = {
    "general": ("介绍一下", "这是什么", "有什么政策"),
    "amount": ("多少钱", "给多少", "能拿几块钱"),
    "where": ("在哪里办", "地点在哪", "去哪里"),
}


@pytest.fixture
def answerer(make_clause: MakeClause, make_document: MakeDocument) -> Answerer:
    clauses = (
        make_clause("1", "残疾人参加培训，给予补贴。", questions=("学手艺", "去培训班有钱吗", "培训补贴")),
        make_clause("2", "残疾人开店，给予贷款。", questions=("开个小店", "开网店有贷款吗", "创业贷款")),
        make_clause("3", "鼓励医院设置盲人按摩岗位。", questions=("盲人推拿", "按摩岗位", "医院招盲人吗")),
    )
    search = Search(Library((make_document("xinghe", clauses),)), ExampleClassifier(clauses, NOT_COVERED))
    return Answerer(search, AspectClassifier(ASPECTS))


def test_a_question_like_those_of_a_clause_is_answered_with_it(answerer: Answerer) -> None:
    answer = answerer.answer("盲人按摩岗位", TODAY)

    assert (answer.outcome, [clause.id for clause in answer.clauses]) == (Outcome.ANSWERED, ["3"])


@pytest.mark.parametrize(
    ("probabilities", "meant", "outcome", "others"),
    [
        pytest.param((0.9, 0.04), True, Outcome.ANSWERED, "2", id="meaning settles a small doubt"),
        pytest.param((0.5, 0.49), True, Outcome.ANSWERED, "2", id="and which of two it is"),
        pytest.param((0.9, 0.04), False, Outcome.NOT_COVERED, "", id="what means something else is not answered"),
        pytest.param((0.5, 0.1), True, Outcome.NOT_COVERED, "", id="nor what is likely not covered"),
    ],
)
def test_where_wording_leaves_a_doubt_meaning_decides(
    clauses: tuple[Clause, ...], probabilities: Sequence[float], meant: bool, outcome: Outcome, others: str
) -> None:
    answer = decided(clauses, probabilities, meant=meant)

    assert (answer.outcome, "".join(clause.id for clause in answer.others)) == (outcome, others)
    assert answer.clauses == clauses[:1]
    assert answer.is_doubtful is (outcome is Outcome.NOT_COVERED)


def test_what_the_documents_surely_do_not_cover_is_in_no_doubt(clauses: tuple[Clause, ...]) -> None:
    assert not decided(clauses, (0.05, 0.01), meant=True).is_doubtful


@pytest.mark.parametrize(
    ("question", "shares", "told", "aspect", "expected"),
    [
        # The likeliest is what was told: asked of it, with a word that it may not say so.
        ("学历卡得严吗", [0.5, 0.1], 0, None, (Outcome.ANSWERED, "1", True)),
        # A few words that name nothing, and what they ask for.
        ("到哪里去寻", [0.2, 0.15], 3, "when", (Outcome.ANSWERED, "4", True)),
        ("什么时候", [0.2, 0.15], 3, "amount", (Outcome.ANSWERED, "4", True)),
        ("在哪里", [0.2, 0.15], 3, "phone", (Outcome.NOT_COVERED, "4", False)),
        # What plainly is about another clause, asks for nothing that is known, or is a whole sentence stands alone.
        ("残保金要交多少", [0.5, 0.1], 3, "when", (Outcome.NOT_COVERED, "1", True)),
        ("到哪里去寻", [0.2, 0.15], 3, None, (Outcome.NOT_COVERED, "1", True)),
        ("我隔壁邻居去年在城里住院了怎么办", [0.2, 0.15], 3, "when", (Outcome.NOT_COVERED, "1", True)),
        ("到哪里去寻", [0.2, 0.15], None, "when", (Outcome.NOT_COVERED, "1", True)),
    ],
)
def test_what_does_not_stand_alone_is_asked_of_what_was_told(
    clauses: tuple[Clause, ...],
    question: str,
    shares: Sequence[float],
    told: int | None,
    aspect: str | None,
    expected: tuple[Outcome, str, bool],
) -> None:
    matches = tuple(Match(clause, share * 0.6) for clause, share in zip(clauses, shares, strict=False))
    answerer = Answerer(FoundBefore(Findings(matches, 0.4), meant=False), AskedBefore(aspect))
    answer = answerer.answer_after(None if told is None else clauses[told], question, TODAY)

    assert (answer.outcome, answer.clauses[0].id, answer.is_doubtful) == expected


def test_two_clauses_that_say_the_same_are_there_to_choose_from(
    make_clause: MakeClause, make_document: MakeDocument
) -> None:
    said = "残疾人参加培训，给予补贴。"
    clauses = (make_clause("1", said), make_clause("2", said), make_clause("3", "鼓励医院设置盲人按摩岗位。"))
    search = Search(Library((make_document("xinghe", clauses),)), None)

    answer = Answerer(search, AspectClassifier(ASPECTS)).answer(said, TODAY)

    assert (answer.outcome, {clause.id for clause in answer.clauses[:2]}) == (Outcome.CLARIFY, {"1", "2"})


def test_a_word_that_many_clauses_hold_asks_for_none_of_them_in_particular(clauses: tuple[Clause, ...]) -> None:
    findings = Findings((Match(clauses[0], 0.99),), 0.01, holders=20)
    answerer = Answerer(FoundBefore(findings), AskedBefore(None))

    assert answerer.answer("培训", TODAY).outcome is Outcome.CLARIFY


def test_a_question_about_something_else_is_not_covered(answerer: Answerer) -> None:
    assert answerer.answer("明天天气怎么样", TODAY).outcome is Outcome.NOT_COVERED


def test_an_amount_is_not_answered_by_a_clause_without_one(answerer: Answerer) -> None:
    answer = answerer.answer("盲人按摩岗位给多少钱", TODAY)

    assert (answer.outcome, answer.aspect, answer.clauses[0].id) == (Outcome.NOT_COVERED, "amount", "3")
