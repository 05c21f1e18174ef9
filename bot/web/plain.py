"""`POST /`: a question of a browser without JavaScript, answered with a page."""

from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.conversation import Conversation
from bot.http.body import read_body
from bot.messages import Turn
from bot.web.callers import Callers
from bot.web.limiting import Limiting, TooMany
from dialogue.mark import Status
from knowledge.yaml_files import read_yaml

LARGEST_FORM = 16 * 1024
"""Bytes; a thousand characters are nine thousand in a form."""
_MOST_FIELDS = 4
_HERE = Path(__file__).parent
_CHANNEL = "web"


class PlainDoor:
    """Answers forms; whoever goes on from an answer goes on with the same conversation."""

    def __init__(self, conversation: Conversation, callers: Callers, limiting: Limiting) -> None:
        self._conversation = conversation
        self._callers = callers
        self._limiting = limiting
        self._errors: dict[str, str] = read_yaml(_HERE / "errors.yml")

    async def answer(self, request: Request) -> Response:
        """The page with what was asked and what we say to it."""
        body = await read_body(request, LARGEST_FORM)
        if body is None:
            return _page(413, asked="", wrong=self._errors["too_large"], reply=None)
        text = _fields(body).get("text", "").strip()
        if not text:
            return _page(200, asked="", wrong=self._errors["nothing_written"], reply=None)
        caller = self._callers.of(request)
        try:
            await self._limiting.check("chat", caller.browser, text)
        except TooMany as refused:
            wrong = self._errors["too_many"].format(seconds=refused.seconds)
            page = _page(429, asked="", wrong=wrong, reply=None, written=text)
            page.headers.update(refused.headers)
            return caller.keep(page, caller.browser)
        reply = await self._conversation.handle(Turn(caller.browser, text, _CHANNEL))
        page = _page(200, asked=text, wrong="", reply=reply)
        return caller.keep(page, caller.browser, reply.status is Status.ENDED)


def _fields(body: bytes) -> dict[str, str]:
    try:
        found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    return {name: values[0] for name, values in found.items()}


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
