"""How fast Telegram lets a bot write: 30 messages a second in all, one a second to a person, 20 a minute to a group."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic

_ALL_AT_ONCE, _ALL_SECONDS = 30, 1.0
_GAP, _GROUP_GAP = 1.0, 3.0
_CHATS_REMEMBERED = 10_000


class Pace:
    """Says when the next message may go; whoever asked first goes first."""

    def __init__(
        self, clock: Callable[[], float] = monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._latest: deque[float] = deque(maxlen=_ALL_AT_ONCE)
        """When the latest messages go, those that wait among them."""
        self._next: dict[int, float] = {}
        """From when on each chat may be written to."""
        self._all_held_until = 0.0

    async def turn(self, chat: int) -> None:
        """Returns when a message to `chat` may go."""
        while (wait := self._next.get(chat, 0.0) - self._clock()) > 0:
            await self._sleep(wait)
        moment = max(self._clock(), self._all_held_until)
        if len(self._latest) == _ALL_AT_ONCE:
            moment = max(moment, self._latest[0] + _ALL_SECONDS)
        self._latest.append(moment)
        self._remember(chat, moment + (_GROUP_GAP if chat < 0 else _GAP))
        while (wait := moment - self._clock()) > 0:
            await self._sleep(wait)

    def hold(self, chat: int, seconds: float) -> None:
        """Lets nothing go to `chat` for so long; nor to anybody, where another chat is held already.

        Telegram does not say whether a chat was written to too fast or the bot wrote too much; it tells the next chat.
        """
        until = self._clock() + seconds
        if any(each > self._clock() + _GROUP_GAP for other, each in self._next.items() if other != chat):
            self._all_held_until = max(self._all_held_until, until)
        self._remember(chat, until)

    def _remember(self, chat: int, until: float) -> None:
        self._next[chat] = max(until, self._next.get(chat, 0.0))
        if len(self._next) > _CHATS_REMEMBERED:
            now = self._clock()
            self._next = {each: moment for each, moment in self._next.items() if moment > now}
