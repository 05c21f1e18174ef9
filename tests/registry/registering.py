"""A process that registers one person after the other, and says each number once it is recorded; for test_killed.py."""

import sys
from pathlib import Path

from registry.database import Database
from registry.encryption import Cipher
from registry.registrations import Registrations
from tests.registry.people import register


def main(url: str, key: str, first: int) -> None:
    """Registers people `first`, `first` + 1, … until somebody ends the process."""
    registrations = Registrations(Database(url), Cipher.load(Path(key)))
    print("ready", flush=True)
    person = first
    while True:
        number = register(registrations, person, name=f"第{person}人")
        print(f"{person} {number}", flush=True)
        person += 1


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
