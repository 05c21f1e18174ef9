"""The one file of a backup: its parts, what it says of itself, and whether it is whole."""

import hashlib
import json
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.backup_documents import DOCUMENTS
from bot.private_files import private_file
from bot.settings import Settings
from registry.errors import BackupError

RECORDS, CONVERSATIONS = "records", "conversations.db"
_ABOUT = "about.json"
PLAIN, WITH_DOCUMENTS = 1, 2
"""What a backup is written as: an older program knows only the first, and would leave the documents out."""


@dataclass(frozen=True)
class Backup:
    """What a backup says of itself."""

    made_at: datetime
    kind: str
    """Of the database it was made of: "sqlite" or "postgresql"."""
    key: str
    """Something encrypted: whoever cannot decrypt it cannot read the records either."""
    format: int = PLAIN


@contextmanager
def own_folder(settings: Settings) -> Iterator[Path]:
    """For copies on their way: in `var`, where there is room for what is there already, and for this user alone."""
    settings.var.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.var, prefix="copy-") as folder:
        yield Path(folder)


def pack(folder: Path, backup: Backup, file: Path) -> None:
    """Puts the copies in `folder` into `file`. Raises ServiceError where it cannot be written."""
    digests = {path.name: _digest(path) for path in sorted(folder.iterdir())}
    about = {**asdict(backup), "made_at": backup.made_at.isoformat(), "digests": digests}
    (folder / _ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
    with private_file(file) as draft, tarfile.open(draft, "w:gz", compresslevel=5) as archive:
        for name in (_ABOUT, *digests):
            archive.add(folder / name, name)


def unpack(file: Path, folder: Path) -> Backup:
    """Puts the copies in `file` into `folder`. Raises BackupError where one is missing or was changed."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            # Only what is expected, by name: an archive could name any file of the machine.
            for name in {_ABOUT, RECORDS, CONVERSATIONS, DOCUMENTS} & {*archive.getnames()}:
                _extract(archive, name, folder)
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        digests: Mapping[str, str] = about.pop("digests")
        backup = Backup(**{**about, "made_at": datetime.fromisoformat(about["made_at"])})
    except (OSError, EOFError, tarfile.TarError, ValueError, TypeError, KeyError) as error:
        raise BackupError(f"{file}: is no whole backup ({type(error).__name__}); take another one") from error
    if backup.format not in (PLAIN, WITH_DOCUMENTS):
        raise BackupError(
            f"{file}: has format {backup.format} and this program knows {WITH_DOCUMENTS}; use the newer program"
        )
    if RECORDS not in digests or digests != {
        each.name: _digest(each) for each in folder.iterdir() if each.name != _ABOUT
    }:
        raise BackupError(f"{file}: was changed after it was written; take another backup")
    return backup


def _extract(archive: tarfile.TarFile, name: str, folder: Path) -> None:
    taken = archive.extractfile(name)
    if taken is None:
        raise tarfile.TarError(f"{name} is no file")
    with taken, (folder / name).open("wb") as out:
        shutil.copyfileobj(taken, out)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
