"""How fast Telegram lets a bot write: 30 messages a second in all, one a second to a person, 20 a minute to a group."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic

_ALL_AT_ONCE, _ALL_SECONDS = 30, 1.0
_GAP, _GROUP_GAP = 1.0, 3.0
_CHATS_REMEMBERED = 10_000


class SendLimiter:
    """Lets messages go; whoever asked first goes first.

    Time is counted from when a message is there: what was slow on its way must not be overtaken by the next.
    """

    def __init__(
        self, clock: Callable[[], float] = monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._free = asyncio.Semaphore(_ALL_AT_ONCE)
        self._next: dict[int, float] = {}
        """From when on each chat may be written to."""
        self._held: dict[int, float] = {}
        """Until when Telegram wants nothing to go to a chat."""
        self._all_held_until = 0.0
        self._releasing: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def turn(self, chat: int) -> AsyncIterator[None]:
        """Enters when a message to `chat` may go, and is left when it is there."""
        while (wait := self._next.get(chat, 0.0) - self._clock()) > 0:
            await self._sleep(wait)
        await self._free.acquire()
        try:
            while (wait := self._all_held_until - self._clock()) > 0:
                await self._sleep(wait)
            yield
        finally:
            self._remember(chat, self._clock() + (_GROUP_GAP if chat < 0 else _GAP))
            task = asyncio.create_task(self._release())
            self._releasing.add(task)
            task.add_done_callback(self._releasing.discard)

    def hold(self, chat: int, seconds: float) -> None:
        """Lets nothing go to `chat` for so long; nor to anybody, where another chat is held already.

        Telegram does not say whether a chat was written to too fast or the bot wrote too much; it tells the next chat.
        """
        now = self._clock()
        self._held = {each: moment for each, moment in self._held.items() if moment > now}
        if self._held.keys() - {chat}:
            self._all_held_until = max(self._all_held_until, now + seconds)
        self._held[chat] = now + seconds
        self._remember(chat, now + seconds)

    async def _release(self) -> None:
        await self._sleep(_ALL_SECONDS)
        self._free.release()

    def _remember(self, chat: int, until: float) -> None:
        self._next[chat] = max(until, self._next.get(chat, 0.0))
        if len(self._next) > _CHATS_REMEMBERED:
            now = self._clock()
            self._next = {each: moment for each, moment in self._next.items() if moment > now}
