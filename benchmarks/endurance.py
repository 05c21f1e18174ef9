"""Whether memory stays flat over thousands of turns, and whether a long conversation costs more than a short one."""

from collections.abc import Iterator

import numpy as np

from benchmarks.doors import Caller, SentTurn, calling
from benchmarks.figures import Figure, Report, Table, milliseconds
from benchmarks.options import Options
from benchmarks.our_service import our_service
from benchmarks.processes import resident
from benchmarks.turns import endless_texts
from benchmarks.var_folder import with_own_var

_TURNS, _QUICK_TURNS = 10_000, 1_000
_SENDERS = 50
_LONG = "long"
# A turn is at least four events: what the person said, the action, what the bot said, listening again.
_LONG_TURNS = 500
_YOUNG_TURN = 5
_PAIRS = 150


def measure(options: Options) -> Report:
    """Sends the turns one by one, looking at memory on the way, then pairs of turns with a young and an old sender."""
    turns = _QUICK_TURNS if options.quick else _TURNS
    looks = [look for look in (1_000, 5_000, 10_000) if look <= turns]
    texts = endless_texts(options.questions)
    with with_own_var(options.settings) as settings, our_service(settings) as service, calling(service.door) as caller:
        memory = {0: resident(*service.processes)}
        seconds = []
        for number, turn in enumerate(_spread(texts, turns), 1):
            seconds.append(caller.send(turn)[0])
            if number in looks:
                memory[number] = resident(*service.processes)
        young, old = _pairs(caller, texts)
        kept = sum(path.stat().st_size for path in settings.var.glob("*.db*")) / 2**20
        return _report(seconds, memory, young, old, kept)


def _spread(texts: Iterator[str], turns: int) -> Iterator[SentTurn]:
    """Every n-th turn is the long sender's; the others go round."""
    every = max(2, turns // _LONG_TURNS)
    for number in range(turns):
        yield SentTurn(_LONG if number % every == 0 else f"sender-{number % _SENDERS}", next(texts))


def _pairs(caller: Caller, texts: Iterator[str]) -> tuple[list[float], list[float]]:
    """Seconds of the same words said by somebody at about 20 events, and by the sender who is past 2,000."""
    young: list[float] = []
    old: list[float] = []
    for number in range(_PAIRS):
        sender = f"young-{number}"
        for _ in range(_YOUNG_TURN - 1):
            caller.send(SentTurn(sender, next(texts)))
        text = next(texts)
        # Who comes first changes: the second finds the processor's caches warm.
        for who in (sender, _LONG) if number % 2 else (_LONG, sender):
            (old if who == _LONG else young).append(caller.send(SentTurn(who, text))[0])
    return young, old


def _report(
    seconds: list[float], memory: dict[int, float], young: list[float], old: list[float], kept: float
) -> Report:
    first, last = min(each for each in memory if each), max(memory)
    edge = min(1_000, len(seconds) // 2)
    young_p50, old_p50 = milliseconds(young, 50), milliseconds(old, 50)
    return Report(
        (
            Figure("memory at the end", memory[last], "MB", at_most=1024),
            Figure(f"memory, turn {last:,} ÷ turn {first:,}", memory[last] / memory[first], "×", at_most=1.05),
            Figure("turn p50, whole run", milliseconds(seconds, 50), "ms", at_most=15),
            Figure("turn p95, whole run", milliseconds(seconds, 95), "ms", at_most=40),
            Figure(
                "turn p50, last thousand ÷ first", float(np.median(seconds[-edge:]) / np.median(seconds[:edge])), "×"
            ),
            Figure("turn p50 at about 20 events", young_p50, "ms"),
            Figure("turn p50 past 2,000 events", old_p50, "ms"),
            Figure("turn p50, past 2,000 ÷ at 20 events", old_p50 / young_p50, "×", at_most=1.3),
            Figure("databases at the end", kept, "MB"),
        ),
        (Table("Memory", ("after turns", "MB"), tuple((f"{at:,}", f"{mb:,.0f}") for at, mb in memory.items())),),
        (f"{len(seconds):,} turns one by one on {_SENDERS} senders and one long conversation; {len(young)} pairs",),
    )
