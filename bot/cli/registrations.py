"""The registrations commands: list, show, export, statistics and delete."""

import argparse
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path

from bot.app.records import open_forgetting, open_records
from bot.cli.options import add_actor, confirmed
from bot.cli.private_files import private_file
from bot.errors import ServiceError
from bot.printing import minute, plain
from bot.settings import Settings


def add_registrations(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `registrations list | show | export | statistics | delete` to the command line."""
    registrations = commands.add_parser("registrations", help="list, show, export, count and delete registrations")
    actions = registrations.add_subparsers(required=True, metavar="ACTION")

    listed = actions.add_parser("list", help="number, state, city and day of the next action; nothing of who it is")
    listed.set_defaults(command=_list)

    show = actions.add_parser("show", help="all that one person told; the audit keeps who looked")
    show.add_argument("number")
    show.set_defaults(command=_show)

    export = actions.add_parser("export", help="all registrations in full, as a table")
    export.add_argument("--format", choices=("csv", "xlsx"), help="(default: that of --out, or csv)")
    export.add_argument("--out", type=Path, metavar="FILE", help="for this user alone (default: standard output)")
    export.set_defaults(command=_export)

    statistics = actions.add_parser("statistics", help="how many by place, kind, wish, milestone and state")
    statistics.add_argument("--public", action="store_true", help="small counts as <3, to pass on")
    statistics.set_defaults(command=_statistics)

    delete = actions.add_parser("delete", help="delete a registration at once and everywhere")
    delete.add_argument("number")
    delete.add_argument("--yes", action="store_true", help="do not ask")
    delete.set_defaults(command=_delete)

    for action in (listed, show, export, statistics, delete):
        add_actor(action)


def _list(settings: Settings, given: argparse.Namespace) -> int:
    records = open_records(settings)
    briefs = {each.number: each for each in records.cases.all()}
    for each in records.registrations.all(given.actor):
        brief = briefs.get(each.number)
        next_on = brief.next_on.isoformat() if brief and brief.next_on else "-"
        print(f"{each.number}  {each.state.value:11}  {next_on:10}  {plain(each.fields.get('city', '-'))}")
    return 0


def _show(settings: Settings, given: argparse.Namespace) -> int:
    found = open_records(settings).registrations.show(given.number, given.actor)
    print(f"{found.number}  {minute(found.registered_at)}  {found.state.value}, by {found.by} ({plain(found.door)})")
    for consent in found.consents:
        print(f"consent {consent.purpose}: {'given' if consent.given else 'not given'} ({plain(consent.version)})")
    if not found.fields:
        print("nothing is kept of what was told")
    for name, value in found.fields.items():
        print(f"{name}: {plain(value)}")
    return 0


def _export(settings: Settings, given: argparse.Namespace) -> int:
    as_xlsx = (given.format or (given.out.suffix.lstrip(".").lower() if given.out else "csv")) == "xlsx"
    if as_xlsx and given.out is None:
        raise ServiceError("--format xlsx: goes to a file alone; name one with --out FILE")
    found = open_records(settings).registrations.all(given.actor)
    from registry.registrations.exporting import write_csv, write_xlsx

    if given.out is None:
        # Whatever the terminal is set to: people's names are not in every character set.
        out = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
        try:
            write_csv(found, out)
        finally:
            out.detach()
        return 0
    with private_file(given.out) as draft:
        if as_xlsx:
            count = write_xlsx(found, draft)
        else:
            # Without the mark at its start Excel takes the file for one in the machine's own character set.
            with draft.open("w", encoding="utf-8-sig", newline="") as file:
                count = write_csv(found, file)
    print(f"{given.out}: {count} registrations in full; keep it no longer and no less safe than the records")
    return 0


def _statistics(settings: Settings, given: argparse.Namespace) -> int:
    records = open_records(settings)
    from registry.registrations.statistics import for_the_public, statistics

    counts = statistics(records.database, records.cipher, given.actor)
    counted: Mapping[str, Mapping[str, object]] = for_the_public(counts) if given.public else counts
    for name, values in counted.items():
        print(f"{name}:" if values else f"{name}: none")
        for value, count in values.items():
            print(f"{count:>7}  {plain(value)}")
    return 0


def _delete(settings: Settings, given: argparse.Namespace) -> int:
    records = open_records(settings)
    question = f"Delete registration {given.number} with its case, notes, talk and merged registrations, for good?"
    if not given.yes and not confirmed(question):
        print("nothing is deleted")
        return 1
    receipt = records.registrations.delete(given.number, given.actor)
    counts = open_forgetting(settings, records).forget_person(receipt, given.actor)
    print(f"registration {receipt.number} was deleted at {minute(receipt.at)}")
    for table, count in counts.items():
        print(f"{count:>7}  {table}")
    return 0
