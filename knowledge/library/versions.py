"""What a document's answers were before, each time they were published."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knowledge.errors import DocumentError
from knowledge.library.writing_yaml import write_yaml
from knowledge.yaml_files import read_yaml, text_of

_ABOUT = "about.yml"
_CLAUSES = "clauses.yml"
_DETAILS = "document.yml"


@dataclass(frozen=True)
class Version:
    """The answers of a document as they were published at one time."""

    number: int
    by: str
    """"" for what was there before anybody edited it."""
    at: datetime
    what: str
    """The clause that was edited, "dates" for the document's own, or "back to 3" where one was put back."""


class Versions:
    """The versions of every document, in one folder for each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, document: str) -> list[Version]:
        """Newest first; none where it was never edited."""
        found = []
        for path in sorted((self._folder / document).glob(f"*/{_ABOUT}"), reverse=True):
            about = read_yaml(path)
            found.append(
                Version(int(path.parent.name), about["by"], datetime.fromisoformat(about["at"]), about["what"])
            )
        return found

    def clauses(self, document: str, number: int) -> str:
        """What clauses.yml held; raises DocumentError where there is no such version."""
        if number not in [each.number for each in self.of(document)]:
            raise DocumentError(f"{self._folder / document}: there is no version {number}; choose one of the list")
        return text_of(self._folder / document / f"{number:05}" / _CLAUSES)

    def details(self, document: str, number: int) -> str:
        """What document.yml held; "" in a version from when it could not be edited."""
        path = self._folder / document / f"{number:05}" / _DETAILS
        return text_of(path) if path.exists() else ""

    def keep(self, document: str, clauses: str, details: str, by: str, at: datetime, what: str) -> int:
        """Adds a version and gives its number; `clauses` and `details` are the texts of the two files."""
        latest = self.of(document)
        number = latest[0].number + 1 if latest else 1
        folder = self._folder / document / f"{number:05}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _CLAUSES).write_text(clauses, encoding="utf-8")
        (folder / _DETAILS).write_text(details, encoding="utf-8")
        # Last: a version without it is none.
        write_yaml(folder / _ABOUT, {"by": by, "at": at.isoformat(), "what": what})
        return number
