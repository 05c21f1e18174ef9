"""What a client of the voice socket says beside sound: JSON frames, read strictly."""

import json
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, StrictStr, constr, validate_model, validator

from bot.messages import Mode, Script
from bot.requests import RequestError
from bot.senders import OPEN, Sender
from bot.speech.voice_talk import Until

LONGEST_READ_OUT = 1_000


class Frame(BaseModel):
    """One frame; a field it does not know is a mistake."""

    class Config:
        extra = Extra.forbid


class Hello(Frame):
    """Who talks; the first frame of every talk."""

    type: Literal["hello"]
    sender: StrictStr | None = None
    """A program's own name for somebody; None is whoever the browser's cookie says."""
    script: Script | None = None
    mode: Mode | None = None
    duplex: Literal["half", "full"] = "half"

    @validator("sender")
    def _is_a_name(cls, sender: str | None) -> str | None:
        # Before anything is cut out of it, of which another name would be left.
        if sender is not None:
            Sender(OPEN, sender)
        return sender


class Start(Frame):
    """The person wants to speak."""

    type: Literal["start"]
    until: Until = Until.SILENCE


class SpeechEnd(Frame):
    """The button was let go."""

    type: Literal["speech_end"]


class Stop(Frame):
    """The person wants silence."""

    type: Literal["stop"]


class Played(Frame):
    """A sentence was heard to its end."""

    type: Literal["played"]
    sentence: int = Field(ge=1)


class Text(Frame):
    """The person wrote, or chose an option."""

    type: Literal["text"]
    text: StrictStr


class Say(Frame):
    """Something on the screen is to be read out again."""

    type: Literal["say"]
    text: constr(strict=True, min_length=1, max_length=LONGEST_READ_OUT)  # type: ignore[valid-type]


class Rate(Frame):
    """A speech rate was chosen."""

    type: Literal["rate"]
    rate: float = Field(ge=0.5, le=2.0)


_FRAMES: dict[str, type[Frame]] = {
    "hello": Hello,
    "start": Start,
    "speech_end": SpeechEnd,
    "stop": Stop,
    "played": Played,
    "text": Text,
    "say": Say,
    "rate": Rate,
}


def read_frame(text: str) -> Frame:
    """The frame in `text`; raises RequestError, which names the field, where it is none."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"not JSON ({type(error).__name__})") from error
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in _FRAMES:
        raise RequestError(f"type: must be one of {', '.join(_FRAMES)}")
    fields, _, invalid = validate_model(_FRAMES[kind], value)
    if invalid is not None:
        first = invalid.errors()[0]
        raise RequestError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
    return _FRAMES[kind].construct(**{name: _without_surrogates(each) for name, each in fields.items()})


def _without_surrogates(value: Any) -> Any:
    return value.encode("utf-8", "ignore").decode("utf-8") if type(value) is str else value
