"""Doors in Telegram that are killed and started again until every update is answered."""

import asyncio
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.settings import PROJECT
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.telegram.chats import TelegramChats
from registry.telegram.mail import TelegramMail
from tests.bot.telegram.emulator import BotApi
from tests.bot.telegram.people import text
from tests.bot.telegram.talking import said


@dataclass(frozen=True)
class Outcome:
    """What became of the updates."""

    doubled: int
    """Answers that came twice."""
    lost: int
    """Updates neither answered nor followed by the word that something may be lost."""
    asked_about: int
    """Words that something may be lost, because nobody could know."""
    lives: int
    """Processes that were started."""


async def answered_though_killed(
    api: BotApi, var: Path, updates: int, chats: int, chance: random.Random, life: tuple[float, float] = (0.2, 2.0)
) -> Outcome:
    """Delivers so many updates from so many chats; every process is killed after seconds within `life`."""
    database, cipher = Database(f"sqlite:///{var}/records.db"), Cipher.load(var / "key")
    for chat in range(1, chats + 1):
        TelegramChats(database, cipher).meet(f"telegram-{chat}", chat)
    mail = TelegramMail(database, cipher)
    for number in range(updates):
        api.push(**text(f"第{number}句", chat=number % chats + 1))
    lives = 0
    while api._updates or mail.unanswered() or mail.left():
        lives += 1
        await _live(api, var, mail, chance.uniform(*life))
    database.engine.dispose()
    counts = Counter(each.text for each in api.sent)
    notes = Counter(each.chat for each in api.sent if each.text == said("may_be_lost"))
    missing = Counter(number % chats + 1 for number in range(updates) if not counts[f"答：第{number}句"])
    return Outcome(
        doubled=sum(counts[f"答：第{number}句"] > 1 for number in range(updates)),
        lost=sum(max(0, count - notes[chat]) for chat, count in missing.items()),
        asked_about=sum(notes.values()),
        lives=lives,
    )


async def _live(api: BotApi, var: Path, mail: TelegramMail, seconds: float) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.bot.telegram.serving", api.url, str(var)),
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        await asyncio.sleep(0.1)
        if not api._updates and not mail.unanswered() and not mail.left():
            break
    process.kill()
    await process.wait()
