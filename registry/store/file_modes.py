"""Whether other users of the machine may write to, or read, a file that we trust."""

import os
import stat
from pathlib import Path

NOBODY_ELSE = stat.S_IRWXG | stat.S_IRWXO
"""Modes that let others do anything: none of them may be set for what is secret."""
NOBODY_ELSE_WRITES = stat.S_IWGRP | stat.S_IWOTH
"""Modes that let others write: none of them may be set for what is run, as a pickle is."""
_ROOT = 0


def problem_of(path: Path, forbidden: int) -> str:
    """What is wrong with who may use the file or folder `path`, and the command that mends it; "" where nothing is.

    Of a link the file behind it counts, and of every file the folder too: who may write there can put another one in
    its place. Raises OSError where it is not there.
    """
    # Windows has no owners and modes of this kind: there the rights of the user's own folder have to do.
    if not hasattr(os, "geteuid"):
        return ""
    real = path.resolve(strict=True)
    folders = {path.absolute().parent, real.parent} - {real}
    checked = [(real, forbidden), *((folder, NOBODY_ELSE_WRITES) for folder in sorted(folders))]
    return next(filter(None, (_problem(each, modes) for each, modes in checked)), "")


def _problem(path: Path, forbidden: int) -> str:
    about = path.stat()
    mode = stat.S_IMODE(about.st_mode)
    if about.st_uid not in {_ROOT, os.geteuid()}:
        return f"{path}: belongs to another user (number {about.st_uid}); run `chown $(id -u) {path}`"
    # In a folder as /tmp is, where all may write, nobody may take away or rename what is another's.
    if about.st_mode & stat.S_ISVTX and stat.S_ISDIR(about.st_mode):
        return ""
    if mode & forbidden:
        takes = "go=" if forbidden == NOBODY_ELSE else "go-w"
        return f"{path}: others may use it (mode {mode:04o}); run `chmod {takes} {path}`"
    return ""
