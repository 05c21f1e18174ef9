"""How much may be asked for through the web: every door asks here before it does what takes time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from math import ceil

from starlette.requests import Request
from starlette.responses import Response

from bot.senders import Sender
from registry.errors import RegistryError
from registry.limits.asked_from import AskedFrom, asked_from
from registry.limits.limits import Limiter

logger = logging.getLogger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]

_HOLD_SECONDS = 1.0
"""Whoever has to wait is told so only then: who asks again at once would keep a processor busy with refusals."""
_HELD_AT_ONE_TIME = 100
"""Above that the refusal comes at once: those who wait for it may not fill the service's connections."""


class TooMany(Exception):
    """Whoever asks has to wait."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, ceil(wait.total_seconds()))
        super().__init__(f"come back in {self.seconds} s")

    @property
    def headers(self) -> dict[str, str]:
        return {"retry-after": str(self.seconds)}


class Limiting:
    """The limits of registry/limits/limits.yml, for whoever a request comes from."""

    def __init__(
        self, limiter: Limiter | None = None, hold: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """Without a `limiter` nothing is limited. `hold` waits for so many seconds."""
        self._limiter = limiter
        self._hold = hold
        self._held = 0

    async def check(self, name: str, sender: Sender | None = None, text: str = "") -> None:
        """Lets one more of `name` pass, by where the request comes from and by `sender` where it is known.

        A long `text` counts more than once, where limits.yml says so.

        Raises TooMany where there was enough of it.
        """
        if self._limiter is not None:
            await self._take(self._limiter, name, sender, asked_from.get(), text)

    async def check_sender(self, name: str, sender: Sender) -> None:
        """The same where the address or program was counted before the sender was read."""
        if self._limiter is not None:
            await self._take(self._limiter, name, sender, AskedFrom())

    def before(self, name: str, endpoint: Endpoint) -> Endpoint:
        """`endpoint`, with one of `name` taken by where it comes from before anything is read."""

        async def limited(request: Request) -> Response:
            await self.check(name)
            return await endpoint(request)

        return limited

    async def _take(self, limiter: Limiter, name: str, sender: Sender | None, asked: AskedFrom, text: str = "") -> None:
        take = partial(
            limiter.take,
            name,
            sender=sender.key if sender else "",
            address=asked.address,
            program=asked.program,
            characters=len(text),
        )
        try:
            wait = await asyncio.to_thread(take) if limiter.waits else take()
        except RegistryError:
            # Whoever asks is answered even where nobody can count.
            logger.exception("%s is not counted", name)
            return
        if wait:
            await self._keep_waiting()
            raise TooMany(wait)

    async def _keep_waiting(self) -> None:
        if self._held < _HELD_AT_ONE_TIME:
            self._held += 1
            try:
                await self._hold(_HOLD_SECONDS)
            finally:
                self._held -= 1
