"""The document commands: list, check, add, and the questions no document answered."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from bot.app.records import open_database
from bot.errors import ServiceError
from bot.settings import Settings
from knowledge.intake.drafting import add_document as add_to_folder
from knowledge.library.checking import check_document
from knowledge.library.loading import load_library
from registry.clock import today

_DATE_OPTIONS = {"issued": "--issued", "in_force_from": "--from", "in_force_until": "--until"}


def list_documents(settings: Settings) -> int:
    """Prints every document with its status today."""
    for document in load_library(settings.documents).documents:
        drafts = sum(clause.draft for clause in document.clauses)
        until = document.in_force_until.isoformat() if document.in_force_until else "…"
        print(f"{document.id}  {document.status_on(today()).value}  {document.in_force_from} – {until}")
        print(f"    {document.title} {document.number}")
        print(f"    {len(document.clauses)} clauses" + (f", {drafts} of them drafts" if drafts else ""))
    return 0


def check_documents(settings: Settings, identifiers: Sequence[str]) -> int:
    """Prints everything a person has to mend, with file and line; 1 where there is anything."""
    library = load_library(settings.documents)
    known = [document.id for document in library.documents]
    for identifier in identifiers:
        if identifier not in known:
            raise ServiceError(f"there is no document {identifier}; there are: {', '.join(known)}")
    found = 0
    for document in library.documents:
        if identifiers and document.id not in identifiers:
            continue
        problems = check_document(document)
        for problem in problems:
            print(problem)
        found += len(problems)
        print(f"{document.id}: {len(document.clauses)} clauses, {len(problems)} problems", file=sys.stderr)
    return 1 if found else 0


def add_document(settings: Settings, file: Path, details: Mapping[str, str | None]) -> int:
    """Takes in `file` and prints what a person does next."""
    given: dict[str, object] = {name: value for name, value in details.items() if value}
    for name, option in _DATE_OPTIONS.items():
        if name in given:
            try:
                given[name] = date.fromisoformat(str(given[name]))
            except ValueError as error:
                raise ServiceError(f"{option} {given[name]}: must be a date such as 2025-06-25") from error
    *others, added_here = settings.documents
    document = add_to_folder(file, added_here, others=others, **given)
    print(f"{document.id}: {len(document.clauses)} clauses drafted in {document.folder}")
    print("People can ask about it now; a running service finds it within seconds.")
    print(f"Next: edit {document.folder / 'clauses.yml'}, then run `zhuyetong documents check {document.id}`.")
    return 0


def list_unanswered(settings: Settings, limit: int) -> int:
    """Prints the questions no document answered and nobody has dealt with, the most frequent first."""
    from registry.questions.unanswered import UnansweredQuestions

    for each in UnansweredQuestions(open_database(settings)).most_asked(limit, ("open", "taken")):
        print(f"{each.times:5}  {each.last_asked}  {each.nearest or '-':32}  {each.text}")
    return 0
