"""Which files a trained model depends on. Imports nothing, so that asking is quick."""

from pathlib import Path

_PATTERNS = (
    "config.yml",
    "domain.yml",
    "nlu_data/**/*.yml",
    "knowledge/*.yml",
    "knowledge/documents/*/*.yml",
    "knowledge/documents/*/source.txt",
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
