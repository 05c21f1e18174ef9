"""`POST /api/session` and `POST /api/session/end`: a browser's conversation begins, goes on, and is over."""

import json
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from bot.senders import Sender
from bot.web.callers import Callers


class Ends(Protocol):
    """As bot.conversation.Conversation."""

    async def end(self, sender: Sender) -> None: ...


class SessionDoor:
    """Gives a browser the cookie by which it is known, and takes it back."""

    def __init__(self, callers: Callers, conversation: Ends) -> None:
        self._callers = callers
        self._conversation = conversation

    async def begin(self, request: Request) -> Response:
        """Whether the conversation goes on; a page that was kept on the device comes without a cookie."""
        caller = self._callers.of(request)
        response = Response(json.dumps({"goes_on": not caller.is_new}), media_type="application/json")
        return caller.keep(response, caller.browser)

    async def end(self, request: Request) -> Response:
        """Forgets everything that was said; what is registered stays, and an urgent request for a person."""
        caller = self._callers.of(request)
        if not caller.is_new:
            await self._conversation.end(caller.browser)
        return caller.keep(Response(status_code=204), caller.browser, ended=True)
