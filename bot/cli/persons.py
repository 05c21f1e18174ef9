"""The persons commands: who waits for a person, what they said, take and hand back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from bot.app.records import open_records
from bot.cli.command_group import CommandGroup
from bot.cli.options import pass_settings
from bot.printing import minute, plain
from bot.settings import Settings

if TYPE_CHECKING:
    from registry.talk.person_requests import PersonRequests
    from registry.talk.transcripts import Transcripts, TranscriptTurn


_number = click.argument("number", type=int)
_owner = click.option("--owner", required=True, metavar="NAME", help="who has the request")


@click.group(cls=CommandGroup)
def persons() -> None:
    """See who waits for a person, take a request and hand it back."""


@persons.command("list")
@pass_settings
def list_requests(settings: Settings) -> None:
    """The open and taken requests, oldest first; nothing of what was said."""
    for each in _opened(settings)[0].waiting():
        columns = f"{each.door:10}  {each.reason.value:6}  {each.state.value:5}  {plain(each.owner or '-')}"
        print(f"{each.number:5}  {minute(each.since)}  {columns}")


@persons.command("show")
@_number
@pass_settings
def show(settings: Settings, number: int) -> None:
    """All of one request: the sender, what is known, what was said."""
    requests, transcripts = _opened(settings)
    request = requests.show(number)
    owner = f" by {plain(request.owner)}" if request.owner else ""
    print(f"{request.number}  {minute(request.since)}  {request.reason.value}, {request.state.value}{owner}")
    print(f"sender: {plain(request.sender)} ({request.door})")
    print("known:" if request.known else "known: nothing")
    for name, value in request.known.items():
        print(f"    {plain(name)}: {plain(value)}")
    print("said until they asked:" if request.transcript else "said until they asked: nothing")
    _print_turns(request.transcript)
    # Once the request is handed back, what they say is the assistant's again.
    if request.waits:
        later = [turn for turn in transcripts.of(request.sender) if turn not in request.transcript]
        print("said since:" if later else "said since: nothing")
        _print_turns(later)


@persons.command("take")
@_number
@_owner
@pass_settings
def take(settings: Settings, number: int, owner: str) -> None:
    """Answer the sender yourself; the assistant is silent for them."""
    _opened(settings)[0].take(number, owner)
    print(f"request {number} is yours; the assistant is silent for its sender")
    print(f"Next: `zhuyetong persons show {number}`, and at the end `zhuyetong persons hand-back {number} …`.")


@persons.command("hand-back")
@_number
@_owner
@pass_settings
def hand_back(settings: Settings, number: int, owner: str) -> None:
    """Let the assistant answer the sender again."""
    _opened(settings)[0].hand_back(number, owner)
    print(f"request {number} is handed back; the assistant answers its sender again")


def _opened(settings: Settings) -> "tuple[PersonRequests, Transcripts]":
    records = open_records(settings)
    return records.persons, records.transcripts


def _print_turns(turns: "Iterable[TranscriptTurn]") -> None:
    for turn in turns:
        print(f"    {minute(turn.at)}  > {plain(turn.said)}")
        for line in turn.heard.splitlines():
            print(f"    {'':16}  < {plain(line)}")
