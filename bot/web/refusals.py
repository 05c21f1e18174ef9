"""What is said where a request cannot be answered: JSON with a Chinese sentence, whatever went wrong."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.http.api_keys import KeyRefused
from bot.web.limiting import TooMany
from knowledge.yaml_files import read_yaml

logger = logging.getLogger(__name__)

Handler = Callable[[Request, Exception], Awaitable[Response]]


class Refusals:
    """Handles what the doors raise."""

    def __init__(self) -> None:
        self._errors: dict[str, str] = read_yaml(Path(__file__).with_name("errors.yml"))

    @property
    def handlers(self) -> Mapping[Any, Handler]:
        """As Starlette takes them, by what is raised."""
        return {
            HTTPException: self._refused,
            KeyRefused: self._no_such_key,
            TooMany: self._too_many,
            ClientDisconnect: self._gone,
            Exception: self._failed,
        }

    async def _refused(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return JSONResponse({"error": self._errors.get(str(status), self._errors["500"])}, status)

    async def _no_such_key(self, request: Request, error: Exception) -> Response:
        return JSONResponse({"error": self._errors["wrong_key"]}, 401, {"www-authenticate": "Bearer"})

    async def _too_many(self, request: Request, error: Exception) -> Response:
        seconds = error.seconds if isinstance(error, TooMany) else 1
        sentence = self._errors["too_many"].format(seconds=seconds)
        return JSONResponse({"error": sentence}, 429, {"retry-after": str(seconds)})

    async def _gone(self, request: Request, error: Exception) -> Response:
        # They hung up before all of it was here: nobody is left to be answered.
        return Response(status_code=400)

    async def _failed(self, request: Request, error: Exception) -> Response:
        logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return JSONResponse({"error": self._errors["500"]}, 500)
