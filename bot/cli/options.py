"""What several commands have in common: settings, options, and a question put to whoever types."""

import functools
import os
import pwd
import sys
from collections.abc import Callable
from datetime import date
from typing import Concatenate, ParamSpec, TypeVar

import click

from bot.settings import Settings, read_settings

P = ParamSpec("P")
R = TypeVar("R")


def pass_settings(command: Callable[Concatenate[Settings, P], R]) -> Callable[P, R]:
    """Gives the settings to `command` first; they are read only once it runs, so that none keeps help from being read.

    What is returned raises SettingsError for a setting that cannot be used.
    """

    @functools.wraps(command)
    def with_settings(*given: P.args, **named: P.kwargs) -> R:
        return command(read_settings(), *given, **named)

    return with_settings


def login() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        # A container may run as a number without a name.
        return f"uid {os.getuid()}"


def name(text: str) -> str:
    """`text` without spaces around it; raises click.BadParameter where there is none."""
    if not text.strip():
        raise click.BadParameter("a name is needed")
    return text.strip()


def day(text: str) -> date:
    """The date `text` is; raises click.BadParameter where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text}: must be a date such as 2025-06-25") from None


_AS = functools.partial(
    click.option, "--as", "actor", type=name, metavar="NAME", help="who does it; the audit keeps it"
)
as_actor = _AS(default=login(), show_default=True)
"""`--as NAME`, given as `actor`: who does it, as the audit has it; by default whoever is logged in."""
as_named_actor = _AS(required=True)
"""The same where whoever is logged in is no answer."""


def words(text: str) -> str:
    """`text`, or for "-" what stands in the standard input: the command line is seen by others on the machine."""
    return sys.stdin.read().strip() if text == "-" else text


def confirmed(question: str) -> bool:
    """Whether somebody at the terminal types yes; an input that ends says no."""
    try:
        return input(f"{question} Type yes: ").strip().lower() == "yes"
    except EOFError:
        print()
        return False
