"""Reads a turn from JSON, and says which field is wrong where it cannot."""

import json
from typing import Any

from pydantic import BaseModel, Extra, StrictStr, constr, validate_model, validator

from bot.messages import Mode, Script, Turn

_OF_OTHER_DOORS = ("telegram-",)
"""How senders begin that a door makes itself out of numbers that others may know."""


class RequestError(Exception):
    """A request cannot be read; the text names the field."""


class _TurnRequest(BaseModel):
    sender: constr(strict=True, min_length=1, max_length=200)  # type: ignore[valid-type]
    text: StrictStr
    mode: Mode | None = None
    script: Script | None = None

    class Config:
        extra = Extra.forbid

    @validator("sender")
    def _can_be_kept(cls, sender: str) -> str:
        if _without_surrogates(sender) != sender:
            raise ValueError("holds half a character (a lone surrogate)")
        if is_of_another_door(sender):
            raise ValueError("belongs to another door")
        return sender


def parse_turn(body: bytes, channel: str) -> Turn:
    """The turn in `body`; raises RequestError where it is not the JSON of one."""
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"body: not JSON ({error})") from error
    if not isinstance(value, dict):
        raise RequestError('body: must be an object such as {"sender": "a", "text": "…"}')
    # The model's own constructor takes one keyword for itself, __pydantic_self__, which a request may name as well.
    fields, _, invalid = validate_model(_TurnRequest, value)
    if invalid is not None:
        first = invalid.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise RequestError(_without_surrogates(f"{field}: {first['msg']}")) from invalid
    return Turn(fields["sender"], _without_surrogates(fields["text"]), channel, fields["mode"], fields["script"])


def is_of_another_door(sender: str) -> bool:
    """Whether nobody may come from outside as `sender`: whoever names it could read what somebody else says there."""
    return sender.startswith(_OF_OTHER_DOORS)


def _without_surrogates(text: str) -> str:
    """`text` without halves of characters, which JSON can name but no file, converter or terminal can hold."""
    return text.encode("utf-8", "ignore").decode("utf-8")
