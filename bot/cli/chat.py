"""The terminal's two doors: a conversation for people, and lines of JSON for programs."""

import asyncio
import json
import os
import sys
from collections.abc import Iterable, Mapping
from secrets import token_hex
from typing import Any, TextIO

from bot.app.service import build_service
from bot.logs import quieten_libraries
from bot.messages import Turn
from bot.requests import RequestError, named_at, parse_turn
from bot.senders import TERMINAL, Sender
from bot.settings import Settings

_CHANNEL = TERMINAL
_LEAVE = frozenset({"/quit", "/exit"})


def chat(settings: Settings) -> int:
    """A conversation in the terminal, until the input ends."""
    print("正在准备，请稍等几秒……", file=sys.stderr)
    quieten_libraries()
    conversation = build_service(settings).conversation
    print("助业通：您好，请直接说您的问题（按 Ctrl-D 结束）。")
    sender = Sender(TERMINAL, token_hex(8))
    loop = asyncio.new_event_loop()
    while True:
        try:
            text = input("您：")
        except EOFError:
            print("\n助业通：再见。")
            return 0
        if text.strip() in _LEAVE:
            return 0
        if text.strip():
            reply = loop.run_until_complete(conversation.handle(Turn(sender, text, _CHANNEL)))
            # While a person of staff talks with the sender, nothing comes back at once.
            if reply.messages:
                print(printed(reply.to_json()))


def printed(reply: Mapping[str, Any]) -> str:
    """The JSON of a reply as lines for a terminal."""
    lines = []
    for message in reply["messages"]:
        lines.append(f"助业通：{message['text']}")
        lines += [f"  {number}. {button['title']}" for number, button in enumerate(message["buttons"], 1)]
    return "\n".join(lines)


def chat_jsonl(settings: Settings) -> int:
    """Each line of standard input `{"sender","text","mode"?,"script"?}` → one line, the Reply JSON with `sender`.

    A line that is no turn gives a line with `error`, which names the line and the field. Nothing else reaches
    standard output: whatever a library prints goes to standard error.
    """
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", newline="\n") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        quieten_libraries()
        conversation = build_service(settings).conversation
        loop = asyncio.new_event_loop()
        for number, line in enumerate(_lines(sys.stdin), 1):
            answer: dict[str, Any]
            try:
                turn = parse_turn(line, _CHANNEL, named_at(TERMINAL))
            except RequestError as error:
                answer = {
                    "sender": None,
                    "error": f"line {number}: {error}",
                    "messages": [],
                    "status": "error",
                    "asking": None,
                }
            else:
                reply = loop.run_until_complete(conversation.handle(turn))
                answer = {"sender": turn.sender.name, **reply.to_json()}
            print(json.dumps(answer, ensure_ascii=False), file=out, flush=True)
    return 0


def _lines(source: TextIO) -> Iterable[bytes]:
    return (line for line in source.buffer if line.strip())
