"""Which part of a message asks."""

import pytest

from knowledge.facts.question_words import asked_part


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("我吃低保,开店会停吗?", "开店会停吗"),
        ("买车票打几折", "买车票打几折"),
        ("要交钱吗?要多少?", "要多少"),
        ("我不是残疾人,我爸是", ""),
        ("", ""),
    ],
)
def test_what_is_asked_is_the_last_clause_that_asks(text: str, asked: str) -> None:
    assert asked_part(text) == asked
