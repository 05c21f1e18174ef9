"""Which clauses speak to a question: by people's questions where there are any, else by the clause's own words."""

from collections.abc import Callable
from datetime import date

import pytest

from knowledge.library.documents import Clause, Document, Library
from knowledge.search.search import ExampleClassifier, Findings, Search
from knowledge.search.text_index import TextIndex

MakeClause = Callable[..., Clause]
MakeDocument = Callable[..., Document]
TODAY = date(2025, 6, 1)
TRAINING = "残疾人参加职业培训的，给予培训补贴。"
SHOP = "残疾人自主创业的，给予一次性创业补贴。"
MASSAGE = "鼓励医院设置盲人按摩岗位。"
QUESTIONS = {
    TRAINING: ("学手艺有补贴吗", "去培训班路费给报吗", "学电脑要交钱吗", "哪里可以学手艺"),
    SHOP: ("开店有钱拿吗", "我想开个小卖部", "创业贷款怎么贷", "自己当老板有扶持吗"),
    MASSAGE: ("盲人能去医院推拿吗", "眼睛看不见做什么工作", "按摩要考证吗", "推拿师傅怎么进医院"),
}
NOT_COVERED = ("今天天气怎么样", "讲个笑话", "足球比赛几点", "火车票怎么买", "月亮有多远", "西瓜多少钱一斤")


@pytest.fixture
def learnt(make_clause: MakeClause, make_document: MakeDocument) -> Document:
    """A document with questions that has ended; clauses 1, 2 and 3."""
    clauses = [
        make_clause(str(number), quote, document="learnt", questions=questions)
        for number, (quote, questions) in enumerate(QUESTIONS.items(), 1)
    ]
    return make_document("learnt", clauses, begins=date(2020, 1, 1), until=date(2022, 12, 31))


@pytest.fixture
def unlearnt(make_clause: MakeClause, make_document: MakeDocument) -> Callable[..., Document]:
    """A document of clauses without questions."""

    def make(document_id: str, *quotes: str, **dates: date | None) -> Document:
        clauses = [make_clause(str(number), quote, document=document_id) for number, quote in enumerate(quotes, 1)]
        return make_document(document_id, clauses, **dates)

    return make


def found(question: str, *documents: Document, most: int = 5) -> Findings:
    library = Library(documents)
    clauses = [clause for clause in library.clauses if clause.questions]
    classifier = ExampleClassifier(clauses, NOT_COVERED) if clauses else None
    return Search(library, classifier).find(question, TODAY, most)


def best(findings: Findings) -> tuple[str, str]:
    return findings.matches[0].clause.document, findings.matches[0].clause.id


# By questions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "clause"),
    [("我想学手艺", "1"), ("开个小店", "2"), ("盲人推拿", "3"), ("盲仁推那", "3"), (SHOP, "2")],
)
def test_a_clause_is_found_by_questions_like_its_own(learnt: Document, question: str, clause: str) -> None:
    assert best(found(question, learnt)) == ("learnt", clause)


@pytest.mark.parametrize("question", ["明天天气怎么样", "讲一个笑话", "西瓜几多钱一斤"])
def test_a_question_like_those_not_covered_is_not_covered(learnt: Document, question: str) -> None:
    assert found(question, learnt).not_covered > 0.9


def test_the_best_clause_comes_first_and_no_more_than_asked_for(learnt: Document) -> None:
    probabilities = [match.probability for match in found("培训", learnt, most=2).matches]

    assert len(probabilities) == 2
    assert probabilities == sorted(probabilities, reverse=True)


def test_a_clause_that_is_no_longer_at_hand_is_not_found(learnt: Document) -> None:
    classifier = ExampleClassifier(learnt.clauses, NOT_COVERED)

    assert Search(Library(()), classifier).find("我想学手艺", TODAY).matches == ()


def test_the_classifier_knows_every_clause_and_none_of_them(learnt: Document) -> None:
    classifier = ExampleClassifier(learnt.clauses, NOT_COVERED)

    assert classifier.keys == [("", ""), ("learnt", "1"), ("learnt", "2"), ("learnt", "3")]
    assert classifier.probabilities("我想学手艺").shape == (4,)


def test_a_library_whose_only_questions_are_of_one_clause_is_searched(learnt: Document) -> None:
    classifier = ExampleClassifier(learnt.clauses[:1], NOT_COVERED)

    assert best(Search(Library((learnt,)), classifier).find("我想学手艺", TODAY)) == ("learnt", "1")


# By the clause's own words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "clause"), [("参加职业培训有补贴吗", "1"), ("一次性创业补贴", "2"), ("盲人按摩岗位", "3")]
)
def test_a_document_without_questions_is_found_by_its_words(
    unlearnt: Callable[..., Document], question: str, clause: str
) -> None:
    findings = found(question, unlearnt("new", TRAINING, SHOP, MASSAGE))

    assert best(findings) == ("new", clause)
    assert findings.matches[0].probability > 0.5


def test_a_question_in_none_of_the_words_is_not_covered(unlearnt: Callable[..., Document]) -> None:
    assert found("讲个笑话", unlearnt("new", TRAINING, SHOP, MASSAGE)).not_covered > 0.9


def test_a_document_is_found_by_its_headings(make_clause: MakeClause, make_document: MakeDocument) -> None:
    clause = make_clause("1", "按规定办理。", headings=("残疾人公益性岗位",))
    other = make_clause("2", "按程序办理。", headings=("盲人按摩",))

    assert best(found("残疾人公益性岗位", make_document("xinghe", (other, clause)))) == ("xinghe", "1")


def test_a_library_without_documents_covers_nothing() -> None:
    assert found("我想学手艺") == Findings((), 1.0)


@pytest.mark.parametrize("question", ["", "？！", "a", "補貼", "残" * 1000])
@pytest.mark.parametrize("with_questions", [True, False])
def test_any_question_has_an_answer(
    learnt: Document, unlearnt: Callable[..., Document], question: str, with_questions: bool
) -> None:
    findings = found(question, learnt if with_questions else unlearnt("new", TRAINING, SHOP, MASSAGE))

    assert 0 <= findings.not_covered <= 1


def test_coverage_is_the_share_of_the_wording_a_clause_holds(make_clause: MakeClause) -> None:
    index = TextIndex([make_clause("1", TRAINING), make_clause("2", MASSAGE)])

    assert index.coverage(TRAINING)[0] == pytest.approx(1, abs=1e-5)
    assert index.coverage("盲人按摩")[1] > index.coverage("盲人按摩")[0] == 0
    assert index.coverage("").tolist() == [0, 0]


def test_an_index_that_knew_earlier_clauses_covers_as_one_made_anew(make_clause: MakeClause) -> None:
    training, massage, shop = (make_clause(str(n), quote) for n, quote in enumerate((TRAINING, MASSAGE, SHOP)))
    earlier = TextIndex([training, massage])
    before = earlier.coverage("创业培训补贴").tolist()
    later = TextIndex([shop, training], earlier)

    for question in ("创业培训补贴", "盲人按摩岗位", "职业培训", "月亮"):
        anew = TextIndex([shop, training]).coverage(question)
        assert later.coverage(question).tolist() == pytest.approx(anew.tolist(), abs=1e-6)
    assert earlier.coverage("创业培训补贴").tolist() == before


# A document without questions beside one with questions --------------------------------------------------------------


def test_a_new_document_is_found_by_what_only_it_says(learnt: Document, unlearnt: Callable[..., Document]) -> None:
    new = unlearnt("new", "星火工坊给予场地租金减免。", "明月计划给予交通费。", "晨露项目给予设备。")

    assert best(found("星火工坊场地租金减免", new, learnt)) == ("new", "1")


@pytest.mark.parametrize(("question", "clause"), [("参加职业培训的给予培训补贴", "1"), ("给予一次性创业补贴", "2")])
def test_a_new_document_in_force_beats_one_that_ended_where_both_hold_the_wording(
    learnt: Document, unlearnt: Callable[..., Document], question: str, clause: str
) -> None:
    assert best(found(question, learnt, unlearnt("new", TRAINING, SHOP))) == ("new", clause)


def test_a_new_document_that_has_ended_too_does_not_beat_one_with_questions(
    learnt: Document, unlearnt: Callable[..., Document]
) -> None:
    ended = unlearnt("ended", TRAINING, SHOP, begins=date(2019, 1, 1), until=date(2019, 12, 31))

    assert best(found("去培训班学手艺有补贴吗", ended, learnt)) == ("learnt", "1")


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_two_new_documents_the_one_in_force_beats_the_one_that_ended(
    unlearnt: Callable[..., Document], newest_first: bool
) -> None:
    current = unlearnt("current", TRAINING, SHOP)
    ended = unlearnt("ended", TRAINING, SHOP, begins=date(2020, 1, 1), until=date(2022, 12, 31))
    documents = (current, ended) if newest_first else (ended, current)

    first, second = found("参加职业培训的给予培训补贴", *documents).matches[:2]

    assert first.clause.document == "current"
    assert first.probability > second.probability


@pytest.mark.parametrize(
    "quotes", [("明月计划。",), (TRAINING, SHOP), ("甲。", "乙。", "丙。", "丁。", "戊。", "己。")]
)
@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize(("question", "clause"), [("我想学手艺", "1"), ("盲人推拿", "3")])
def test_a_new_document_takes_nothing_from_questions_that_only_the_examples_hold(
    learnt: Document,
    unlearnt: Callable[..., Document],
    question: str,
    clause: str,
    newest_first: bool,
    quotes: tuple[str, ...],
) -> None:
    new = unlearnt("new", *quotes)
    alone = found(question, learnt)
    together = found(question, *((new, learnt) if newest_first else (learnt, new)))

    assert best(together) == best(alone) == ("learnt", clause)
    assert together.matches[0].probability == pytest.approx(alone.matches[0].probability, abs=0.02)


@pytest.mark.parametrize("question", ["我想学手艺", "给予一次性创业补贴", "明天天气怎么样", "星火工坊"])
@pytest.mark.parametrize("with_new", [False, True])
def test_the_probabilities_of_all_clauses_and_of_none_add_up_to_one(
    learnt: Document, unlearnt: Callable[..., Document], question: str, with_new: bool
) -> None:
    documents = (unlearnt("new", TRAINING, "星火工坊。"), learnt) if with_new else (learnt,)
    findings = found(question, *documents, most=100)

    assert sum(match.probability for match in findings.matches) + findings.not_covered == pytest.approx(1, abs=1e-4)
