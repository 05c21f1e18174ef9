"""Which files a model is trained anew for. Imports nothing, so that asking is quick."""

from pathlib import Path

_PATTERNS = (
    "config.yml",
    "domain.yml",
    "nlu_data/**/*.yml",
    "knowledge/*.yml",
    # Not the clauses: of them the tokenizer only takes names to keep whole. After an edit it may cut a name otherwise
    # than when the model was trained; that does no harm, as words are one kind of feature beside characters and
    # sounds. So an answer that is mended costs no minute of training.
    "knowledge/documents/*/questions.yml",
    "knowledge/facts/examples/*.yml",
    "knowledge/commands/commands.yml",
    "knowledge/commands/learning.py",
    "knowledge/facts/corrections.py",
    "knowledge/facts/questions.py",
    "bot/engine/nlu/*.py",
    "knowledge/features.py",
    "knowledge/linear.py",
    "knowledge/phonetics.py",
    "knowledge/places.py",
    "knowledge/segmenting.py",
    "knowledge/vocabulary.py",
    "knowledge/writing.py",
    "bot/engine/importer.py",
)


def training_files(project: Path) -> list[Path]:
    """Every such file below the project folder, sorted."""
    return sorted(path for pattern in _PATTERNS for path in project.glob(pattern))
