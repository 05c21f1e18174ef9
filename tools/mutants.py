"""Changes the code of a room in one small place at a time, and tells which changes no test of that room notices.

Run by `make mutants` with cosmic-ray's own Python, where nothing of ours is installed; the tests run with ours.
"""

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.commands.init import _all_work_items
from cosmic_ray.modules import find_modules
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_item import MutationSpec, TestOutcome

PROJECT = Path(__file__).parent.parent
_TIMEOUT = 300.0
"""Seconds for the tests of one mutant."""
_NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".tools", "models", "var", ".*_cache", "__pycache__")
# X | None stands in types and ** before what is unpacked; a decorator is no decision; two equal texts are mostly one.
_NO_DECISIONS = re.compile(r"BinaryOperator_(BitOr|Pow)_|RemoveDecorator|ExceptionReplacer|Eq_Is(Not)?$")


@dataclass(frozen=True)
class Room:
    """Code, and the tests that belong to it."""

    code: Path
    tests: str
    """What pytest is given."""


ROOMS = {
    "dialogue": Room(Path("dialogue"), "tests/dialogue"),
    "rules": Room(Path("knowledge/rules"), "tests/knowledge/rules"),
    # On SQLite alone: PostgreSQL would start anew for every mutant.
    "registry": Room(Path("registry"), "tests/registry -k 'not postgresql' --ignore=tests/registry/store"),
}


def mutations_of(room: Room) -> Sequence[MutationSpec]:
    """Every change of a decision in the room: one of comparisons, numbers, and, or, not, and loops."""
    modules = [path for path in sorted(find_modules([room.code])) if "migrations" not in path.parts]
    lines = {path: path.read_text(encoding="utf-8").splitlines() for path in modules}
    return [
        mutation
        for item in _all_work_items(modules, {})
        for mutation in item.mutations
        if not _NO_DECISIONS.search(mutation.operator_name)
        and not lines[mutation.module_path][mutation.start_pos[0] - 1].startswith("@")
    ]


def sample(mutations: Sequence[MutationSpec], count: int, seed: int) -> Sequence[MutationSpec]:
    """`count` of them, each of another place while there is one: < alone could become seven others."""
    shuffled = random.Random(seed).sample(mutations, len(mutations))
    places: dict[tuple[Path, tuple[int, int]], MutationSpec] = {}
    for mutation in shuffled:
        places.setdefault((mutation.module_path, mutation.start_pos), mutation)
    first = list(places.values())
    return [*first, *(each for each in shuffled if each not in first)][:count]


def survivors(mutations: Sequence[MutationSpec], tests: str) -> Sequence[str]:
    """The changes, as diffs, with which every test passes."""
    found = []
    for number, mutation in enumerate(mutations, 1):
        result = mutate_and_test([mutation], tests, _TIMEOUT)
        survived = result.test_outcome is TestOutcome.SURVIVED
        if survived:
            found.append(result.diff or "")
        place = f"{mutation.module_path}:{mutation.start_pos[0]}"
        print(f"{number}/{len(mutations)} {'SURVIVED' if survived else 'caught'} {place} {mutation.operator_name}")
        sys.stdout.flush()
    return found


def main() -> int:
    """0 where every mutant was caught, 1 where some survived, 2 where the tests fail without any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--python", default=str(PROJECT / ".venv" / "bin" / "python"), help="what runs the tests")
    told = parser.parse_args()
    room = ROOMS[told.room]
    command = f"{told.python} -m pytest -x -q -p no:cacheprovider {room.tests}"
    with tempfile.TemporaryDirectory() as folder:
        # Whoever works here, or stops this with ^C, keeps the code as it is.
        copy = Path(folder) / "copy"
        shutil.copytree(PROJECT, copy, ignore=_NOT_COPIED)
        os.chdir(copy)
        if mutate_and_test([], command, _TIMEOUT).test_outcome is not TestOutcome.SURVIVED:
            print(f"the tests of {told.room} fail as it is; run: {command}", file=sys.stderr)
            return 2
        chosen = sample(mutations_of(room), told.sample, told.seed)
        survived = survivors(chosen, command)
    print(*survived, sep="\n")
    print(f"{len(chosen) - len(survived)} of {len(chosen)} mutants of {told.room} were caught.")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
