"""Edits when a document is in force and what takes its place: checked, and kept as a version."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from knowledge.errors import DocumentError
from knowledge.library.documents import Document, Successor
from knowledge.library.editing import publish_anew
from knowledge.library.versions import Versions
from knowledge.library.writing_yaml import with_comments, write_yaml

WHAT = "dates"
"""Names a version in which dates were edited."""
_FILE = "document.yml"
_ISSUED = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@dataclass(frozen=True)
class Dates:
    """What somebody wants a document's dates and successors to be."""

    in_force_from: date
    in_force_until: date | None
    successors: tuple[Successor, ...]


def date_problems(document: Document, dates: Dates) -> Sequence[str]:
    """What keeps the dates from being published: "order", "before_issue", "successor", "successor_issued"."""
    found = []
    if dates.in_force_until is not None and dates.in_force_until < dates.in_force_from:
        found.append("order")
    if dates.in_force_from < document.issued:
        found.append("before_issue")
    if any(not each.title or not each.covers for each in dates.successors):
        found.append("successor")
    if any(each.issued and not _is_day_or_month(each.issued) for each in dates.successors):
        found.append("successor_issued")
    return found


def publish_dates(
    document: Document, dates: Dates, into: Path, versions: Versions, *, read: str, by: str, at: datetime
) -> None:
    """Puts the dates in the place of those that hold now.

    Raises EditedMeanwhile as knowledge.library.editing.publish does, DocumentError where the dates have a problem.
    """
    for problem in date_problems(document, dates):
        raise DocumentError(f"document {document.id}: dates: {problem}; correct them and publish again")

    def change(folder: Path) -> None:
        content = with_comments(folder / _FILE)
        content["in_force_from"] = dates.in_force_from
        if dates.in_force_until is not None:
            content["in_force_until"] = dates.in_force_until
        else:
            content.pop("in_force_until", None)
        if dates.successors != document.successors:
            content["successors"] = [_entry(each) for each in dates.successors]
        write_yaml(folder / _FILE, content)

    publish_anew(document, change, into, versions, read=read, by=by, at=at, what=WHAT)


def _is_day_or_month(text: str) -> bool:
    if not _ISSUED.fullmatch(text):
        return False
    try:
        date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    except ValueError:
        return False
    return True


def _entry(successor: Successor) -> dict[str, Any]:
    told = {"title": successor.title, "number": successor.number, "issued": successor.issued}
    entry: dict[str, Any] = {name: value for name, value in told.items() if value}
    return {**entry, "covers": successor.covers, "text_available": successor.text_available}
