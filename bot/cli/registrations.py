"""The registrations commands: list, show, export, statistics and delete."""

import sys
from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path

import click

from bot.app.records import open_forgetting, open_records
from bot.cli.command_group import CommandGroup
from bot.cli.options import as_actor, confirmed, pass_settings
from bot.cli.private_files import private_file
from bot.errors import ServiceError
from bot.printing import minute, plain
from bot.settings import Settings

_number = click.argument("number")


@click.group(cls=CommandGroup)
def registrations() -> None:
    """List, show, export, count and delete registrations."""


@registrations.command("list")
@as_actor
@pass_settings
def list_registrations(settings: Settings, actor: str) -> None:
    """Number, state, city and day of the next action; nothing of who it is."""
    records = open_records(settings)
    briefs = {each.number: each for each in records.cases.all()}
    for each in records.registrations.all(actor):
        brief = briefs.get(each.number)
        next_on = brief.next_on.isoformat() if brief and brief.next_on else "-"
        print(f"{each.number}  {each.state.value:11}  {next_on:10}  {plain(each.fields.get('city', '-'))}")


@registrations.command("show")
@_number
@as_actor
@pass_settings
def show(settings: Settings, number: str, actor: str) -> None:
    """All that one person told; the audit keeps who looked."""
    found = open_records(settings).registrations.show(number, actor)
    print(f"{found.number}  {minute(found.registered_at)}  {found.state.value}, by {found.by} ({plain(found.door)})")
    for consent in found.consents:
        print(f"consent {consent.purpose}: {'given' if consent.given else 'not given'} ({plain(consent.version)})")
    if not found.fields:
        print("nothing is kept of what was told")
    for name, value in found.fields.items():
        print(f"{name}: {plain(value)}")


@registrations.command("export")
@click.option("--format", "kind", type=click.Choice(("csv", "xlsx")), help="(default: that of --out, or csv)")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="for this user alone (default: standard output)"
)
@as_actor
@pass_settings
def export(settings: Settings, kind: str | None, out: Path | None, actor: str) -> None:
    """All registrations in full, as a table."""
    as_xlsx = (kind or (out.suffix.lstrip(".").lower() if out else "csv")) == "xlsx"
    if as_xlsx and out is None:
        raise ServiceError("--format xlsx: goes to a file alone; name one with --out FILE")
    found = open_records(settings).registrations.all(actor)
    from registry.registrations.exporting import write_csv, write_xlsx

    if out is None:
        # Whatever the terminal is set to: people's names are not in every character set.
        table = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
        try:
            write_csv(found, table)
        finally:
            table.detach()
        return
    with private_file(out) as draft:
        if as_xlsx:
            count = write_xlsx(found, draft)
        else:
            # Without the mark at its start Excel takes the file for one in the machine's own character set.
            with draft.open("w", encoding="utf-8-sig", newline="") as file:
                count = write_csv(found, file)
    print(f"{out}: {count} registrations in full; keep it no longer and no less safe than the records")


@registrations.command("statistics")
@click.option("--public", is_flag=True, help="small counts as <3, to pass on")
@as_actor
@pass_settings
def show_statistics(settings: Settings, public: bool, actor: str) -> None:
    """How many by place, kind, wish, milestone and state."""
    records = open_records(settings)
    from registry.registrations.statistics import for_the_public, statistics

    counts = statistics(records.database, records.cipher, actor)
    counted: Mapping[str, Mapping[str, object]] = for_the_public(counts) if public else counts
    for name, values in counted.items():
        print(f"{name}:" if values else f"{name}: none")
        for value, count in values.items():
            print(f"{count:>7}  {plain(value)}")


@registrations.command("delete")
@_number
@click.option("--yes", is_flag=True, help="do not ask")
@as_actor
@pass_settings
def delete(settings: Settings, number: str, yes: bool, actor: str) -> int:
    """Delete a registration at once and everywhere."""
    records = open_records(settings)
    question = f"Delete registration {number} with its case, notes, talk and merged registrations, for good?"
    if not yes and not confirmed(question):
        print("nothing is deleted")
        return 1
    receipt = records.registrations.delete(number, actor)
    counts = open_forgetting(settings, records).forget_person(receipt, actor)
    print(f"registration {receipt.number} was deleted at {minute(receipt.at)}")
    for table, count in counts.items():
        print(f"{count:>7}  {table}")
    return 0
