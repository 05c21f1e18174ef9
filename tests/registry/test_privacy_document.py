"""docs/privacy.md says of every table, field and period what is true."""

import re
from pathlib import Path

import pytest

from registry.tables.all import Base, encrypted_columns
from registry.upkeep.retention import periods
from registry.values.fields import FIELDS, REQUIRED, SENSITIVE

DOCS = Path(__file__).parent.parent.parent / "docs"
DOCUMENT = (DOCS / "privacy.md").read_text(encoding="utf-8")
IN_CHINESE = (DOCS / "privacy.zh.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table whose header begins with `heading`."""
    (table,) = re.findall(rf"^\| {heading} \|.*\n\|[-:| ]+\n((?:\|.*\n)+)", DOCUMENT, re.MULTILINE)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def names(cell: str) -> set[str]:
    return set(filter(None, cell.split(", ")))


def test_every_table_is_told_of_with_what_is_encrypted_in_it() -> None:
    told = {table: names(encrypted) for table, _, encrypted, _ in rows("table")}

    assert told == {
        table.name: {column.name for column in encrypted_columns().get(table, [])}
        for table in Base.metadata.sorted_tables
    }


def test_every_index_and_hash_is_told_of() -> None:
    told = {table: names(index) for table, _, _, index in rows("table")}

    # A blind index and a hash are 64 characters; nothing else is.
    assert told == {
        table.name: {column.name for column in table.columns if getattr(column.type, "length", None) == 64}
        for table in Base.metadata.sorted_tables
    }


def test_every_period_is_told_as_it_is() -> None:
    assert {kind: int(days) for kind, days, _ in rows("kind")} == {
        kind: period.days for kind, period in periods().items()
    }


def test_every_field_is_told_with_why_it_is_needed_and_whether_it_may_be_left_out() -> None:
    told = {
        field: (optional == "yes", "sensitive" in why)
        for fields, why, optional in rows("what is told")
        for field in names(fields)
    }

    assert told == {field: (field not in REQUIRED, field in SENSITIVE) for field in FIELDS}


@pytest.mark.parametrize("kind", ["transcript_turns", "person_requests", "cases", "unanswered_questions"])
def test_people_are_told_the_same_periods_in_chinese(kind: str) -> None:
    assert f"{periods()[kind].days} 天" in IN_CHINESE
