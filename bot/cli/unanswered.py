"""The unanswered commands: questions no document answered, who looks into them, and how far they are."""

import argparse
from typing import TYPE_CHECKING

from bot.app.records import open_database
from bot.cli.options import add_actor
from bot.printing import plain
from bot.settings import Settings

if TYPE_CHECKING:
    from registry.questions.unanswered import UnansweredQuestions


def add_unanswered(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `unanswered list | take | give-back | answer` to the command line."""
    unanswered = commands.add_parser("unanswered", help="questions no document answered: list, take, answer")
    actions = unanswered.add_subparsers(required=True, metavar="ACTION")

    listed = actions.add_parser("list", help="open and taken questions, most frequent first")
    listed.add_argument("--limit", type=int, default=100)
    listed.add_argument("--all", action="store_true", help="answered ones too")
    listed.set_defaults(command=_list)

    for called, state, told in (
        ("take", "taken", "look into a question yourself"),
        ("give-back", "open", "leave it to somebody else, or open it again"),
        ("answer", "answered", "say that the documents answer it now, or never will"),
    ):
        action = actions.add_parser(called, help=told)
        action.add_argument("number", type=int)
        add_actor(action, required=True)
        action.set_defaults(command=_move, state=state)


def _list(settings: Settings, given: argparse.Namespace) -> int:
    states = ("open", "taken", "answered") if given.all else ("open", "taken")
    for each in _opened(settings).most_asked(given.limit, states):
        about = f"{each.times:5}  {each.last_asked}  {each.state.value:8}  {plain(each.owner or '-')}"
        print(f"{each.number:5}  {about}  {each.nearest or '-':32}  {plain(each.text)}")
    return 0


def _move(settings: Settings, given: argparse.Namespace) -> int:
    _opened(settings).move(given.number, given.state, given.actor)
    print(f"question {given.number} is {given.state}")
    return 0


def _opened(settings: Settings) -> "UnansweredQuestions":
    from registry.questions.unanswered import UnansweredQuestions

    return UnansweredQuestions(open_database(settings))
