"""The one file of a backup: its parts, what it says of itself, and whether it is whole."""

import gzip
import hashlib
import hmac
import json
import shutil
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.cli.backup_documents import DOCUMENTS
from bot.cli.private_files import private_file
from bot.settings import Settings
from registry.errors import BackupError, EncryptionError
from registry.store.encryption import Cipher

RECORDS, CONVERSATIONS = "records", "conversations.db"
_ABOUT = "about.json"
_PURPOSE = "backup"
"""Of the signature."""
_PARTS = frozenset({_ABOUT, RECORDS, CONVERSATIONS, DOCUMENTS})
PLAIN, WITH_DOCUMENTS = 1, 2
"""What a backup is written as: an older program knows only the first, and would leave the documents out."""


LARGEST = 8 << 30
"""Bytes of a backup once it is unpacked: the records of a million people, and no more than a disk holds."""
_AT_ONCE = 1 << 20
"""Bytes read at a time: a header that asks for more is none of ours."""


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


def pack(folder: Path, backup: Backup, file: Path, cipher: Cipher) -> None:
    """Puts the copies in `folder` into `file`, signed. Raises ServiceError where it cannot be written."""
    digests = {path.name: _digest(path) for path in sorted(folder.iterdir())}
    about = {**asdict(backup), "made_at": backup.made_at.isoformat(), "digests": digests}
    about["signature"] = cipher.signer(_PURPOSE)(_canonical(about))
    (folder / _ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
    with private_file(file) as draft, tarfile.open(draft, "w:gz", compresslevel=5) as archive:
        for name in (_ABOUT, *digests):
            archive.add(folder / name, name)


def unpack(file: Path, folder: Path, keys: Path, *, unsigned: bool = False) -> Backup:
    """Puts the copies in `file` into `folder`. Raises BackupError where one is missing or was changed.

    `keys` is the file of the keys, with one of which it was made. With `unsigned`, a backup is taken that says nothing
    of who made it, as before they were signed.
    """
    try:
        _extract(file, folder)
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        signature = about.pop("signature", None)
        signed = _canonical(about)
        digests: Mapping[str, str] = about.pop("digests")
        backup = Backup(**{**about, "made_at": datetime.fromisoformat(about["made_at"])})
    except (OSError, EOFError, tarfile.TarError, zlib.error, ValueError, TypeError, KeyError) as error:
        raise BackupError(f"{file}: is no whole backup ({type(error).__name__}); take another one") from error
    if backup.format not in (PLAIN, WITH_DOCUMENTS):
        raise BackupError(
            f"{file}: has format {backup.format} and this program knows {WITH_DOCUMENTS}; use the newer program"
        )
    cipher = _cipher_of(backup, keys)
    if signature is None and not unsigned:
        raise BackupError(
            f"{file}: is not signed, as backups were not before; where you know who made it, restore with --unsigned"
        )
    if (signature is not None and not _is_ours(cipher, signed, signature)) or _are_others(folder, digests):
        raise BackupError(f"{file}: was changed after it was written; take another backup")
    return backup


class _Limited:
    """An archive that gives no more than a backup may have: a small file can unpack to whatever fills the disk."""

    def __init__(self, archive: gzip.GzipFile, most: int) -> None:
        self._archive = archive
        self._most = most

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _AT_ONCE:
            raise tarfile.TarError("has a header that asks for too much")
        self._check(self._archive.tell() + size)
        return self._archive.read(size)

    def seek(self, place: int) -> int:
        self._check(place)
        return self._archive.seek(place)

    def tell(self) -> int:
        return self._archive.tell()

    def _check(self, place: int) -> None:
        if place > self._most:
            raise BackupError(f"unpacks to more than {self._most} bytes, which no backup has; take another one")


def _extract(file: Path, folder: Path) -> None:
    """Puts the parts into `folder`: only what is expected, by name, since an archive could name any file."""
    with gzip.open(file) as packed:
        limited: Any = _Limited(packed, LARGEST)
        try:
            with tarfile.open(fileobj=limited, mode="r:") as archive:
                for member in archive:
                    if member.name not in _PARTS or not member.isreg() or member.issparse():
                        raise BackupError(f"has {member.name!r}, which has no place in a backup; take another one")
                    _copy(archive, member, folder / member.name)
        except BackupError as error:
            raise BackupError(f"{file}: {error}") from None


def _copy(archive: tarfile.TarFile, member: tarfile.TarInfo, to: Path) -> None:
    taken = archive.extractfile(member)
    if taken is None:
        raise tarfile.TarError(f"{member.name} is no file")
    # Made here and nowhere else: a part that comes twice is none of ours.
    with taken, to.open("xb") as out:
        shutil.copyfileobj(taken, out)


def _cipher_of(backup: Backup, keys: Path) -> Cipher:
    cipher = Cipher.load(keys)
    try:
        cipher.decrypt(backup.key)
    except EncryptionError as error:
        raise BackupError(
            f"the backup was made with a key that is not in {keys}; put that key file back first"
        ) from error
    return cipher


def _is_ours(cipher: Cipher, signed: str, signature: object) -> bool:
    ours = cipher.signer(_PURPOSE)(signed)
    return isinstance(signature, str) and hmac.compare_digest(ours.encode(), signature.encode())


def _are_others(folder: Path, digests: Mapping[str, str]) -> bool:
    """Whether the parts in `folder` are not those that the backup was made of."""
    return RECORDS not in digests or digests != {
        each.name: _digest(each) for each in folder.iterdir() if each.name != _ABOUT
    }


def _canonical(about: Mapping[str, Any]) -> str:
    return json.dumps(about, sort_keys=True, separators=(",", ":"))


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
