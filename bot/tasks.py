"""Cancels tasks and waits until every one of them has ended."""

import asyncio
from collections.abc import Iterable
from typing import Any

_AGAIN = 0.1


async def cancel_and_wait(tasks: "Iterable[asyncio.Task[Any]]") -> None:
    """Cancels `tasks` and waits until they have ended; what they raise is not raised here."""
    left = {task for task in tasks if not task.done()}
    while left:
        for task in left:
            task.cancel()
        # In Python 3.10 wait_for loses a cancellation that comes at the moment its work is done (bpo-37658).
        _, left = await asyncio.wait(left, timeout=_AGAIN)
