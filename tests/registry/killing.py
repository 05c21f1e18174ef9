"""Processes that register and are killed, and what they acknowledged until then."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
LONGEST_LIFE = 0.25
"""In seconds, from the first registration of a process on."""


def start(url: str, key: Path, first: int, dies: str = "") -> "subprocess.Popen[str]":
    """A process that registers from person `first` on."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.registry.registering", url, str(key), str(first), dies],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def killed_after(seconds: float, process: "subprocess.Popen[str]") -> list[tuple[int, str]]:
    """What `process` acknowledged until it was killed: persons with their numbers."""
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    said, _ = process.communicate()
    # A line without its end was never acknowledged.
    lines = [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]
    return [(int(person), number) for person, number in lines]


def acknowledged_though_killed(url: str, key: Path, persons: int, seed: int) -> tuple[list[tuple[int, str]], int]:
    """At least so many persons with their numbers, and how many processes were killed on the way."""
    chance = random.Random(seed)
    acknowledged: list[tuple[int, str]] = []
    lives = 0
    while len(acknowledged) < persons:
        lives += 1
        # Whoever had no answer sends the same again.
        acknowledged += killed_after(chance.uniform(0, LONGEST_LIFE), start(url, key, len(acknowledged)))
    return acknowledged, lives
