"""Which Python the packages are installed for."""

import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parent.parent.parent / "tools" / "pythons.sh"


def python(folder: Path, patch: str) -> str:
    """A program that answers as Python 3.10 with this patch does; with "" as one that does not start."""
    program = folder / f"3.10.{patch or 'broken'}" / "bin" / "python3.10"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\n{'echo ' + patch if patch else 'exit 127'}\n", encoding="utf-8")
    program.chmod(0o700)
    return str(program)


def newest(*candidates: str) -> str:
    command = ["bash", "-euo", "pipefail", "-c", f'source {SCRIPT}; newest_python "$@"', "-", *candidates]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_newest_patch_is_taken_by_its_number(tmp_path: Path) -> None:
    old, new, middle = (python(tmp_path, patch) for patch in ("9", "19", "13"))

    assert newest(old, new, middle) == new


def test_the_first_of_two_with_one_patch_is_taken(tmp_path: Path) -> None:
    first, second = (python(tmp_path / place, "19") for place in ("a", "b"))

    assert newest(first, second) == first


def test_what_does_not_start_is_passed_over(tmp_path: Path) -> None:
    works = python(tmp_path, "9")

    assert newest(python(tmp_path, ""), str(tmp_path / "absent"), "", works) == works
    assert newest(str(tmp_path / "absent")) == ""
