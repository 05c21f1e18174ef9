"""A process that registers one person after the other, and says each number once it is recorded; for test_killed.py."""

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from registry.registrations.registrations import Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from tests.registry.people import register


def main(url: str, key: str, first: int, dies: str) -> None:
    """Registers people `first`, `first` + 1, … until somebody ends the process.

    It ends itself with the first one where `dies` is "uncommitted" or "unsaid".
    """
    if dies == "uncommitted":
        event.listen(Session, "before_commit", _die)
    registrations = Registrations(Database(url), Cipher.load(Path(key)))
    print("ready", flush=True)
    person = first
    while True:
        number = register(registrations, person, name=f"第{person}人")
        if dies == "unsaid":
            _die()
        print(f"{person} {number}", flush=True)
        person += 1


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
