"""An update that Telegram delivered is answered once, whenever the process was killed."""

import random
from pathlib import Path

import pytest

from tests.bot.telegram.emulator import BotApi
from tests.bot.telegram.killing import answered_though_killed


@pytest.mark.slow
async def test_of_three_hundred_updates_none_is_lost_or_answered_twice_though_the_process_is_killed(
    api: BotApi, tmp_path: Path
) -> None:
    seed = random.randrange(10**6)
    outcome = await answered_though_killed(api, tmp_path, 300, 30, random.Random(seed))

    assert (outcome.doubled, outcome.lost, outcome.lives > 2) == (0, 0, True), f"seed {seed}: {outcome}"
