"""What a console form sends: read in full, up to a limit."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.http.body import read_body
from bot.http.multipart import FormError, read_form

LARGEST_FORM = 256 * 1024
LARGEST_UPLOAD = 20 * 1024 * 1024
"""Bytes; with a document in it."""
_MOST_FIELDS = 400
_KEPT = "console_form"
_FILE = "file"
"""The only field that holds a file."""


class FormRefused(Exception):
    """A form cannot be read; `why` is a name of words.yml."""

    def __init__(self, status: int, why: str) -> None:
        self.status, self.why = status, why
        super().__init__(why)


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of the form by name, the last of several with one name; raises FormRefused."""
    return {name: value.decode("utf-8", "replace") for name, value in (await _read(request)).items() if name != _FILE}


async def files_of(request: Request) -> Mapping[str, bytes]:
    return {name: value for name, value in (await _read(request)).items() if name == _FILE}


async def _read(request: Request) -> Mapping[str, bytes]:
    if not hasattr(request.state, _KEPT):
        setattr(request.state, _KEPT, await _parsed(request))
    form: Mapping[str, bytes] = getattr(request.state, _KEPT)
    return form


async def _parsed(request: Request) -> Mapping[str, bytes]:
    content_type = request.headers.get("content-type", "")
    is_multipart = content_type.startswith("multipart/form-data")
    body = await read_body(request, LARGEST_UPLOAD if is_multipart else LARGEST_FORM)
    if body is None:
        raise FormRefused(413, "too_large")
    try:
        if is_multipart:
            return read_form(content_type, body)
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except (FormError, ValueError):
        raise FormRefused(400, "malformed") from None
    return {name: value.encode("utf-8", "replace") for name, value in pairs}
