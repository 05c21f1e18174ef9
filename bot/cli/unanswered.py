"""The unanswered commands: questions no document answered, who looks into them, and how far they are."""

from typing import TYPE_CHECKING

import click

from bot.app.records import open_database
from bot.cli.command_group import CommandGroup
from bot.cli.options import as_named_actor, pass_settings
from bot.printing import plain
from bot.settings import Settings

if TYPE_CHECKING:
    from registry.questions.unanswered import UnansweredQuestions


_number = click.argument("number", type=int)


@click.group(cls=CommandGroup)
def unanswered() -> None:
    """Questions no document answered: list, take, answer."""


@unanswered.command("list")
@click.option("--limit", type=int, default=100, show_default=True, help="how many at most")
@click.option("--all", "answered_too", is_flag=True, help="answered ones too")
@pass_settings
def list_questions(settings: Settings, limit: int, answered_too: bool) -> None:
    """Open and taken questions, most frequent first."""
    states = ("open", "taken", "answered") if answered_too else ("open", "taken")
    for each in _opened(settings).most_asked(limit, states):
        about = f"{each.times:5}  {each.last_asked}  {each.state.value:8}  {plain(each.owner or '-')}"
        print(f"{each.number:5}  {about}  {each.nearest or '-':32}  {plain(each.text)}")


@unanswered.command("take")
@_number
@as_named_actor
@pass_settings
def take(settings: Settings, number: int, actor: str) -> None:
    """Look into a question yourself."""
    _move(settings, number, "taken", actor)


@unanswered.command("give-back")
@_number
@as_named_actor
@pass_settings
def give_back(settings: Settings, number: int, actor: str) -> None:
    """Leave it to somebody else, or open it again."""
    _move(settings, number, "open", actor)


@unanswered.command("answer")
@_number
@as_named_actor
@pass_settings
def answer(settings: Settings, number: int, actor: str) -> None:
    """Say that the documents answer it now, or never will."""
    _move(settings, number, "answered", actor)


def _move(settings: Settings, number: int, state: str, actor: str) -> None:
    _opened(settings).move(number, state, actor)
    print(f"question {number} is {state}")


def _opened(settings: Settings) -> "UnansweredQuestions":
    from registry.questions.unanswered import UnansweredQuestions

    return UnansweredQuestions(open_database(settings))
