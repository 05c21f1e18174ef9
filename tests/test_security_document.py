"""docs/security.md names tests that there are, for every finding and every chapter."""

import re
from pathlib import Path

PROJECT = Path(__file__).parent.parent
DOCUMENT = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [line for line in DOCUMENT.splitlines() if line.startswith("| ")]


def row_of(name: str) -> str:
    """The line of the table that begins with `name`, "" where there is none."""
    return next((row for row in ROWS if re.match(rf"\| {name}\b", row)), "")


def test_every_promise_is_checked_by_a_test_that_there_is() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"def (test_\w+)", sources))
    named = set(re.findall(r"`(test_\w+)`", DOCUMENT))

    assert len(named) > 80
    assert named - there == set()


def test_every_file_it_names_is_there() -> None:
    named = re.findall(r"`((?:tests|tools|registry|bot|knowledge|docs)/[\w./-]+)`", DOCUMENT)
    linked = [f"docs/{name}" for name in re.findall(r"\]\(([\w.-]+)\)", DOCUMENT)]

    assert len(named) > 2
    assert [name for name in (*named, *linked) if not (PROJECT / name).exists()] == []


def test_every_finding_names_what_keeps_it_from_coming_back() -> None:
    assert [number for number in range(1, 16) if "`test_" not in row_of(f"S{number}")] == []


def test_every_chapter_of_the_standard_says_what_holds_and_names_a_test() -> None:
    chapters = {number: row_of(f"V{number}").split("|") for number in range(1, 15)}

    assert [number for number, row in chapters.items() if len(row) != 6 or "`test_" not in row[4]] == []
    assert [number for number, row in chapters.items() if not (row[2].strip() and row[3].strip())] == []


def test_as_many_advisories_are_told_as_are_accepted() -> None:
    lines = (PROJECT / "tools" / "accepted_advisories.txt").read_text(encoding="utf-8").splitlines()
    accepted = [line for line in lines if line and not line.startswith("#")]
    numbers = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")

    assert f"**{numbers[len(accepted)]} advisories are accepted**" in DOCUMENT
