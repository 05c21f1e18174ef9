"""Does what waits for the disk in a thread of its own, one after the other, so that it holds nobody else up."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class SerialExecutor:
    """Runs work in one thread, first come first served."""

    def __init__(self) -> None:
        # One alone: SQLite lets nobody write beside another, and whoever finds it taken sleeps for longer than needed.
        self._thread = ThreadPoolExecutor(1, "telegram records")

    async def do(self, work: Callable[P, T], *args: P.args, **about: P.kwargs) -> T:
        """What `work` gives; it is done to its end even where nobody waits for it any more."""
        return await asyncio.shield(asyncio.wrap_future(self._thread.submit(work, *args, **about)))

    def close(self) -> None:
        """Returns when all is done."""
        self._thread.shutdown()
