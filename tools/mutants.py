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
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.commands.init import _all_work_items
from cosmic_ray.modules import find_modules
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_item import MutationSpec, TestOutcome

PROJECT = Path(__file__).parent.parent
_PATIENCE = 3
"""How many times as long as without a mutant its tests may take: a loop that never ends is caught as well."""
# What was compiled goes along with its source: cosmic-ray lets no run keep what it compiles, so each would do it anew.
_NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".tools", "models", "var", ".*_cache", ".hypothesis")
# X | None stands in types and ** before what is unpacked; a decorator is no decision; two equal texts are mostly one.
_NO_DECISIONS = re.compile(r"BinaryOperator_(BitOr|Pow)_|RemoveDecorator|ExceptionReplacer|Eq_Is(Not)?$")


@dataclass(frozen=True)
class Room:
    """Code, and the tests that belong to it."""

    code: tuple[Path, ...]
    tests: str
    """What pytest is given."""


ROOMS = {
    "dialogue": Room((Path("dialogue"),), "tests/dialogue"),
    "rules": Room((Path("knowledge/rules"),), "tests/knowledge/rules"),
    # The rooms that decide something. On SQLite alone: PostgreSQL would start anew for every mutant.
    "registry": Room(
        (Path("registry/cases"), Path("registry/limits"), Path("registry/values")),
        "tests/registry/values tests/registry/cases tests/registry/limits tests/registry/registrations"
        " tests/registry/staff -k 'not postgresql'",
    ),
}


@dataclass(frozen=True)
class Verdict:
    """What the tests said of one mutant."""

    survived: bool
    place: str
    """As path:line."""
    change: str
    """The line as it is, and as it was changed to."""

    def __str__(self) -> str:
        return f"{'SURVIVED' if self.survived else 'caught'} {self.place}  {self.change}"


def mutations_of(room: Room) -> Sequence[MutationSpec]:
    """Every change of a decision in the room: one of comparisons, numbers, and, or, not, and loops."""
    modules = sorted(find_modules(room.code))
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


def judge(mutation: MutationSpec, command: str, tests: str, timeout: float) -> Verdict:
    """Runs the tests, for `timeout` seconds at most, with the code changed."""
    # Most are caught by the tests beside the module: those come first.
    near = Path("tests") / mutation.module_path.parent
    result = mutate_and_test([mutation], f"{command} {near if near.is_dir() else ''} {tests}", timeout)
    lines = (result.diff or "").splitlines()
    before, after = (
        " ".join(line[1:].strip() for line in lines if line.startswith(sign) and not line.startswith(sign * 3))
        for sign in "-+"
    )
    place = f"{mutation.module_path}:{mutation.start_pos[0]}"
    return Verdict(result.test_outcome is TestOutcome.SURVIVED, place, f"{before}  →  {after}")


def judge_all(mutations: Sequence[MutationSpec], command: str, tests: str, timeout: float) -> Sequence[Verdict]:
    """Prints each verdict as soon as it is there."""
    verdicts = []
    for number, mutation in enumerate(mutations, 1):
        verdicts.append(judge(mutation, command, tests, timeout))
        print(f"{number}/{len(mutations)} {verdicts[-1]}", flush=True)
    return verdicts


def main() -> int:
    """0 where every mutant was caught, 1 where some survived, 2 where the tests fail without any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1, help="the same one makes the same mutants of the same code")
    parser.add_argument("--at", default="", help="path:line; every mutant of this line in place of a sample")
    parser.add_argument("--python", default=str(PROJECT / ".venv" / "bin" / "python"), help="what runs the tests")
    told = parser.parse_args()
    room = ROOMS[told.room]
    # A seed for hypothesis, or a mutant would be caught in one run and not in the next.
    command = f"{told.python} -m pytest -x -q -p no:cacheprovider --hypothesis-seed=1"
    with tempfile.TemporaryDirectory() as folder:
        # Whoever works here, or stops this with ^C, keeps the code as it is.
        copy = Path(folder) / "copy"
        shutil.copytree(PROJECT, copy, ignore=_NOT_COPIED)
        os.chdir(copy)
        began = time.monotonic()
        if mutate_and_test([], f"{command} {room.tests}", timeout=600.0).test_outcome is not TestOutcome.SURVIVED:
            print(f"the tests of {told.room} fail as it is; run: {command} {room.tests}", file=sys.stderr)
            return 2
        seconds = time.monotonic() - began
        there = mutations_of(room)
        chosen = sample(there, told.sample, told.seed)
        if told.at:
            chosen = [each for each in there if f"{each.module_path}:{each.start_pos[0]}" == told.at]
        most = len(chosen) * seconds / 60
        print(f"{len(chosen)} of {len(there)} mutants; the tests take {seconds:.0f} s, so {most:.0f} minutes at most")
        verdicts = judge_all(chosen, command, room.tests, _PATIENCE * seconds)
    survived = [each for each in verdicts if each.survived]
    print("", *survived, sep="\n")
    print(f"{len(chosen) - len(survived)} of {len(chosen)} mutants of {told.room} were caught.")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
