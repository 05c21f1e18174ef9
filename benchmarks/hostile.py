"""How long a bystander waits while four hostile clients do all they can."""

import sys
import time
from collections import Counter
from collections.abc import Iterator

from benchmarks.doors import Door, SentTurn, calling
from benchmarks.figures import BenchmarkError, Figure, Report, milliseconds
from benchmarks.hostile_clients import ADDRESSES, Browser, attacking
from benchmarks.options import Options
from benchmarks.our_service import our_service
from benchmarks.turns import endless_texts
from benchmarks.var_folder import with_own_var

_ROUNDS, _QUICK_ROUNDS = 6, 2
_TURNS = 40
_BETWEEN = 0.25
"""Seconds from a bystander's turn to the next: an office, below the limit of one address."""
_AS_ONE = 5
_LIMITS = {"ZHUYETONG_LIMITS": "on"}
_WORST = 2.0


def measure(options: Options) -> Report:
    """The bystander alone and beside them in turn, so that what else the machine does slows both."""
    rounds = _QUICK_ROUNDS if options.quick else _ROUNDS
    texts = endless_texts(options.questions)
    alone: list[float] = []
    beside: list[float] = []
    statuses: Counter[int] = Counter()
    attacked = 0.0
    with with_own_var(options.settings) as settings, our_service(settings, _LIMITS) as service:
        _need_addresses(service.door.port)
        _bystander(service.door, texts, "warm")
        for number in range(rounds):
            alone += _bystander(service.door, texts, f"alone-{number}")
            with attacking(service.door.port) as sent:
                beside += _bystander(service.door, texts, f"beside-{number}")
            statuses += sent.statuses
            attacked += sent.seconds
    p50, p95 = milliseconds(alone, 50), milliseconds(alone, 95)
    p50_beside, p95_beside = milliseconds(beside, 50), milliseconds(beside, 95)
    return Report(
        (
            Figure("bystander alone, p50", p50, "ms"),
            Figure("bystander alone, p95", p95, "ms"),
            Figure(f"beside {len(ADDRESSES)} hostile clients, p50", p50_beside, "ms"),
            Figure(f"beside {len(ADDRESSES)} hostile clients, p95", p95_beside, "ms"),
            Figure(f"beside {len(ADDRESSES)} hostile clients, slowest", max(beside) * 1000, "ms"),
            Figure("p95, beside ÷ alone", p95_beside / p95, "×", at_most=_WORST),
            Figure("p50, beside ÷ alone", p50_beside / p50, "×"),
            Figure("hostile turns taken, a second", statuses[200] / attacked),
            Figure("hostile turns told to wait, a second", statuses[429] / attacked),
            Figure("hostile turns answered otherwise", statuses.total() - statuses[200] - statuses[429], at_most=0),
        ),
        notes=(
            f"{len(alone)} turns of the bystander alone and {len(beside)} beside; each hostile client has an address "
            "of its own, sends 1,000 characters of one unit into a registration, and the next at once, whatever it is "
            "told",
            "they share the cores with the service and with whoever measures, which is part of the ratio",
        ),
    )


def _bystander(door: Door, texts: Iterator[str], name: str) -> list[float]:
    """Seconds of each turn, as people send them who think in between."""
    seconds = []
    with calling(door) as caller:
        for number in range(_TURNS):
            seconds.append(caller.send(SentTurn(f"{name}-{number // _AS_ONE}", next(texts)))[0])
            time.sleep(_BETWEEN)
    return seconds


def _need_addresses(port: int) -> None:
    try:
        for address in ADDRESSES:
            browser = Browser(port, address)
            browser.say("您好")
            browser.close()
    except OSError as error:
        raise BenchmarkError(
            f"nothing can come from {', '.join(ADDRESSES)} ({error}); on {sys.platform} give them to the loopback "
            "interface first"
        ) from error
