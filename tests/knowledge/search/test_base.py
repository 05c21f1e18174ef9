"""Documents that are added or edited while the service runs are known a moment later, and never break it."""

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from knowledge.errors import DocumentError
from knowledge.facts.learn_facts import learn_facts
from knowledge.search import example_questions as example_questions_module
from knowledge.search import knowledge_base, learn_search
from knowledge.search.answers import Outcome
from knowledge.search.example_questions import example_questions
from knowledge.search.knowledge_base import Knowledge, KnowledgeBase
from knowledge.search.learn_search import Lesson, is_learnt
from knowledge.search.search import ExampleClassifier

Edit = Callable[[Path, str, str], None]
TODAY = date(2025, 6, 1)
_MOST_SECONDS = 20.0

NOTICE = """\
星河县关于开展彩虹计划的通知
一、内容
彩虹计划为听障青年提供手语翻译。
"""


class CountedClassifier(ExampleClassifier):
    """Counts how often it learns."""

    fits = 0

    def __init__(self, *learnt_from: Any) -> None:
        type(self).fits += 1
        super().__init__(*learnt_from)


@pytest.fixture(autouse=True)
def _quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few examples, no pause between looks, and a classifier that counts."""
    not_covered, aspects = tmp_path / "not_covered.yml", tmp_path / "aspects.yml"
    not_covered.write_text("[今天天气怎么样, 讲个笑话, 火车票怎么买]", encoding="utf-8")
    aspects.write_text(
        "{general: [介绍一下, 这是什么], amount: [多少钱, 给多少], where: [在哪里, 去哪里]}", encoding="utf-8"
    )
    for module in (learn_search, example_questions_module):
        monkeypatch.setattr(module, "NOT_COVERED", not_covered)
        monkeypatch.setattr(module, "ASPECTS", aspects)
    monkeypatch.setattr(knowledge_base, "_SECONDS_BETWEEN_LOOKS", 0)
    monkeypatch.setattr(learn_search, "ExampleClassifier", CountedClassifier)
    monkeypatch.setattr(CountedClassifier, "fits", 0)


@pytest.fixture
def slow_learning(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Learning waits until it is set."""
    let_go = threading.Event()

    class SlowClassifier(CountedClassifier):
        fits = 0

        def __init__(self, *learnt_from: Any) -> None:
            assert let_go.wait(_MOST_SECONDS)
            CountedClassifier.fits += 1
            ExampleClassifier.__init__(self, *learnt_from)

    monkeypatch.setattr(learn_search, "ExampleClassifier", SlowClassifier)
    yield let_go
    let_go.set()


def until(condition: Callable[[], bool]) -> bool:
    """Whether `condition` comes true before long."""
    deadline = time.monotonic() + _MOST_SECONDS
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


def title(knowledge: Knowledge, document_id: str, clause_id: str) -> str:
    return knowledge.library.clause(document_id, clause_id).title


def add_notice(folder: Path) -> None:
    """A document without questions, its files written one after the other."""
    folder.mkdir()
    (folder / "clauses.yml").write_text(
        "- {id: '1', title: 彩虹计划, plain: 提供手语翻译。, easy: [有手语翻译。], spoken: 提供手语翻译。}\n",
        encoding="utf-8",
    )
    (folder / "source.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "document.yml").write_text(
        f"id: {folder.name}\ntitle: 通知\nissued: 2025-05-01\nin_force_from: 2025-05-01\n", encoding="utf-8"
    )


# What is known -------------------------------------------------------------------------------------------------------


def test_questions_are_answered_from_the_documents(xinghe: Path) -> None:
    answer = KnowledgeBase([xinghe.parent]).current().answerer.answer("学手艺有补贴吗", TODAY)

    assert (answer.outcome, [clause.id for clause in answer.clauses]) == (Outcome.ANSWERED, ["1.1"])


def test_a_folder_that_is_not_there_yet_holds_no_documents(xinghe: Path, tmp_path: Path) -> None:
    library = KnowledgeBase([xinghe.parent, tmp_path / "absent"]).current().library

    assert [document.id for document in library.documents] == ["xinghe"]


def test_a_broken_document_stops_the_start_with_its_file_and_line(xinghe: Path, edit: Edit) -> None:
    edit(xinghe / "clauses.yml", "title: 实习", "title: 3")

    with pytest.raises(DocumentError, match=r"clauses\.yml:15: "):
        KnowledgeBase([xinghe.parent])


def test_the_examples_are_those_of_the_clauses_those_not_covered_and_those_by_aspect(xinghe: Path) -> None:
    assert list(example_questions([xinghe.parent])) == [
        *("学手艺有补贴吗", "上课给钱吗", "开店有贷款吗"),
        *("今天天气怎么样", "讲个笑话", "火车票怎么买"),
        *("介绍一下", "这是什么", "多少钱", "给多少", "在哪里", "去哪里"),
    ]


# While the service runs ----------------------------------------------------------------------------------------------


def test_a_new_document_is_known_without_a_restart(xinghe: Path) -> None:
    running = KnowledgeBase([xinghe.parent])
    add_notice(xinghe.parent / "caihong")

    assert until(lambda: len(running.current().library.documents) == 2)
    match = running.current().search.find("彩虹计划提供手语翻译吗", TODAY).matches[0]
    assert (match.clause.document, match.clause.id) == ("caihong", "1")


def test_a_new_document_in_a_folder_that_was_not_there_is_known(xinghe: Path, tmp_path: Path) -> None:
    added = tmp_path / "added"
    running = KnowledgeBase([xinghe.parent, added])
    added.mkdir()
    add_notice(added / "caihong")

    assert until(lambda: len(running.current().library.documents) == 2)


def test_an_edit_is_known_without_a_restart(xinghe: Path, edit: Edit) -> None:
    running = KnowledgeBase([xinghe.parent])
    edit(xinghe / "clauses.yml", "title: 实习", "title: 见习三个月")

    assert until(lambda: title(running.current(), "xinghe", "1.2") == "见习三个月")


def test_a_file_of_questions_is_known_without_a_restart(xinghe: Path) -> None:
    (xinghe / "questions").mkdir()
    path = xinghe / "questions" / "1.2.yml"
    path.write_text("'1.2': [实习多久]\n", encoding="utf-8")
    running = KnowledgeBase([xinghe.parent])
    path.write_text("'1.2': [实习要几个月, 去哪里实习]\n", encoding="utf-8")

    assert until(lambda: len(running.current().library.documents[0].clause("1.2").questions) == 2)


def test_what_is_said_of_a_clause_does_not_wait_for_what_is_learnt(
    xinghe: Path, edit: Edit, slow_learning: threading.Event
) -> None:
    slow_learning.set()
    running = KnowledgeBase([xinghe.parent])
    slow_learning.clear()
    edit(xinghe / "clauses.yml", "plain: 开店的，给予暖阳贷", "plain: 给予暖阳贷")
    edit(xinghe / "clauses.yml", "title: 实习", "title: 见习三个月")
    known = running.up_to_date()
    answer = known.answerer.answer("开店有贷款吗", TODAY)

    assert running.learning
    assert title(known, "xinghe", "1.2") == "见习三个月"
    assert [clause.plain[:5] for clause in answer.clauses] == ["给予暖阳贷"]

    slow_learning.set()
    assert until(lambda: not running.learning)
    assert CountedClassifier.fits == 2


def test_what_is_edited_while_another_edit_is_learnt_is_said_at_once_and_learnt_next(
    xinghe: Path, edit: Edit, slow_learning: threading.Event
) -> None:
    slow_learning.set()
    running = KnowledgeBase([xinghe.parent])
    slow_learning.clear()
    edit(xinghe / "clauses.yml", "plain: 开店的，给予暖阳贷", "plain: 给予暖阳贷")
    running.up_to_date()
    edit(xinghe / "clauses.yml", "plain: 给予暖阳贷", "plain: 有暖阳贷")
    (said,) = running.up_to_date().answerer.answer("开店有贷款吗", TODAY).clauses

    assert said.plain.startswith("有暖阳贷")
    slow_learning.set()
    assert until(lambda: not running.learning)
    (said,) = running.current().answerer.answer("开店有贷款吗", TODAY).clauses
    assert said.plain.startswith("有暖阳贷")
    assert CountedClassifier.fits == 3


def test_what_cannot_be_learnt_leaves_clauses_found_as_before_and_is_logged(
    xinghe: Path, edit: Edit, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = KnowledgeBase([xinghe.parent])
    monkeypatch.setattr(learn_search, "NOT_COVERED", xinghe / "absent.yml")
    monkeypatch.setattr(Lesson, "of", lambda library: Lesson((*library.clauses,), "another"))
    edit(xinghe / "clauses.yml", "title: 实习", "title: 见习三个月")
    known = running.up_to_date()

    assert until(lambda: not running.learning)
    assert "cannot be learnt" in caplog.text
    assert title(running.current(), "xinghe", "1.2") == "见习三个月"
    assert [clause.id for clause in known.answerer.answer("学手艺有补贴吗", TODAY).clauses] == ["1.1"]


def test_nothing_is_learnt_where_only_the_dates_change(xinghe: Path, edit: Edit) -> None:
    running = KnowledgeBase([xinghe.parent])
    edit(xinghe / "document.yml", "in_force_until: 2027-12-31", "in_force_until: 2028-12-31")

    assert running.up_to_date().library.document("xinghe").in_force_until == date(2028, 12, 31)
    assert (running.learning, CountedClassifier.fits) == (False, 1)


def test_a_document_that_is_taken_away_is_no_longer_known(xinghe: Path) -> None:
    add_notice(xinghe.parent / "caihong")
    running = KnowledgeBase([xinghe.parent])
    for path in (xinghe.parent / "caihong").iterdir():
        path.unlink()

    assert until(lambda: [document.id for document in running.current().library.documents] == ["xinghe"])


def test_what_was_known_before_an_edit_stays_as_it_was(xinghe: Path, edit: Edit) -> None:
    running = KnowledgeBase([xinghe.parent])
    before = running.current()
    edit(xinghe / "clauses.yml", "title: 实习", "title: 见习三个月")

    assert until(lambda: running.current() is not before)
    assert title(before, "xinghe", "1.2") == "实习"


def test_a_broken_edit_is_logged_with_its_file_and_line(
    xinghe: Path, edit: Edit, caplog: pytest.LogCaptureFixture
) -> None:
    running = KnowledgeBase([xinghe.parent])
    edit(xinghe / "clauses.yml", "title: 实习", "title: 3")

    assert until(lambda: bool(running.current() and caplog.records))
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (
            logging.ERROR,
            "documents changed but cannot be used, the earlier ones stay: "
            f"{xinghe}/clauses.yml:15: `title` must be text; put quotes round it",
        )
    ]


def test_a_broken_edit_keeps_what_was_known(xinghe: Path, edit: Edit, caplog: pytest.LogCaptureFixture) -> None:
    running = KnowledgeBase([xinghe.parent])
    before = running.current()
    edit(xinghe / "clauses.yml", "title: 实习", "title: 3")

    assert until(lambda: bool(running.current() and caplog.records))
    assert running.current() is before


def test_a_broken_edit_that_is_mended_is_known(xinghe: Path, edit: Edit, caplog: pytest.LogCaptureFixture) -> None:
    running = KnowledgeBase([xinghe.parent])
    edit(xinghe / "clauses.yml", "title: 实习", "title: 3")
    assert until(lambda: bool(running.current() and caplog.records))
    edit(xinghe / "clauses.yml", "title: 3", "title: 见习三个月")

    assert until(lambda: title(running.current(), "xinghe", "1.2") == "见习三个月")


# What was learnt is kept ---------------------------------------------------------------------------------------------


def test_what_was_learnt_is_read_back_the_second_time(xinghe: Path, tmp_path: Path) -> None:
    for _ in range(2):
        KnowledgeBase([xinghe.parent], tmp_path / "cache")

    assert CountedClassifier.fits == 1


def test_what_was_read_back_answers_as_what_was_learnt(xinghe: Path, tmp_path: Path) -> None:
    learnt, read_back = (KnowledgeBase([xinghe.parent], tmp_path / "cache").current() for _ in range(2))

    assert learnt.search.find("我想学手艺", TODAY) == read_back.search.find("我想学手艺", TODAY)


def test_without_a_cache_each_start_learns(xinghe: Path) -> None:
    for _ in range(2):
        KnowledgeBase([xinghe.parent])

    assert CountedClassifier.fits == 2


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param("questions.yml", "上课给钱吗", "上课要交钱吗", id="a question"),
        pytest.param("clauses.yml", "plain: 开店的，给予暖阳贷", "plain: 给予暖阳贷", id="what we say of a clause"),
        pytest.param("source.txt", "残疾人开店的", "残疾人自己开店的", id="the clause's own words"),
    ],
)
def test_what_the_classifier_learns_from_makes_it_learn_again(
    xinghe: Path, tmp_path: Path, edit: Edit, name: str, old: str, new: str
) -> None:
    KnowledgeBase([xinghe.parent], tmp_path / "cache")
    edit(xinghe / name, old, new)
    KnowledgeBase([xinghe.parent], tmp_path / "cache")

    assert CountedClassifier.fits == 2


def test_what_the_classifier_does_not_learn_from_leaves_it_as_it_is(xinghe: Path, tmp_path: Path, edit: Edit) -> None:
    KnowledgeBase([xinghe.parent], tmp_path / "cache")
    edit(xinghe / "document.yml", "in_force_until: 2027-12-31", "in_force_until: 2028-12-31")
    KnowledgeBase([xinghe.parent], tmp_path / "cache")

    assert CountedClassifier.fits == 1


def test_the_cache_keeps_only_what_was_learnt_last(xinghe: Path, tmp_path: Path, edit: Edit) -> None:
    KnowledgeBase([xinghe.parent], tmp_path / "cache")
    first = {path.name for path in (tmp_path / "cache").iterdir()}
    edit(xinghe / "questions.yml", "上课给钱吗", "上课要交钱吗")
    KnowledgeBase([xinghe.parent], tmp_path / "cache")
    second = {path.name for path in (tmp_path / "cache").iterdir()}

    assert [name.split("-")[0] for name in sorted(second)] == ["aspects", "clauses"]
    assert len(first & second) == 1


def test_documents_without_questions_need_nothing_learnt(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    add_notice(tmp_path / "documents" / "caihong")
    running = KnowledgeBase([tmp_path / "documents"])

    assert CountedClassifier.fits == 0
    assert running.current().search.find("彩虹计划", TODAY).matches[0].clause.id == "1"


def test_it_is_told_whether_everything_is_learnt(xinghe: Path, tmp_path: Path, settings: Settings) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    learn_facts(settings.cache)
    for learnt in settings.cache.glob("facts-*"):
        shutil.copy(learnt, cache)
    before = is_learnt([xinghe.parent], cache)
    KnowledgeBase([xinghe.parent], cache)

    assert (before, is_learnt([xinghe.parent], cache)) == (False, True)
