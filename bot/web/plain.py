"""`POST /`: a question of a browser without JavaScript, answered with a page."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.conversation import Conversation
from bot.messages import Turn
from bot.requests import RequestError, parse_turn
from bot.web.bodies import read_body
from bot.web.limiting import Limiting, TooMany
from knowledge.yaml_files import read_yaml

LARGEST_FORM = 16 * 1024
"""Bytes; a thousand characters are nine thousand in a form."""
_MOST_FIELDS = 4
_HERE = Path(__file__).parent
_CHANNEL = "web"
_OURS = {None, "same-origin", "none"}
"""Sec-Fetch-Site of what our own page sends; browsers on plain http do not say."""


class PlainDoor:
    """Answers forms; whoever goes on from an answer goes on with the same conversation."""

    def __init__(self, conversation: Conversation, count: Callable[[str, str], None], limiting: Limiting) -> None:
        """`count` is told of every reply: its door and its status."""
        self._conversation = conversation
        self._count = count
        self._limiting = limiting
        self._errors: dict[str, str] = read_yaml(_HERE / "errors.yml")

    async def answer(self, request: Request) -> Response:
        """The page with what was asked and what we say to it."""
        body = await read_body(request, LARGEST_FORM)
        if body is None:
            return _page(413, sender=token_urlsafe(16), asked="", wrong=self._errors["too_large"], reply=None)
        fields = _fields(body)
        text, sender = fields.get("text", "").strip(), fields.get("sender", "")
        # Another site could hand somebody a conversation that it reads along with.
        if not sender or request.headers.get("sec-fetch-site") not in _OURS:
            sender = token_urlsafe(16)
        try:
            turn = _turn(sender, text)
        except RequestError:
            turn = _turn(sender := token_urlsafe(16), text)
        if not text:
            return _page(200, sender=sender, asked="", wrong=self._errors["nothing_written"], reply=None)
        try:
            await self._limiting.check("chat", turn.sender)
        except TooMany as refused:
            wrong = self._errors["too_many"].format(seconds=refused.seconds)
            page = _page(429, sender=turn.sender, asked="", wrong=wrong, reply=None, written=text)
            page.headers.update(refused.headers)
            return page
        reply = await self._conversation.handle(turn)
        self._count(_CHANNEL, reply.status.value)
        return _page(200, sender=sender, asked=text, wrong="", reply=reply)


def _fields(body: bytes) -> dict[str, str]:
    try:
        found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    return {name: values[0] for name, values in found.items()}


def _turn(sender: str, text: str) -> Turn:
    """The same as from `POST /api/chat`, with the same checks."""
    return parse_turn(json.dumps({"sender": sender, "text": text}).encode(), _CHANNEL)


def _page(status: int, *, written: str = "", **values: object) -> Response:
    """`written` is in the field again, so that nobody has to write it twice."""
    html = _environment().get_template("plain.html").render(written=written, **values)
    return HTMLResponse(html, status, {"cache-control": "no-store"})


@cache
def _environment() -> Environment:
    # A misspelt name in the template is an error and not an empty place.
    return Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
