"""docs/accessibility.md names tests that there are."""

import re
from pathlib import Path

PROJECT = Path(__file__).parents[3]
DOCUMENT = (PROJECT / "docs" / "accessibility.md").read_text(encoding="utf-8")


def test_every_promise_is_checked_by_a_test_that_there_is() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (PROJECT / "tests" / "bot" / "web").rglob("test_*.py")
    )
    there = set(re.findall(r"def (test_\w+)", sources))
    named = set(re.findall(r"`(test_\w+)`", DOCUMENT))

    assert len(named) > 30
    assert named <= there


def test_every_promise_names_what_checks_it() -> None:
    rows = [line for line in DOCUMENT.splitlines() if line.startswith("| ") and not line.startswith("| promise")]

    assert [row for row in rows if not re.search(r"`(test_\w+|python -m benchmarks pages)`", row)] == []
