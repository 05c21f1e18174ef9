"""The cases commands: what is due, whose it is, what was done and what comes next."""

from datetime import date

import click

from bot.app.records import open_records
from bot.cli.command_group import CommandGroup
from bot.cli.options import as_actor, as_named_actor, day, name, pass_settings, words
from bot.printing import minute, plain
from bot.settings import Settings
from registry.clock import today

_number = click.argument("number")
_TODAY = "today"


def _due(text: str) -> date:
    # "Today" is asked for once the command runs: a process may live past midnight.
    return today() if text == _TODAY else day(text)


@click.group(cls=CommandGroup)
def cases() -> None:
    """Follow up registrations: what is due, whose it is, what was done."""


@cases.command("list")
@click.option("--owner", type=name, metavar="NAME", help="only what NAME has")
@click.option("--all", "over_too", is_flag=True, help="those that are over too")
@click.option(
    "--due",
    type=_due,
    is_flag=False,
    flag_value=_TODAY,
    metavar="[DAY]",
    help="what is to be done up to DAY (today)",
)
@pass_settings
def list_cases(settings: Settings, owner: str | None, over_too: bool, due: date | None) -> None:
    """Number, state, day of the next action, owner; nothing of who it is."""
    from registry.cases.cases import LIVE

    opened = open_records(settings).cases
    if due:
        for each in opened.due(due):
            if owner in {None, each.owner}:
                what = each.milestone or "next action"
                print(f"{each.on}  {each.number}  {what:23}  {plain(each.owner or '-')}")
        return
    for brief in opened.all():
        if owner in {None, brief.owner} and (over_too or brief.state in LIVE):
            next_on = brief.next_on.isoformat() if brief.next_on else "-"
            print(f"{brief.number}  {brief.state.value:11}  {next_on:10}  {plain(brief.owner or '-')}")


@cases.command("show")
@_number
@as_actor
@pass_settings
def show(settings: Settings, number: str, actor: str) -> None:
    """Milestones and notes of one case; the audit keeps who looked."""
    case = open_records(settings).cases.show(number, actor)
    into = f" into {case.merged_into}" if case.merged_into else ""
    owner = f", {plain(case.owner)} has it" if case.owner else ""
    print(f"{case.number}  {minute(case.changed_at)}  {case.state.value}{into}{owner}")
    print(f"next: {case.next_on}  {plain(case.next_what)}" if case.next_on else "next: nothing")
    print("milestones:" if case.milestones else "milestones: none")
    for each in case.milestones:
        done = f"done {minute(each.done)} by {plain(each.by or '-')}  {plain(each.result)}" if each.done else ""
        due = f"due {each.due}" if each.due else "open"
        print(f"    {each.name:23}  {done or due}".rstrip())
    print("notes:" if case.notes else "notes: none")
    for note in case.notes:
        print(f"    {minute(note.at)}  {plain(note.by)}: {plain(note.text)}")


@cases.command("take")
@_number
@as_named_actor
@pass_settings
def take(settings: Settings, number: str, actor: str) -> None:
    """Make a case yours that nobody has."""
    open_records(settings).cases.take(number, actor)
    print(f"case {number} is yours")


@cases.command("assign")
@_number
@click.option("--to", type=name, metavar="NAME", help="who has it from now on")
@click.option("--to-nobody", is_flag=True, help="nobody has it any more")
@as_actor
@pass_settings
def assign(settings: Settings, number: str, to: str | None, to_nobody: bool, actor: str) -> None:
    """Give a case to somebody, or to nobody."""
    if to_nobody == bool(to):
        raise click.BadParameter("say --to NAME or --to-nobody, one of the two")
    open_records(settings).cases.assign(number, to, actor)
    print(f"case {number}: {plain(to or 'nobody')} has it")


@cases.command("move")
@_number
@click.argument("state")
@as_actor
@pass_settings
def move(settings: Settings, number: str, state: str, actor: str) -> None:
    """Say how far a case has come: in_progress, waiting, placed, closed and others."""
    open_records(settings).cases.move(number, state, actor)
    print(f"case {number} is {state}")


@cases.command("milestone")
@_number
@click.argument("milestone")
@click.option("--result", default="", metavar="TEXT", help="what came of it; - reads it")
@as_actor
@pass_settings
def milestone(settings: Settings, number: str, milestone: str, result: str, actor: str) -> None:
    """Say that a milestone is done, today; again corrects its result.

    Such as ability_assessment; `cases show` has those of a case.
    """
    open_records(settings).cases.milestone_done(number, milestone, words(result), actor)
    print(f"case {number}: {milestone} is done")


@cases.command("note")
@_number
@click.argument("text")
@as_actor
@pass_settings
def note(settings: Settings, number: str, text: str, actor: str) -> None:
    """Write something down; - reads it from the standard input."""
    open_records(settings).cases.note(number, words(text), actor)
    print(f"case {number}: noted")


@cases.command("plan")
@_number
@click.argument("what", default="")
@click.option("--on", type=day, metavar="DAY", help="e.g. 2025-06-25")
@click.option("--not", "nothing", is_flag=True, help="nothing is planned any more")
@click.option("--milestone", metavar="MILESTONE", help="set the day of this milestone instead")
@as_actor
@pass_settings
def plan(
    settings: Settings, number: str, what: str, on: date | None, nothing: bool, milestone: str | None, actor: str
) -> None:
    """Say what is to be done next, and by when.

    WHAT is such as call; - reads it from the standard input.
    """
    if nothing == bool(on):
        raise click.BadParameter("say --on DAY or --not, one of the two")
    open_records(settings).cases.plan(number, on, words(what), actor, milestone=milestone)
    subject = milestone or "the next action"
    print(f"case {number}: {subject} is " + (f"due on {on}" if on else "planned no more"))


@cases.command("duplicates")
@_number
@pass_settings
def duplicates(settings: Settings, number: str) -> None:
    """Other cases with the same phone or name."""
    for other in open_records(settings).cases.duplicates(number):
        print(other)


@cases.command("merge")
@click.argument("keep")
@click.argument("other")
@as_actor
@pass_settings
def merge(settings: Settings, keep: str, other: str, actor: str) -> None:
    """Let case OTHER go on as case KEEP of the same person; there is no way back."""
    open_records(settings).cases.merge(keep, other, actor)
    print(f"case {other} goes on as {keep}")
