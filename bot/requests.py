"""Reads a turn from JSON, and says which field is wrong where it cannot."""

import json
from typing import Any

from pydantic import BaseModel, Extra, StrictStr, ValidationError, constr

from bot.messages import Mode, Script, Turn


class RequestError(Exception):
    """A request cannot be read; the text names the field."""


class _TurnRequest(BaseModel):
    sender: constr(strict=True, min_length=1, max_length=200)  # type: ignore[valid-type]
    text: StrictStr
    mode: Mode | None = None
    script: Script | None = None

    class Config:
        extra = Extra.forbid


def parse_turn(body: bytes, channel: str) -> Turn:
    """The turn in `body`; raises RequestError where it is not the JSON of one."""
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"body: not JSON ({error})") from error
    if not isinstance(value, dict):
        raise RequestError('body: must be an object such as {"sender": "a", "text": "…"}')
    try:
        request = _TurnRequest(**value)
    except ValidationError as error:
        first = error.errors()[0]
        raise RequestError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    return Turn(request.sender, request.text, channel, request.mode, request.script)
