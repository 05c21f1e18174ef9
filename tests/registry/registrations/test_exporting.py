"""What was told stands in the table as it was told, and a spreadsheet works nothing of it out."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from registry.registrations.exporting import COLUMNS, escape_controls, write_csv, write_xlsx
from registry.registrations.registrations import FIELDS, Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from tests.registry.people import DACHUI, GENERAL_ONLY, register

TOLD = {
    "=1+1": "'=1+1",
    "@SUM(A1)": "'@SUM(A1)",
    "-2+3": "'-2+3",
    "＝1+1": "'＝1+1",
    "  =1+1": "'  =1+1",
    "做客服;=1+1": "做客服;=1+1",
    '会"推拿",按摩': '会"推拿",按摩',
    "1+1": "1+1",
    "'": "'",
    "\t=1+1": r"\t=1+1",
    "\r\n": r"\r\n",
    "甲\x1b[2J\x00乙": r"甲\x1b[2J\x00乙",
    "甲\u202e乙": r"甲\u202e乙",
    "<b>'; drop table": "<b>'; drop table",
    "#N/A": "#N/A",
    "𠮷野家": "𠮷野家",
}
"""What somebody says of their skills, and how a CSV file has it."""


@pytest.fixture
def registrations(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Registrations:
    return Registrations(database, cipher, clock)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is written does not depend on where it was read."""
    return sqlite_url


def as_csv(registrations: Registrations) -> list[dict[str, str]]:
    file = io.StringIO(newline="")
    write_csv(registrations.all("李敏"), file)
    return [*csv.DictReader(io.StringIO(file.getvalue(), newline=""))]


def as_xlsx(registrations: Registrations, folder: Path) -> Sequence[Sequence[tuple[object, str, str]]]:
    write_xlsx(registrations.all("李敏"), folder / "all.xlsx")
    return [
        [(cell.value, cell.data_type, cell.number_format) for cell in row]
        for row in load_workbook(folder / "all.xlsx")["registrations"].iter_rows()
    ]


def test_every_field_stands_in_its_column_as_it_was_told(registrations: Registrations) -> None:
    number = register(registrations)

    assert as_csv(registrations) == [
        {
            "number": number,
            "registered_at": "2025-03-01T16:00:01+08:00",
            "by": "self",
            "door": "web",
            "state": "registered",
            **DACHUI,
        }
    ]


def test_the_columns_are_the_stored_names_in_the_order_of_asking(registrations: Registrations) -> None:
    file = io.StringIO(newline="")

    assert write_csv([], file) == 0
    assert file.getvalue() == ",".join(("number", "registered_at", "by", "door", "state", *FIELDS)) + "\r\n"


def test_what_was_left_out_is_empty(registrations: Registrations) -> None:
    left_out: dict[str, Any] = dict.fromkeys(FIELDS[3:], "")
    register(registrations, consents=GENERAL_ONLY, **left_out)

    (line,) = as_csv(registrations)
    assert {name: line[name] for name in left_out} == left_out


def test_what_was_withdrawn_is_a_line_without_anybody(registrations: Registrations) -> None:
    registrations.withdraw_consent(register(registrations), "general", "self")

    (line,) = as_csv(registrations)
    assert (line["state"], "".join(line[name] for name in FIELDS)) == ("withdrawn", "")


@pytest.mark.parametrize("told", TOLD)
def test_no_cell_of_a_csv_file_begins_a_formula_or_steers_a_terminal(registrations: Registrations, told: str) -> None:
    register(registrations, skills=told)

    assert as_csv(registrations)[0]["skills"] == TOLD[told]


def test_a_phone_with_its_country_code_can_be_read_and_dialled(registrations: Registrations, folder: Path) -> None:
    register(registrations, phone="+86 138 0000 0002")

    assert as_csv(registrations)[0]["phone"] == "'+86 138 0000 0002"
    assert as_xlsx(registrations, folder)[1][COLUMNS.index("phone")] == ("+86 138 0000 0002", "s", "@")


def test_where_a_spreadsheet_also_divides_at_semicolons_no_cell_begins_behind_one(registrations: Registrations) -> None:
    register(registrations, skills="客服;=1+1")
    file = io.StringIO(newline="")
    write_csv(registrations.all("李敏"), file)

    assert '"客服;=1+1"' in file.getvalue()


@pytest.mark.parametrize("told", TOLD)
def test_every_cell_of_an_excel_file_is_a_text_as_it_was_told(
    registrations: Registrations, folder: Path, told: str
) -> None:
    register(registrations, skills=told)
    (header, line) = as_xlsx(registrations, folder)

    assert [value for value, *_ in header] == [*COLUMNS]
    assert line[COLUMNS.index("skills")] == (escape_controls(told), "s", "@")
    assert {kind for _, kind, _ in line} == {"s"}


def test_the_header_of_an_excel_file_stays_in_sight_and_columns_are_wide_enough(
    registrations: Registrations, folder: Path
) -> None:
    register(registrations)
    write_xlsx(registrations.all("李敏"), folder / "all.xlsx")
    sheet = load_workbook(folder / "all.xlsx").active

    widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
    assert sheet.freeze_panes == "B2"
    assert [name for name, width in zip(COLUMNS, widths, strict=True) if not len(name) < width <= 40] == []
