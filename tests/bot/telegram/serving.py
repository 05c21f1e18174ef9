"""A process with nothing but the door in Telegram, to be killed; for test_telegram_killed.py and the benchmark."""

import asyncio
import logging
import sys
from pathlib import Path

from bot.settings import TelegramSettings
from bot.telegram.service import TelegramDoor
from registry.store.database import Database
from registry.store.encryption import Cipher
from tests.bot.telegram.emulator import TOKEN
from tests.bot.telegram.talking import Echo, Silent

# Telegram that cannot be reached is what these processes are for; a line for each time would hide what else is wrong.
logging.getLogger("bot").setLevel(logging.ERROR)


async def main(url: str, var: Path) -> None:
    door = TelegramDoor(
        TelegramSettings(TOKEN, url),
        Echo(),
        Database(f"sqlite:///{var}/records.db"),
        Cipher.load(var / "key"),
        Silent(),
    )
    async with door.running():
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
