"""Our service as people run it: a process of its own, reached over HTTP."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.doors import Door
from benchmarks.figures import BenchmarkError
from benchmarks.processes import HOST, free_port, running, wait_until_ready
from bot.settings import Settings


@dataclass(frozen=True)
class Served:
    """A service that is ready for turns."""

    door: Door
    processes: tuple[psutil.Process, ...]
    seconds_to_ready: float


def zhuyetong() -> str:
    """The command of this environment. Raises BenchmarkError where it is not installed."""
    command = Path(sys.executable).with_name("zhuyetong")
    if not command.exists():
        raise BenchmarkError(f"{command} is missing; run `make test` once, which installs it")
    return str(command)


@contextmanager
def our_service(settings: Settings, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """`zhuyetong serve` with the var folder and the models of `settings`, and what else is set in its environment."""
    port = free_port()
    log = settings.var / "our service.log"
    ours = {"ZHUYETONG_VAR": str(settings.var), "ZHUYETONG_MODELS": str(settings.models)}
    # It is the speed that is measured, and the caller's patience is not.
    ours["ZHUYETONG_LIMITS"] = "off"
    command = [zhuyetong(), "serve", "--host", HOST, "--port", str(port)]
    with running(command, folder=settings.project, log=log, environment={**ours, **(environment or {})}) as process:
        seconds = wait_until_ready(process, port, "/readyz", log)
        yield Served(Door(port, "/api/chat", "text"), (process,), seconds)
