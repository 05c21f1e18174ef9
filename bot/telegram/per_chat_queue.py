"""Runs the work of each chat in order, and that of different chats side by side."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)

Work = Callable[[], Awaitable[None]]


class PerChatQueue:
    """A queue for each chat: what waits in one holds up no other."""

    def __init__(self) -> None:
        self._waiting: dict[int, deque[Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.count = 0
        """How much is not done yet."""

    def add(self, chat: int, work: Work) -> None:
        """Does `work` when all before it in `chat` is done."""
        self.count += 1
        if chat in self._waiting:
            self._waiting[chat].append(work)
            return
        self._waiting[chat] = deque([work])
        task = asyncio.create_task(self._drive(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, patience: float) -> None:
        """Waits so many seconds for what is under way, then gives up; it is done after the next start."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _drive(self, chat: int) -> None:
        waiting = self._waiting[chat]
        while waiting:
            work = waiting.popleft()
            try:
                await work()
            except Exception:
                # The next one of this chat, and all others, go on.
                logger.exception("something in Telegram could not be done")
            finally:
                self.count -= 1
        del self._waiting[chat]
