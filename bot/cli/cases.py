"""The cases commands: what is due, whose it is, what was done and what comes next."""

import argparse
from collections.abc import Callable

from bot.app.records import open_records
from bot.cli.options import add_actor, day, name, words
from bot.printing import minute, plain
from bot.settings import Settings
from registry.clock import today


def add_cases(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `cases list | show | take | assign | move | milestone | note | plan | duplicates | merge`."""
    cases = commands.add_parser("cases", help="follow up registrations: what is due, whose it is, what was done")
    actions = cases.add_subparsers(required=True, metavar="ACTION")

    def action(
        called: str, command: Callable[[Settings, argparse.Namespace], int], told: str
    ) -> argparse.ArgumentParser:
        added = actions.add_parser(called, help=told)
        added.set_defaults(command=command)
        return added

    listed = action("list", _list, "number, state, day of the next action, owner; nothing of who it is")
    listed.add_argument("--owner", type=name, metavar="NAME", help="only what NAME has")
    listed.add_argument("--all", action="store_true", help="those that are over too")
    listed.add_argument(
        "--due", type=day, nargs="?", const=today(), metavar="DAY", help="what is to be done up to DAY (today)"
    )

    show = action("show", _show, "milestones and notes of one case; the audit keeps who looked")
    take = action("take", _take, "make a case yours that nobody has")
    assign = action("assign", _assign, "give a case to somebody, or to nobody")
    move = action("move", _move, "say how far a case has come")
    milestone = action("milestone", _milestone, "say that a milestone is done, today; again corrects its result")
    note = action("note", _note, "write something down")
    plan = action("plan", _plan, "say what is to be done next, and by when")
    duplicates = action("duplicates", _duplicates, "other cases with the same phone or name")
    merge = action("merge", _merge, "let a case go on as another of the same person; there is no way back")
    for each in (show, take, assign, move, milestone, note, plan, duplicates):
        each.add_argument("number")
    for each in (show, assign, move, milestone, note, plan, merge):
        add_actor(each)
    add_actor(take, required=True)

    whom = assign.add_mutually_exclusive_group(required=True)
    whom.add_argument("--to", type=name, metavar="NAME")
    whom.add_argument("--to-nobody", action="store_true")
    move.add_argument("state", help="e.g. in_progress, waiting, placed, closed")
    milestone.add_argument("milestone", help="e.g. ability_assessment; `cases show` has those of a case")
    milestone.add_argument("--result", type=words, default="", metavar="TEXT", help="what came of it; - reads it")
    note.add_argument("text", type=words, help="- reads it from the standard input")
    when = plan.add_mutually_exclusive_group(required=True)
    when.add_argument("--on", type=day, metavar="DAY", help="e.g. 2025-06-25")
    when.add_argument("--not", dest="on", action="store_const", const=None, help="nothing is planned any more")
    plan.add_argument("what", type=words, nargs="?", default="", help="e.g. call; - reads it from the standard input")
    plan.add_argument("--milestone", help="set the day of this milestone instead")
    merge.add_argument("keep", help="the number that stays")
    merge.add_argument("other", help="the number that goes on as it")


def _list(settings: Settings, given: argparse.Namespace) -> int:
    from registry.cases.cases import LIVE

    cases = open_records(settings).cases
    if given.due:
        for due in cases.due(given.due):
            if given.owner in {None, due.owner}:
                what = due.milestone or "next action"
                print(f"{due.on}  {due.number}  {what:23}  {plain(due.owner or '-')}")
        return 0
    for each in cases.all():
        if given.owner in {None, each.owner} and (given.all or each.state in LIVE):
            next_on = each.next_on.isoformat() if each.next_on else "-"
            print(f"{each.number}  {each.state.value:11}  {next_on:10}  {plain(each.owner or '-')}")
    return 0


def _show(settings: Settings, given: argparse.Namespace) -> int:
    case = open_records(settings).cases.show(given.number, given.actor)
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
    return 0


def _take(settings: Settings, given: argparse.Namespace) -> int:
    open_records(settings).cases.take(given.number, given.actor)
    print(f"case {given.number} is yours")
    return 0


def _assign(settings: Settings, given: argparse.Namespace) -> int:
    open_records(settings).cases.assign(given.number, given.to, given.actor)
    print(f"case {given.number}: {plain(given.to or 'nobody')} has it")
    return 0


def _move(settings: Settings, given: argparse.Namespace) -> int:
    open_records(settings).cases.move(given.number, given.state, given.actor)
    print(f"case {given.number} is {given.state}")
    return 0


def _milestone(settings: Settings, given: argparse.Namespace) -> int:
    open_records(settings).cases.milestone_done(given.number, given.milestone, given.result, given.actor)
    print(f"case {given.number}: {given.milestone} is done")
    return 0


def _note(settings: Settings, given: argparse.Namespace) -> int:
    open_records(settings).cases.note(given.number, given.text, given.actor)
    print(f"case {given.number}: noted")
    return 0


def _plan(settings: Settings, given: argparse.Namespace) -> int:
    cases = open_records(settings).cases
    cases.plan(given.number, given.on, given.what, given.actor, milestone=given.milestone)
    subject = given.milestone or "the next action"
    print(f"case {given.number}: {subject} is " + (f"due on {given.on}" if given.on else "planned no more"))
    return 0


def _duplicates(settings: Settings, given: argparse.Namespace) -> int:
    for number in open_records(settings).cases.duplicates(given.number):
        print(number)
    return 0


def _merge(settings: Settings, given: argparse.Namespace) -> int:
    open_records(settings).cases.merge(given.keep, given.other, given.actor)
    print(f"case {given.other} goes on as {given.keep}")
    return 0
