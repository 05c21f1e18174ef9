"""A group of commands whose help tells what each is for in full, in the order of use and under headings."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import click

_LONGEST_HELP = 1_000
"""Characters; click would cut what a command is for to one line of the terminal."""


class CommandGroup(click.Group):
    """As click's own, but for its help."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """`arguments` and `options` as of click.Group."""
        super().__init__(*arguments, **options)
        self._headings: dict[str, str] = {}

    def add_section(self, heading: str, commands: Iterable[click.Command]) -> None:
        """Adds `commands`, which help shows together under `heading`."""
        for command in commands:
            self.add_command(command)
            self._headings[str(command.name)] = heading

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order in which the commands were added."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, self.commands))
        for heading, names in groupby(self.commands, lambda name: self._headings.get(name, "Commands")):
            with formatter.section(heading):
                formatter.write_dl(
                    [(f"{name:{width}}", self.commands[name].get_short_help_str(_LONGEST_HELP)) for name in names]
                )
