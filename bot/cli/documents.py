"""The document commands: list, check, add, and the questions no document answered."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from bot.app.records import open_database
from bot.cli.command_group import CommandGroup
from bot.cli.options import pass_settings
from bot.errors import ServiceError
from bot.settings import Settings
from registry.clock import today

_DATE_OPTIONS = {"issued": "--issued", "in_force_from": "--from", "in_force_until": "--until"}


@click.group(cls=CommandGroup)
def documents() -> None:
    """List, check and add documents."""


@documents.command("list")
@pass_settings
def list_documents(settings: Settings) -> None:
    """Every document with its status today."""
    from knowledge.library.loading import load_library

    for document in load_library(settings.documents).documents:
        drafts = sum(clause.draft for clause in document.clauses)
        until = document.in_force_until.isoformat() if document.in_force_until else "…"
        print(f"{document.id}  {document.status_on(today()).value}  {document.in_force_from} – {until}")
        print(f"    {document.title} {document.number}")
        print(f"    {len(document.clauses)} clauses" + (f", {drafts} of them drafts" if drafts else ""))


@documents.command("check")
@click.argument("identifiers", metavar="[ID]...", nargs=-1)
@pass_settings
def check_documents(settings: Settings, identifiers: Sequence[str]) -> int:
    """Prove that answers say nothing their clauses do not: of the documents named, or of all.

    Without a name, the clauses that the rules cite are checked too. Everything a person has to mend is printed with
    file and line; then status 1.
    """
    from knowledge.library.checking import check_document
    from knowledge.library.loading import load_library
    from knowledge.rules.clauses import rule_clause_problems

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
    if not identifiers:
        # The rules work with what is shipped, whatever was edited or added on this machine.
        for problem in rule_clause_problems(load_library()):
            print(problem)
            found += 1
    return 1 if found else 0


@documents.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", help="folder name, e.g. jiangxi-2025-2027 (default: made from the title)")
@click.option("--title", help="as printed (default: read from the file)")
@click.option("--number", help="e.g. 赣府厅字〔2022〕90号 (default: read from the file)")
@click.option("--issuer", help="(default: read from the file)")
@click.option("--place", help="where it applies, e.g. 江西")
@click.option("--issued", metavar="DAY", help="date of issue, e.g. 2025-06-25 (default: read from the file)")
@click.option("--from", "in_force_from", metavar="DAY", help="first day in force (default: the day of issue)")
@click.option("--until", "in_force_until", metavar="DAY", help="last day in force (default: from the title's years)")
@pass_settings
def add_document(settings: Settings, /, file: Path, **details: str | None) -> None:
    """Take in a txt, docx, html or pdf file."""
    from knowledge.intake.drafting import add_document

    given: dict[str, object] = {name: value for name, value in details.items() if value}
    for name, option in _DATE_OPTIONS.items():
        if name in given:
            try:
                given[name] = date.fromisoformat(str(given[name]))
            except ValueError as error:
                raise ServiceError(f"{option} {given[name]}: must be a date such as 2025-06-25") from error
    *others, added_here = settings.documents
    document = add_document(file, added_here, others=others, **given)
    print(f"{document.id}: {len(document.clauses)} clauses drafted in {document.folder}")
    print("People can ask about it now; a running service finds it within seconds.")
    print(f"Next: edit {document.folder / 'clauses.yml'}, then run `zhuyetong documents check {document.id}`.")


@documents.command("unanswered")
@click.option("--limit", type=int, default=100, show_default=True, help="how many at most")
@pass_settings
def list_unanswered(settings: Settings, limit: int) -> None:
    """Questions no document answered, most frequent first."""
    from registry.questions.unanswered import UnansweredQuestions

    for each in UnansweredQuestions(open_database(settings)).most_asked(limit, ("open", "taken")):
        print(f"{each.times:5}  {each.last_asked}  {each.nearest or '-':32}  {each.text}")
