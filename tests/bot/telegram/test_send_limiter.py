"""Messages go as fast as Telegram allows, and no faster."""

import asyncio
from typing import Any

from bot.telegram.send_limiter import SendLimiter


class Time:
    """Passes only when somebody waits for it."""

    def __init__(self) -> None:
        self.now = 0.0
        self._waiting: list[tuple[float, asyncio.Event]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        over = asyncio.Event()
        self._waiting.append((self.now + seconds, over))
        await over.wait()

    async def pass_until(self, task: "asyncio.Future[Any]") -> None:
        while not task.done():
            for _ in range(500):
                await asyncio.sleep(0)
            if self._waiting and not task.done():
                self._waiting.sort(key=lambda each: each[0])
                self.now, over = self._waiting.pop(0)
                over.set()


async def times(time: Time, limiter: SendLimiter, chats: list[int], took: float = 0.0) -> list[tuple[int, float]]:
    """When a message went to each of `chats`, all of them asked for at once."""
    gone: list[tuple[int, float]] = []

    async def go(chat: int) -> None:
        async with limiter.turn(chat):
            gone.append((chat, time.now))
            if took:
                await time.sleep(took)

    await time.pass_until(asyncio.gather(*map(go, chats)))
    return gone


async def test_thirty_go_in_a_second_and_the_others_after_them() -> None:
    time = Time()
    gone = await times(time, SendLimiter(time, time.sleep), list(range(1, 61)))

    assert [moment for _, moment in gone] == [0.0] * 30 + [1.0] * 30


async def test_the_second_counts_from_when_a_message_was_there() -> None:
    time = Time()
    gone = await times(time, SendLimiter(time, time.sleep), list(range(1, 32)), took=0.5)

    assert gone[-1] == (31, 1.5)


async def test_one_goes_to_a_person_in_a_second_and_to_a_group_in_three() -> None:
    time = Time()
    limiter = SendLimiter(time, time.sleep)
    gone = [await times(time, limiter, [7, -7]) for _ in range(2)]

    assert gone == [[(7, 0.0), (-7, 0.0)], [(7, 1.0), (-7, 3.0)]]


async def test_a_chat_that_is_held_holds_up_no_other_but_a_second_one_holds_all() -> None:
    time = Time()
    limiter = SendLimiter(time, time.sleep)
    limiter.hold(7, 10)
    assert await times(time, limiter, [7, 8]) == [(8, 0.0), (7, 10.0)]

    limiter.hold(7, 10)
    limiter.hold(8, 5)
    assert await times(time, limiter, [9]) == [(9, 15.0)]
