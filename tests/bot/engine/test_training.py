"""A model belongs to the files it was trained from, and to no others."""

from pathlib import Path

import pytest

from bot.engine.training import model_path
from bot.engine.training_files import training_files
from bot.settings import PROJECT

TRAINED_FROM = (
    "config.yml",
    "domain.yml",
    "nlu_data/talk/nlu.yml",
    "knowledge/aspects.yml",
    "knowledge/documents/xinghe/questions.yml",
    "knowledge/features.py",
    "knowledge/phonetics.py",
    "bot/engine/nlu/normaliser.py",
    "bot/engine/importer.py",
)
OTHERS = (
    "README.md",
    "endpoints.yml",
    "knowledge/documents/xinghe/clauses.yml",
    "knowledge/documents/xinghe/document.yml",
    "knowledge/documents/xinghe/source.txt",
    "knowledge/answers.py",
    "bot/web/app.py",
    "tests/test_it.py",
    "nlu_data/notes.txt",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in (*TRAINED_FROM, *OTHERS):
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} as it was\n", encoding="utf-8")
    return tmp_path / "project"


def model(project: Path) -> str:
    return model_path(project, project / "models").name


@pytest.mark.parametrize("name", TRAINED_FROM)
def test_a_training_file_that_changes_makes_another_model(project: Path, name: str) -> None:
    before = model(project)
    (project / name).write_text("changed\n", encoding="utf-8")

    assert model(project) != before


@pytest.mark.parametrize("name", ["nlu_data/talk/more.yml", "knowledge/documents/caihong/questions.yml"])
def test_a_new_training_file_makes_another_model(project: Path, name: str) -> None:
    before = model(project)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).touch()

    assert model(project) != before


def test_a_training_file_that_is_renamed_makes_another_model(project: Path) -> None:
    before = model(project)
    (project / "nlu_data/talk/nlu.yml").rename(project / "nlu_data/talk/rules.yml")

    assert model(project) != before


def test_text_that_moves_from_one_training_file_to_the_next_makes_another_model(project: Path) -> None:
    (project / "config.yml").write_text("ab", encoding="utf-8")
    (project / "domain.yml").write_text("c", encoding="utf-8")
    before = model(project)
    (project / "config.yml").write_text("a", encoding="utf-8")
    (project / "domain.yml").write_text("bc", encoding="utf-8")

    assert model(project) != before


@pytest.mark.parametrize("name", OTHERS)
def test_any_other_file_leaves_the_model(project: Path, name: str) -> None:
    before = model(project)
    (project / name).write_text("changed\n", encoding="utf-8")

    assert model(project) == before


def test_writing_the_same_again_leaves_the_model(project: Path) -> None:
    before = model(project)
    for name in TRAINED_FROM:
        (project / name).write_text(f"{name} as it was\n", encoding="utf-8")

    assert model(project) == before


def test_the_same_files_in_another_folder_belong_to_the_same_model(project: Path, tmp_path: Path) -> None:
    before = model(project)
    project.rename(tmp_path / "moved")

    assert model(tmp_path / "moved") == before


def test_a_model_is_a_file_of_the_models_folder(project: Path, tmp_path: Path) -> None:
    path = model_path(project, tmp_path / "models")

    assert path.parent == tmp_path / "models"
    assert path.name.startswith("zhuyetong-")
    assert path.name.endswith(".tar.gz")


@pytest.mark.parametrize("pattern", ["config.yml", "domain.yml", "bot/engine/importer.py", "knowledge/features.py"])
def test_a_file_of_this_project_that_counts_is_where_it_is_looked_for(pattern: str) -> None:
    assert PROJECT / pattern in training_files(PROJECT)


def test_a_training_file_is_listed_once(project: Path) -> None:
    files = training_files(project)

    assert sorted(set(files)) == files
