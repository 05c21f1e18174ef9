"""What can be chosen for a run, read once from the command line."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import PROJECT, Settings, read_settings

BY_DEFAULT = (
    "accuracy",
    "danger",
    "facts",
    "clause_finding",
    "retrieval",
    "suggestions",
    "desk",
    "pages",
    "training",
    "turn_cost",
    "serving",
    "endurance",
    "hostile",
    "registrations",
    "hearing",
    "speaking",
    "telegram",
)


@dataclass(frozen=True)
class Options:
    """What to measure, on what, how thoroughly."""

    settings: Settings
    parts: tuple[str, ...] = BY_DEFAULT
    questions: Path = PROJECT / "tests" / "nlu"
    """The folder of the held-out questions, one *.tsv a set."""
    quick: bool = False
    """Fewer turns: to see that everything works, not to quote."""
    diet: bool = True
    """Train DIET as one of the ways to find a clause."""
    calibrate: bool = False
    """Have clause_finding cross-validate its figures instead of comparing ways."""


def read_options(arguments: Sequence[str] | None = None) -> Options:
    """Options from the command line and settings from the environment."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of {', '.join(BY_DEFAULT)} (default: all)")
    parser.add_argument("--questions", type=Path, default=Options.questions, help="folder of the held-out questions")
    parser.add_argument("--quick", action="store_true", help="fewer turns, for a look")
    parser.add_argument("--without-diet", action="store_true", help="do not train DIET to compare with")
    parser.add_argument("--calibrate", action="store_true", help="with clause_finding: sharpness and thresholds")
    given = parser.parse_args(arguments)
    for part in given.parts:
        if part not in BY_DEFAULT:
            parser.error(f"there is no part {part}; there are: {', '.join(BY_DEFAULT)}")
    return Options(
        settings=read_settings(),
        parts=tuple(given.parts) or BY_DEFAULT,
        questions=given.questions,
        quick=given.quick,
        diet=not given.without_diet,
        calibrate=given.calibrate,
    )
