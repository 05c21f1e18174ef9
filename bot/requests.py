"""Reads a turn from JSON, and says which field is wrong where it cannot."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, Extra, StrictStr, validate_model

from bot.messages import Mode, Script, Turn
from bot.senders import Sender, SenderError


class RequestError(Exception):
    """A request cannot be read; the text names the field."""


class _TurnRequest(BaseModel):
    sender: StrictStr | None = None
    text: StrictStr
    mode: Mode | None = None
    script: Script | None = None

    class Config:
        extra = Extra.forbid


def parse_turn(body: bytes, channel: str, whose: Callable[[str | None], Sender]) -> Turn:
    """The turn in `body`; raises RequestError where it is not the JSON of one.

    `whose` says who speaks, given the name in it, None where there is none.
    """
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"body: not JSON ({error})") from error
    if not isinstance(value, dict):
        raise RequestError('body: must be an object such as {"text": "…"}')
    # The model's own constructor takes one keyword for itself, __pydantic_self__, which a request may name as well.
    fields, _, invalid = validate_model(_TurnRequest, value)
    if invalid is not None:
        first = invalid.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise RequestError(_without_surrogates(f"{field}: {first['msg']}")) from invalid
    sender = sender_of(whose, fields["sender"])
    return Turn(sender, _without_surrogates(fields["text"]), channel, fields["mode"], fields["script"])


def sender_of(whose: Callable[[str | None], Sender], name: str | None) -> Sender:
    """Who `name` is by `whose`; raises RequestError where nobody can be called that."""
    try:
        return whose(name)
    except SenderError as error:
        raise RequestError(f"sender: {error}") from error


def named_at(door: str) -> Callable[[str | None], Sender]:
    """Whoever is named, as `door` knows them; raises SenderError where nobody is named."""

    def whose(name: str | None) -> Sender:
        if name is None:
            raise SenderError("must be named")
        return Sender(door, name)

    return whose


def _without_surrogates(text: str) -> str:
    """`text` without halves of characters, which JSON can name but no file, converter or terminal can hold."""
    return text.encode("utf-8", "ignore").decode("utf-8")
