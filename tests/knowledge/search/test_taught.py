"""What staff taught is found by its sound, and learnt at the next training."""

from pathlib import Path

from knowledge.library.documents import Library
from knowledge.library.loading import load_library
from knowledge.search.learn_search import is_learnt, learn_clauses, lesson_so_far
from knowledge.search.taught import Likeness, Taught, TaughtIndex, with_taught

TAUGHT = (Taught("吃低保能不能开店", "d", "1"), Taught("导盲犬能坐高铁吗", "d", "2"))


def test_a_like_question_is_found_and_another_is_not() -> None:
    index = TaughtIndex(TAUGHT)

    assert index.find("吃低宝能不能开店？") == (("d", "1"), 0.99)
    assert index.find("能不能开店") is None
    assert index.find("我想学推拿") is None
    assert index.find("？") is None
    assert TaughtIndex(()).find("吃低保能不能开店") is None


def test_groups_hold_every_text_once() -> None:
    groups = Likeness(["甲乙丙丁", "假乙丙丁", "今天天气好"]).groups(0.5)

    assert groups == [[0, 1], [2]]


def test_a_training_learns_what_was_taught_and_the_service_uses_what_the_last_one_learnt(
    xinghe: Path, tmp_path: Path
) -> None:
    library, cache = load_library([xinghe.parent]), tmp_path / "cache"
    clause = next(each for each in library.clauses if each.questions)
    taught = [Taught("月亮上能学手艺吗", clause.document, clause.id), Taught("星星上呢", clause.document, clause.id)]
    learn_clauses(with_taught(library, taught[:1]), cache)
    files = set(cache.iterdir())

    assert lesson_so_far(library, taught, cache).is_learnt(cache)
    assert set(cache.iterdir()) == files
    assert not is_learnt([xinghe.parent], cache, taught)


def test_taught_questions_stand_among_those_of_their_clause(xinghe: Path) -> None:
    library = load_library([xinghe.parent])
    first = next(iter(library.clauses))
    more: Library = with_taught(library, [Taught("月亮上能学手艺吗", first.document, first.id)])

    assert more.clause(first.document, first.id).questions == (*first.questions, "月亮上能学手艺吗")
    assert [each.questions for each in more.clauses][1:] == [each.questions for each in library.clauses][1:]
