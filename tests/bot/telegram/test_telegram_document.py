"""docs/telegram.md tells of the commands and links that there are."""

import re

from bot.settings import PROJECT
from bot.telegram.commands import commands

DOCUMENT = (PROJECT / "docs" / "telegram.md").read_text(encoding="utf-8")


def test_every_command_of_the_menu_is_explained_and_no_other() -> None:
    rows = [line.split("|")[1] for line in DOCUMENT.splitlines() if line.startswith("| `/")]

    assert sorted(re.findall(r"/(\w+)", "".join(rows))) == sorted(commands().menu)


def test_every_link_is_named_and_no_other() -> None:
    line = DOCUMENT.split("Links: `?start=` with ")[1].split(". ")[0]

    assert sorted(re.findall(r"`(\w+)`", line)) == sorted(commands().links)
