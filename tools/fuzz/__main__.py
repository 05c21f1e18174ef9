"""Starts the service with records of its own, sends it garbage, and ends with 1 where it failed or went away."""

import argparse
import os
import secrets
import signal
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

# All look once, when imported, as in benchmarks/__main__.py.
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from benchmarks.figures import BenchmarkError
from benchmarks.our_service import Served, our_service
from benchmarks.processes import HOST, resident
from benchmarks.var_folder import with_own_var
from bot.logs import quieten_libraries
from bot.settings import read_settings
from tools.fuzz.chats import chats
from tools.fuzz.frames import garbage_talks, talk
from tools.fuzz.recordings import recordings
from tools.fuzz.report import DoorRun, by_kind, summary
from tools.fuzz.requests import Answered
from tools.fuzz.sending import is_alive, send, within

_SHOWN = 10
Sent = TypeVar("Sent")


def main() -> int:
    """Exit status: 0 where every answer was no fault and the service is still there, else 1."""
    options = _options()
    # Ends the service that was started, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    quieten_libraries()
    key = secrets.token_urlsafe(24)
    # Nobody's records and nobody's bot, whatever is set where this runs.
    environment = {"ZHUYETONG_API_KEYS": f"fuzz:{key}", "ZHUYETONG_DATABASE": "", "TELEGRAM_BOT_TOKEN": ""}
    try:
        with with_own_var(read_settings()) as settings, our_service(settings, environment) as service:
            runs = _runs(service, options, key)
            alive = is_alive(HOST, service.door.port)
    except (BenchmarkError, ConnectionRefusedError) as error:
        print(f"the service cannot be reached: {error}", file=sys.stderr)
        return 1
    return _told(runs, alive, options.seed)


def _runs(service: Served, options: argparse.Namespace, key: str) -> list[DoorRun]:
    port = service.door.port
    # What is loaded at the first turn and at the first recording is no growth.
    for warm in (*chats(40, options.seed + 1, key), *recordings(7, options.seed + 1)):
        send(HOST, port, warm)
    sending = partial(send, HOST, port)
    run = partial(_run, service, options.seconds)
    return [
        run("POST /api/chat", options.chats, chats(options.chats, options.seed, key), sending),
        run("POST /api/speech", options.recordings, recordings(options.recordings, options.seed), sending),
        run(
            "WS /api/voice",
            options.talks,
            garbage_talks(options.talks, options.seed),
            lambda each: talk(HOST, port, *each),
        ),
    ]


def _run(
    service: Served,
    seconds: float,
    name: str,
    wanted: int,
    garbage: Iterable[Sent],
    sending: Callable[[Sent], Answered],
) -> DoorRun:
    print(f"{name} …", file=sys.stderr, flush=True)
    before = resident(*service.processes)
    answers = [sending(each) for each in within(seconds, garbage)]
    return DoorRun(name, answers, wanted, before, resident(*service.processes))


def _told(runs: list[DoorRun], alive: bool, seed: int) -> int:
    for table in (*map(by_kind, runs), summary(runs)):
        print(f"\n### {table.title}\n\n{table.markdown()}")
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"\nSeed {seed}; load of this machine {load}; the service {'still answers' if alive else 'ANSWERS NO MORE'}.")
    faults = [each for run in runs for each in (*run.faults, *(one for one in run.answers if one.is_error_reply))]
    for each in faults[:_SHOWN]:
        print(f"- {each.status} after {each.kind}: {each.sent}")
    return 0 if alive and not any(run.faults for run in runs) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("--chats", type=int, default=2_000)
    parser.add_argument("--recordings", type=int, default=200)
    parser.add_argument("--talks", type=int, default=80, help="over the voice socket")
    parser.add_argument("--seconds", type=float, default=600.0, help="at most, for each of the three")
    parser.add_argument("--seed", type=int, default=16)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
