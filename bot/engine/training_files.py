"""Which files make a model out of date when they change. Imports nothing of Rasa, so that asking is quick."""

from pathlib import Path

from knowledge.classify.source_files import source_files

_DATA = (
    "config.yml",
    "domain.yml",
    "nlu_data/**/*.yml",
    # Not the clauses: of them the tokenizer only takes names to keep whole. After an edit it may cut a name otherwise
    # than when the model was trained; that does no harm, as words are one kind of feature beside characters and
    # sounds. So an answer that is mended costs no minute of training.
    "knowledge/policy/documents/*/questions.yml",
    "knowledge/policy/documents/*/questions/*.yml",
)
_CODE = ("bot/engine/importer.py", "bot/engine/nlu/*.py")


def training_files(project: Path) -> list[Path]:
    """Every such file below the project folder, sorted: what Rasa reads, and what the components and the examples that
    we add to it are made from.
    """
    data = {path for pattern in _DATA for path in project.glob(pattern)}
    code = (path for pattern in _CODE for path in project.glob(pattern))
    return sorted({*data, *source_files(code, project)})
