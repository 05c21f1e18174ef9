"""A model belongs to the files it was trained from, and to no others."""

from pathlib import Path

import pytest

from bot.engine.training import model_path
from bot.engine.training_files import training_files
from bot.settings import PROJECT

TRAINED_FROM = {
    "config.yml": "a: 1",
    "domain.yml": "a: 1",
    "nlu_data/talk/nlu.yml": "a: 1",
    "knowledge/policy/aspects.yml": "a: 1",
    "knowledge/policy/documents/xinghe/questions.yml": "a: 1",
    "knowledge/policy/documents/xinghe/questions/1.1.yml": "a: 1",
    "knowledge/classify/features.py": "from knowledge.language import phonetics",
    "knowledge/language/phonetics.py": 'TABLE = "sounds.tsv"',
    "knowledge/language/sounds.tsv": "a",
    "knowledge/facts/statements.py": 'FOLDER = "examples"',
    "knowledge/facts/examples/people.yml": "a: 1",
    "bot/engine/nlu/normaliser.py": "import knowledge.classify.features",
    "bot/engine/importer.py": "import knowledge.facts.statements\nfrom knowledge.policy_files import ASPECTS",
}
OTHERS = {
    "README.md": "a",
    "endpoints.yml": "a: 1",
    "knowledge/policy/measures.yml": "a: 1",
    "knowledge/policy/documents/xinghe/clauses.yml": "a: 1",
    "knowledge/policy/documents/xinghe/document.yml": "a: 1",
    "knowledge/policy/documents/xinghe/source.txt": "a",
    "knowledge/policy_files.py": 'ASPECTS = "policy/aspects.yml"\nMEASURES = "policy/measures.yml"',
    "knowledge/search/answers.py": "from knowledge.policy_files import MEASURES",
    "knowledge/facts/others.yml": "a: 1",
    "bot/web/app.py": "import bot.engine.importer",
    "tests/test_it.py": "import bot.engine.importer",
    "nlu_data/notes.txt": "a",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in (TRAINED_FROM | OTHERS).items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n", encoding="utf-8")
    return tmp_path / "project"


def model(project: Path) -> str:
    return model_path(project, project / "models").name


@pytest.mark.parametrize("name", TRAINED_FROM)
def test_a_training_file_that_changes_makes_another_model(project: Path, name: str) -> None:
    before = model(project)
    with (project / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")

    assert model(project) != before


@pytest.mark.parametrize("name", ["nlu_data/talk/more.yml", "knowledge/policy/documents/caihong/questions.yml"])
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
    with (project / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")

    assert model(project) == before


def test_writing_the_same_again_leaves_the_model(project: Path) -> None:
    before = model(project)
    for name in TRAINED_FROM:
        (project / name).write_text(f"{TRAINED_FROM[name]}\n", encoding="utf-8")

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


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "bot/engine/importer.py",
        "knowledge/classify/features.py",
        # Each of these was missing while the list was kept by hand.
        "knowledge/facts/plain_answers.py",
        "knowledge/facts/annotated_examples.py",
        "knowledge/facts/slots.yml",
        "knowledge/language/numerals.py",
        "knowledge/commands/commands_by_others.yml",
    ],
)
def test_a_file_of_this_project_that_counts_is_found(name: str) -> None:
    assert PROJECT / name in training_files(PROJECT)


def test_a_training_file_is_listed_once(project: Path) -> None:
    files = training_files(project)

    assert sorted(set(files)) == files
