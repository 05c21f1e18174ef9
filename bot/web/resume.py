"""`POST /api/resume-code` and `POST /api/resume`: going on with the same conversation on another device."""

import json
import logging
from collections.abc import Mapping
from math import ceil
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.http.body import read_body
from bot.senders import Sender
from bot.web.callers import Callers
from knowledge.yaml_files import read_yaml
from registry.clock import utc_now
from registry.errors import RegistryError, ResumeRefused
from registry.talk.resume_codes import LASTS, ResumeCodes

logger = logging.getLogger(__name__)

_LARGEST = 4 * 1024
_LONGEST_CODE = 40
"""With the spaces and hyphens people put into a number."""


class ResumeDoor:
    """Gives a number to whoever has a conversation, and the conversation to whoever has the number."""

    def __init__(self, codes: ResumeCodes, callers: Callers) -> None:
        self._codes = codes
        self._callers = callers
        self._errors: dict[str, str] = read_yaml(Path(__file__).parent / "errors.yml")

    async def issue(self, request: Request) -> Response:
        """For the conversation of the browser whose cookie comes with it."""
        caller = self._callers.of(request)
        if caller.is_new:
            return self._refused(403, self._errors["no_session"])
        try:
            code = await run_in_threadpool(self._codes.issue, caller.browser.key)
        except RegistryError:
            logger.exception("no number to go on with is given")
            return self._refused(503, self._errors["resume_not_now"])
        return JSONResponse({"code": code, "minutes": int(LASTS.total_seconds() // 60)})

    async def resume(self, request: Request) -> Response:
        """`code`: as it was given; from then on the browser has the conversation it leads to."""
        code = await _field(request, "code", _LONGEST_CODE)
        if code is None:
            return self._refused(422, self._errors["resume_wrong"])
        address = request.client.host if request.client else ""
        digits = "".join(each for each in code if each.isalnum())
        try:
            key = await run_in_threadpool(self._codes.redeem, digits, address)
        except ResumeRefused as refused:
            if refused.until is None:
                return self._refused(403, self._errors["resume_wrong"])
            minutes = max(1, ceil((refused.until - utc_now()).total_seconds() / 60))
            return self._refused(429, self._errors["resume_wait"].format(minutes=minutes))
        except RegistryError:
            logger.exception("nobody can go on with a number")
            return self._refused(503, self._errors["resume_not_now"])
        response = Response(status_code=204)
        self._callers.give(request, response, Sender.from_key(key))
        return response

    def _refused(self, status: int, text: str) -> Response:
        return JSONResponse({"error": text}, status)


async def _field(request: Request, name: str, longest: int) -> str | None:
    """The one field of the body; None where there is none such."""
    body = await read_body(request, _LARGEST)
    try:
        value: Any = json.loads(body or b"")
        text = value[name] if isinstance(value, Mapping) and set(value) == {name} else None
        if isinstance(text, str) and 0 < len(text) <= longest and text.encode("utf-8"):
            return text
    except (ValueError, RecursionError):
        # No JSON, or half a character: the same as no field.
        return None
    return None
