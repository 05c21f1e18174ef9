"""What was learnt is learnt anew once anything it was learnt by has changed."""

from pathlib import Path

import pytest

from knowledge.classify import learnt_cache
from knowledge.classify.source_files import PROJECT, source_files
from knowledge.crisis import learn_crisis as of_danger
from knowledge.facts import learn_facts as of_facts

KNOWLEDGE = PROJECT / "knowledge"


def of(module: str) -> list[str]:
    return [path.relative_to(KNOWLEDGE).as_posix() for path in source_files([Path(module)])]


@pytest.mark.parametrize(
    "name", ["language/numerals.py", "facts/question_words.py", "facts/slots.yml", "facts/examples/navigator.yml"]
)
def test_facts_are_learnt_by_what_their_readers_import_and_name(name: str) -> None:
    assert name in of(of_facts.__file__)


@pytest.mark.parametrize(
    "name", ["crisis/examples/forum.yml", "crisis/themes.yml", "classify/meaning.py", "policy/not_covered.yml"]
)
def test_danger_is_learnt_by_its_examples_and_by_what_is_none(name: str) -> None:
    assert name in of(of_danger.__file__)


@pytest.mark.parametrize("name", ["policy/measures.yml", "search/search.py", "crisis/care.py", "policy_files.py"])
def test_what_nothing_is_learnt_by_changes_nothing(name: str) -> None:
    assert name not in of(of_danger.__file__)


def test_a_change_deep_down_makes_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learner, below = tmp_path / "learner.py", tmp_path / "below.py"
    learner.write_text("import below\n", encoding="utf-8")
    below.write_text("A = 1\n", encoding="utf-8")
    monkeypatch.setattr(learnt_cache, "source_files", lambda paths: source_files(paths, tmp_path))
    before = learnt_cache.digest(str(learner))

    below.write_text("A = 2\n", encoding="utf-8")
    learnt_cache._sources.cache_clear()

    assert learnt_cache.digest(str(learner)) != before
