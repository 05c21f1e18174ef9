"""Exports registrations as a table: every field as it was told, and none that a spreadsheet takes for a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from registry.clock import CHINA
from registry.registrations.registrations import Registration
from registry.values.fields import FIELDS, LONGEST

COLUMNS = ("number", "registered_at", "by", "door", "state", *FIELDS)

# What steers a terminal or turns a line around, and what no XLSX file may hold.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
# A spreadsheet reads these at the start as a formula, in Chinese and Japanese also in full width.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_WIDEST = 40
"""Of a column, in characters of Latin letters; a Chinese one takes two."""


def write_csv(registrations: Iterable[Registration], file: TextIO) -> int:
    """Writes a header and a line for each registration; gives how many. `file` is opened with newline=""."""
    csv.writer(file).writerow(COLUMNS)
    # Everything in quotes: some spreadsheets also divide at a semicolon, and behind it a formula could begin.
    lines = csv.writer(file, quoting=csv.QUOTE_ALL)
    count = 0
    for each in registrations:
        # The apostrophe makes it a text, and leaves +86 138 0000 0001 as readable as it was.
        lines.writerow(f"'{cell}" if _FORMULA.match(cell) else cell for cell in _cells(each))
        count += 1
    return count


def write_xlsx(registrations: Iterable[Registration], path: Path) -> int:
    """Writes the same as an Excel file with text in every cell; gives how many registrations."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("registrations")
    sheet.freeze_panes = "B2"
    for place, name in enumerate(COLUMNS, 1):
        wide = max(2 * LONGEST.get(name, 5), len(name)) + 2
        sheet.column_dimensions[get_column_letter(place)].width = 27 if name == "registered_at" else min(wide, _WIDEST)
    header = [_text_cell(sheet, name) for name in COLUMNS]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    count = 0
    for each in registrations:
        sheet.append([_text_cell(sheet, cell) if cell else None for cell in _cells(each)])
        count += 1
    book.save(path)
    return count


def escape_controls(text: str) -> str:
    r"""`text` with control characters as they are written in a program, e.g. a line break as \n."""
    return _CONTROLS.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def _cells(registration: Registration) -> Sequence[str]:
    at = registration.registered_at.astimezone(CHINA).isoformat(timespec="seconds")
    about = (registration.number, at, registration.by, registration.door, registration.state.value)
    return [escape_controls(each) for each in (*about, *(registration.fields.get(name, "") for name in FIELDS))]


def _text_cell(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    # Left to itself it takes =1+1 for a formula and #N/A for an error; quoted, it stays a text when somebody edits it.
    cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", bool(_FORMULA.match(text))
    return cell
