"""Files with people's data: for this user alone, and there only once they are whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from bot.errors import ServiceError


@contextmanager
def private_file(path: Path) -> Iterator[Path]:
    """An empty file to write to, which takes the place of `path` at the end, and is gone where an error leaves it.

    Raises ServiceError where it cannot be made.
    """
    draft = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            yield draft
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise ServiceError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder you may write to"
        ) from error
