"""The persons commands: who waits for a person, what they said, take and hand back."""

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.app.records import open_records
from bot.printing import minute, plain
from bot.settings import Settings

if TYPE_CHECKING:
    from registry.talk.person_requests import PersonRequests
    from registry.talk.transcripts import Transcripts, TranscriptTurn


def add_persons(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `persons list | show | take | hand-back` to the command line."""
    persons = commands.add_parser("persons", help="see who waits for a person, take a request and hand it back")
    actions = persons.add_subparsers(required=True, metavar="ACTION")

    listed = actions.add_parser("list", help="the open and taken requests, oldest first; nothing of what was said")
    listed.set_defaults(command=_list)

    show = actions.add_parser("show", help="all of one request: the sender, what is known, what was said")
    show.add_argument("number", type=int)
    show.set_defaults(command=_show)

    take = actions.add_parser("take", help="answer the sender yourself; the assistant is silent for them")
    hand_back = actions.add_parser("hand-back", help="let the assistant answer the sender again")
    for action, command in ((take, _take), (hand_back, _hand_back)):
        action.add_argument("number", type=int)
        action.add_argument("--owner", required=True, metavar="NAME", help="who has the request")
        action.set_defaults(command=command)


def _list(settings: Settings, given: argparse.Namespace) -> int:
    for each in _opened(settings)[0].waiting():
        columns = f"{each.door:10}  {each.reason.value:6}  {each.state.value:5}  {plain(each.owner or '-')}"
        print(f"{each.number:5}  {minute(each.since)}  {columns}")
    return 0


def _show(settings: Settings, given: argparse.Namespace) -> int:
    persons, transcripts = _opened(settings)
    request = persons.show(given.number)
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
    return 0


def _take(settings: Settings, given: argparse.Namespace) -> int:
    _opened(settings)[0].take(given.number, given.owner)
    print(f"request {given.number} is yours; the assistant is silent for its sender")
    print(
        f"Next: `zhuyetong persons show {given.number}`, and at the end `zhuyetong persons hand-back {given.number} …`."
    )
    return 0


def _hand_back(settings: Settings, given: argparse.Namespace) -> int:
    _opened(settings)[0].hand_back(given.number, given.owner)
    print(f"request {given.number} is handed back; the assistant answers its sender again")
    return 0


def _opened(settings: Settings) -> "tuple[PersonRequests, Transcripts]":
    records = open_records(settings)
    return records.persons, records.transcripts


def _print_turns(turns: "Iterable[TranscriptTurn]") -> None:
    for turn in turns:
        print(f"    {minute(turn.at)}  > {plain(turn.said)}")
        for line in turn.heard.splitlines():
            print(f"    {'':16}  < {plain(line)}")
