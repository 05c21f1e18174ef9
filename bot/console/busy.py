"""The page shown while the records cannot be used: it says so, and when to try again."""

import logging
from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from bot.console.pages import page
from registry.errors import RegistryError

logger = logging.getLogger(__name__)

_AGAIN_AFTER = "5"
"""Seconds, as long as somebody waits for a locked database."""

Endpoint = Callable[[Request], Awaitable[Response]]


def told_when_busy(endpoint: Endpoint) -> Endpoint:
    """`endpoint`, which says so where the records are locked or too many sign in at once."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except RegistryError as error:
            # Its text names the database or a record, never what it holds.
            logger.error("console: %s could not be answered: %s", request.method, error)
            response = page("outside_refused.html", 503, why="busy")
            response.headers["retry-after"] = _AGAIN_AFTER
            return response

    return answer
