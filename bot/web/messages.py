"""`GET /api/messages`: brings what staff write to the page of whoever asked for a person."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.senders import Sender
from bot.web.callers import Callers
from registry.errors import RegistryError
from registry.talk.person_requests import PersonRequests
from registry.talk.request_states import RequestState
from registry.talk.staff_messages import StaffMessages

logger = logging.getLogger(__name__)

LONGEST_WAIT = 25.0
"""Seconds; a gateway gives up on what is silent for a minute."""
_BETWEEN_LOOKS = 1.0
_MOST_WAITING = 500
"""Pages that wait at once; whoever comes on top is answered at once and comes back."""


class MessagesDoor:
    """Gives each page what it does not have yet, and waits a little where there is nothing."""

    def __init__(
        self,
        persons: PersonRequests,
        messages: StaffMessages,
        names: Callable[[str], str],
        callers: Callers,
        wait: float = LONGEST_WAIT,
    ) -> None:
        """`names` gives what people see of somebody of staff, by login name."""
        self._persons = persons
        self._messages = messages
        self._names = names
        self._callers = callers
        self._wait = wait
        self._waiting = 0

    async def answer(self, request: Request) -> Response:
        """To the browser whose cookie comes with it.

        `after`: the number of the last message the page has; `wait=0` does not wait.
        """
        after = request.query_params.get("after", "0")
        if not after.isdecimal() or len(after) > 10:
            return JSONResponse({"error": "after: a number"}, 422)
        caller = self._callers.of(request)
        if caller.is_new:
            return await nobody_writes(request)
        patient = request.query_params.get("wait") != "0" and self._waiting < _MOST_WAITING
        self._waiting += 1
        try:
            return JSONResponse(await self._news(request, caller.browser, int(after), self._wait if patient else 0.0))
        except RegistryError:
            logger.exception("what staff wrote cannot be read")
            return JSONResponse({"error": "not now; come back in a while"}, 503)
        finally:
            self._waiting -= 1

    async def _news(self, request: Request, sender: Sender, after: int, wait: float) -> dict[str, Any]:
        before: str | None = None
        while True:
            found = await run_in_threadpool(self._look, sender, after)
            # A change of hands is news, too; and there is nothing to wait for where nobody is asked for.
            changed = before is not None and found["state"] != before
            if found["messages"] or changed or found["state"] == "none" or wait <= 0 or await request.is_disconnected():
                return found
            before = found["state"]
            await asyncio.sleep(min(_BETWEEN_LOOKS, wait))
            wait -= _BETWEEN_LOOKS

    def _look(self, sender: Sender, after: int) -> dict[str, Any]:
        state = self._persons.state_of(sender.key)
        new = self._messages.for_sender(sender.key, after)
        return {
            "messages": [{"id": each.id, "text": each.text, "by": self._names(each.by)} for each in new],
            "state": _STATES[state],
        }


async def nobody_writes(request: Request) -> Response:
    """Where there is no console."""
    return JSONResponse({"messages": [], "state": "none"})


_STATES = {None: "none", RequestState.OPEN: "waiting", RequestState.TAKEN: "talking"}
