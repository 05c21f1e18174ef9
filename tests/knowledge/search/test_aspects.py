"""What exactly a question asks of a measure."""

import pytest

from knowledge.search.aspects import AspectClassifier

EXAMPLES = {
    "general": ("介绍一下这个政策", "这个政策是什么", "讲讲这个政策"),
    "amount": ("补贴多少钱", "能拿多少钱", "给多少钱"),
    "where": ("在哪里办", "地点在哪里", "去哪里办"),
}


@pytest.fixture(scope="module")
def classifier() -> AspectClassifier:
    return AspectClassifier(EXAMPLES)


@pytest.mark.parametrize(
    ("question", "aspect"),
    [("培训补贴给多少钱", "amount"), ("请问在哪里办理", "where"), ("介绍一下超比例奖励这个政策", None)],
)
def test_an_aspect_is_told_by_its_examples(classifier: AspectClassifier, question: str, aspect: str | None) -> None:
    assert classifier.classify(question)[0] == aspect


def test_an_example_is_surer_than_a_question_like_no_example(classifier: AspectClassifier) -> None:
    (_, example), (_, other) = classifier.classify("能拿多少钱"), classifier.classify("甲乙丙丁")

    assert other < 0.6 < example <= 1


def test_two_aspects_are_enough() -> None:
    classifier = AspectClassifier({aspect: EXAMPLES[aspect] for aspect in ("amount", "where")})

    assert [classifier.classify(question)[0] for question in ("给多少钱", "在哪里办")] == ["amount", "where"]
