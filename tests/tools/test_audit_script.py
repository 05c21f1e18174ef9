"""`make audit` says what is known, and never passes where nothing could be asked."""

import os
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

TOOLS = Path(__file__).parent.parent.parent / "tools"
EXPORT = '[ "$1" = export ] && { while [ "$1" != --output-file ]; do shift; done; echo "a==1" > "$2"; exit; }\n'
WRITE = 'while [ "$1" != --output ]; do shift; done; echo "{}" > "$2"'


@pytest.mark.parametrize(
    ("does", "status", "says"),
    [
        (WRITE, 0, "Audited: 1 packages, no known vulnerability but 4 accepted ones."),
        (f"echo Found 1 known vulnerability; {WRITE}; exit 1", 1, "Found 1 known vulnerability"),
        ("echo no route to pypi.org; exit 1", 3, "NOT AUDITED"),
        # A mirror of the packages without the database.
        ('while [ "$1" != --output ]; do shift; done; echo \'"skip_reason": "not found"\' > "$2"', 3, "NOT AUDITED"),
    ],
)
def test_the_status_tells_clean_from_found_and_from_not_asked(
    tmp_path: Path, does: str, status: int, says: str
) -> None:
    uv = tmp_path / "uv"
    uv.write_text(f"#!/bin/sh\n{EXPORT}{does}\n", encoding="utf-8")
    uv.chmod(0o700)
    ran = subprocess.run(
        ["bash", str(TOOLS / "audit.sh")],
        env={**os.environ, "UV": str(uv)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, says in ran.stdout + ran.stderr) == (status, True)


def test_every_accepted_advisory_has_a_day_and_a_reason() -> None:
    lines = (TOOLS / "accepted_advisories.txt").read_text(encoding="utf-8").splitlines()
    accepted = [line.split(maxsplit=2) for line in lines if line and not line.startswith("#")]

    assert all(re.match("(CVE|GHSA|PYSEC)-", advisory) and len(reason) > 20 for advisory, _, reason in accepted)
    assert all(date.fromisoformat(day) for _, day, _ in accepted)
