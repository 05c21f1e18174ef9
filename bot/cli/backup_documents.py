"""The documents that were added or edited on this machine, and their earlier versions, as one part of a backup."""

import shutil
import tarfile
from pathlib import Path, PurePosixPath

from bot.settings import Settings
from registry.errors import BackupError

DOCUMENTS = "documents.tar"
_MOST_FILES = 100_000
"""Files of documents and their versions; whatever has more is none of ours."""


def folders(settings: Settings) -> dict[str, Path]:
    """What is copied, by its name in the part."""
    return {"documents": settings.documents[-1], "versions": settings.versions}


def have_documents(settings: Settings) -> bool:
    return any(path.is_file() for folder in folders(settings).values() for path in folder.rglob("*"))


def save_documents(settings: Settings, to: Path) -> None:
    """Copies the folders into the file `to`."""
    with tarfile.open(to, "w") as archive:
        for name, folder in folders(settings).items():
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    archive.add(path, f"{name}/{path.relative_to(folder).as_posix()}")


def put_documents_back(copy: Path, settings: Settings, room: Path) -> None:
    """Puts what is in `copy` in the place of the folders; `room` is an empty folder beside them.

    Raises BackupError where the part names anything else, before a folder is touched.
    """
    # Packed by us it is in no further archive: one that unpacks to more than it holds is refused.
    with tarfile.open(copy, "r:") as archive:
        for number, member in enumerate(archive):
            to = PurePosixPath(member.name)
            is_plain = member.isreg() and not member.issparse() and number < _MOST_FILES
            content = archive.extractfile(member) if is_plain else None
            # An archive could name any file of the machine.
            if content is None or len(to.parts) < 2 or to.parts[0] not in folders(settings) or ".." in to.parts:
                raise BackupError(f"{DOCUMENTS}: {member.name} has no place in a backup; take another one")
            (room / "new" / to).parent.mkdir(parents=True, exist_ok=True)
            with content, (room / "new" / to).open("xb") as out:
                shutil.copyfileobj(content, out)
    for name, folder in folders(settings).items():
        if folder.exists():
            folder.rename(room / f"old-{name}")
        if (room / "new" / name).exists():
            (room / "new" / name).rename(folder)
