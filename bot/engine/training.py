"""Trains the model, and only when something it depends on has changed."""

import hashlib
from pathlib import Path

from bot.engine.training_files import training_files


def model_path(project: Path, models: Path) -> Path:
    """The model file that belongs to the training data as it is now; it may not exist yet."""
    digest = hashlib.sha256()
    for path in training_files(project):
        digest.update(str(path.relative_to(project)).encode() + b"\0" + path.read_bytes() + b"\0")
    return models / f"zhuyetong-{digest.hexdigest()[:16]}.tar.gz"


def train(project: Path, models: Path) -> Path:
    """Trains a model from the files below `project` and returns its file; older models in `models` are removed."""
    from rasa.model_training import train as rasa_train

    target = model_path(project, models)
    result = rasa_train(
        domain=str(project / "domain.yml"),
        config=str(project / "config.yml"),
        training_files=[str(project / "nlu_data")],
        output=str(models),
        fixed_model_name=target.name.removesuffix(".tar.gz"),
    )
    if result.model is None:
        raise TrainingError("training made no model; the lines above say why")
    for old in models.glob("zhuyetong-*.tar.gz"):
        if old != target:
            old.unlink()
    return target


class TrainingError(Exception):
    """Training failed; the text says why."""
