"""What is loaded as code, and the key, must be nobody else's to write: a pickle runs whatever was put into it."""

from collections.abc import Iterator
from pathlib import Path

from bot.engine.training import model_path
from bot.errors import ServiceError
from bot.findings import Finding
from bot.settings import Settings
from registry.store.file_modes import NOBODY_ELSE, NOBODY_ELSE_WRITES, problem_of


def check_files(settings: Settings) -> None:
    """Raises ServiceError for the first file that others could have put there, with the command that mends it."""
    for subject, problem in _problems(settings):
        raise ServiceError(f"{problem} (the {subject}; whoever can change it can have the service do anything)")


def examine_files(settings: Settings) -> Iterator[Finding]:
    """What others may use that only we may."""
    found = [*_problems(settings)]
    for subject, problem in found:
        what, _, mend = problem.partition("; run ")
        yield Finding(subject, False, what, mend.strip("`"))
    if not found:
        yield Finding("files", True, "key, caches and model are for this user alone to change")


def _problems(settings: Settings) -> Iterator[tuple[str, str]]:
    for subject, path, forbidden in _files(settings):
        # What is not there yet is made for this user alone.
        problem = problem_of(path, forbidden) if path.exists() else ""
        if problem:
            yield subject, problem


def _files(settings: Settings) -> Iterator[tuple[str, Path, int]]:
    yield "key", settings.key_file, NOBODY_ELSE
    yield "cache", settings.cache, NOBODY_ELSE_WRITES
    for path in sorted(settings.cache.glob("*.joblib")):
        yield "cache", path, NOBODY_ELSE_WRITES
    yield "model", model_path(settings.project, settings.models), NOBODY_ELSE_WRITES
