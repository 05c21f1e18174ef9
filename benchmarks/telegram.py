"""How fast Telegram's door answers, whether one chat can hold up another, and who is lost or answered twice."""

import asyncio
import os
import random
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.figures import BenchmarkError, Figure, Report, milliseconds
from benchmarks.options import Options
from benchmarks.our_service import our_service
from benchmarks.turns import endless_texts
from benchmarks.var_folder import with_own_var
from benchmarks.voice_notes import spoken_replies
from bot.settings import Settings
from tests.bot.telegram.emulator import TOKEN, BotApi, Fault
from tests.bot.telegram.killing import Outcome, answered_though_killed
from tests.bot.telegram.people import message, text

_CHATS, _EACH = 100, 10
_A_SECOND = 20
_HELD_CHAT, _HELD_SECONDS = 100_001, 10.0
_WARM_CHATS = range(200_001, 200_011)
_PATIENCE = 120.0
_SEED = 4_210_022
# Of calls that go wrong, the most of which Telegram never is; nine in a hundred in all.
_SENDING_FAULTS = (
    (0.02, Fault(429, retry_after=1, description="Too Many Requests: retry after 1")),
    (0.03, Fault(502, description="Bad Gateway")),
    (0.02, Fault(done=True)),
    (0.02, Fault(done=False)),
)
_ASKING_FAULTS = ((0.05, Fault(502, description="Bad Gateway")), (0.05, Fault()))


@dataclass(frozen=True)
class Asked:
    """What somebody wrote."""

    chat: int
    at: float
    """Seconds of the monotonic clock."""


def measure(options: Options) -> Report:
    """The whole service against a Bot API on this machine; then the door alone, killed again and again."""
    # Nothing here goes out of this machine.
    os.environ["NO_PROXY"] = "127.0.0.1"
    with with_own_var(options.settings) as settings:
        figures = asyncio.run(_speed(settings, endless_texts(options.questions), options.quick))
    updates = 1_000 if options.quick else 10_000
    with tempfile.TemporaryDirectory(prefix="zhuyetong-bench-") as folder:
        outcome = asyncio.run(_exactly_once(Path(folder), updates))
    return Report(
        (
            *figures,
            Figure(f"answered twice of {updates:,}, with faults and kill -9", outcome.doubled, at_most=0),
            Figure(f"lost of {updates:,}, with faults and kill -9", outcome.lost, at_most=0),
            Figure("words that something may be lost", outcome.asked_about),
            Figure("processes killed", outcome.lives - 1),
        ),
        notes=(
            "real python-telegram-bot over HTTP; the Bot API is an emulator on this machine and shares its cores",
            "speed: `zhuyetong serve` with the trained model, each update timed from its delivery to sendMessage",
            "voice: synthesised questions, heard, answered in writing and aloud, in chats that had written before",
            "faults: 2 % of sendMessage 429, 3 % 502, 4 % broken off, half of them after Telegram had it; a tenth of "
            "getUpdates fails; every update is delivered twice; the conversation is an echo there",
            "where nobody knows whether Telegram has a message, it is not repeated: a word says how to hear it again",
        ),
    )


async def _speed(settings: Settings, texts: Iterator[str], quick: bool) -> Sequence[Figure]:
    each = 3 if quick else _EACH
    async with BotApi().serving() as api, _served(settings, api):
        await _answers(api, [await _ask(api, texts, chat) for chat in _WARM_CHATS])
        steady = await _answers(api, await _asked_evenly(api, texts, _CHATS * each))
        api.faults = _holds_files
        held_from = time.monotonic()
        api.push(**message(_HELD_CHAT, voice={"file_id": "held", "file_unique_id": "u", "duration": 3}))
        beside = await _answers(api, await _asked_evenly(api, texts, int(_A_SECOND * _HELD_SECONDS * 0.9)))
        if api.to(_HELD_CHAT):
            raise BenchmarkError("the chat that should be held was answered; see whether getFile is still asked for")
        await api.until(lambda: api.to(_HELD_CHAT), seconds=_PATIENCE)
        held = next(sent.at for sent in api.sent if sent.chat == _HELD_CHAT) - held_from
        begun = time.monotonic()
        flood = await _answers(
            api, [await _ask(api, texts, chat) for _ in range(each) for chat in range(1, _CHATS + 1)]
        )
        rate = len(flood) / (time.monotonic() - begun)
        api.faults = None
        spoken = await spoken_replies(settings, api, texts, 5 if quick else 20)
    return (
        Figure(f"update to reply p50, {_A_SECOND} a second", milliseconds(steady, 50), "ms"),
        Figure(f"update to reply p95, {_A_SECOND} a second", milliseconds(steady, 95), "ms", at_most=250),
        Figure("the same p95 while one chat is held", milliseconds(beside, 95), "ms", at_most=250),
        Figure("the chat that is held", held, "s"),
        Figure(f"replies a second where {len(flood):,} updates wait (Telegram allows 30)", rate),
        Figure("voice note of 4 to 6 s to spoken reply p50", milliseconds(spoken, 50) / 1000, "s"),
        Figure("voice note of 4 to 6 s to spoken reply p95", milliseconds(spoken, 95) / 1000, "s", at_most=3),
    )


@asynccontextmanager
async def _served(settings: Settings, api: BotApi) -> AsyncIterator[None]:
    environment = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": api.url}
    with ExitStack() as stack:
        # In a thread: the emulator answers meanwhile.
        await asyncio.to_thread(stack.enter_context, our_service(settings, environment))
        await api.until(lambda: api.calls["getUpdates"], seconds=_PATIENCE)
        yield


async def _ask(api: BotApi, texts: Iterator[str], chat: int) -> Asked:
    api.push(**text(next(texts), chat=chat))
    return Asked(chat, time.monotonic())


async def _asked_evenly(api: BotApi, texts: Iterator[str], count: int) -> Sequence[Asked]:
    """So many updates, the chats one after the other, at so many a second."""
    begun, asked = time.monotonic(), []
    for number in range(count):
        await asyncio.sleep(max(0.0, begun + number / _A_SECOND - time.monotonic()))
        asked.append(await _ask(api, texts, number % _CHATS + 1))
    return asked


async def _answers(api: BotApi, asked: Sequence[Asked]) -> Sequence[float]:
    """Seconds from each update to its reply, which is the next one in its chat."""
    since = asked[0].at

    def replies() -> Mapping[int, list[float]]:
        found: dict[int, list[float]] = {}
        for sent in api.sent:
            if sent.at >= since:
                found.setdefault(sent.chat, []).append(sent.at)
        return found

    def all_there() -> bool:
        there = replies()
        return sum(len(there.get(chat, ())) for chat in {each.chat for each in asked}) >= len(asked)

    await api.until(all_there, seconds=_PATIENCE)
    waiting = {chat: iter(moments) for chat, moments in replies().items()}
    return [next(waiting[each.chat]) - each.at for each in asked]


def _holds_files(method: str, about: Mapping[str, Any]) -> Fault | None:
    return Fault(502, seconds=_HELD_SECONDS) if method == "getFile" and about else None


async def _exactly_once(folder: Path, updates: int) -> Outcome:
    chance = random.Random(_SEED)

    def faults(method: str, about: Mapping[str, Any]) -> Fault | None:
        kinds = {"sendMessage": _SENDING_FAULTS, "getUpdates": _ASKING_FAULTS}.get(method, ())
        drawn = chance.random()
        for share, fault in kinds:
            drawn -= share
            if drawn < 0:
                return fault
        return None

    async with BotApi(faults).serving() as api:
        api.repeats = 2
        return await answered_though_killed(api, folder, updates, updates // 20, chance, life=(5.0, 40.0))
