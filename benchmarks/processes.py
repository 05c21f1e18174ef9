"""Starts real processes, waits until they answer, reads their memory, and ends them by their ids."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.figures import BenchmarkError

HOST = "127.0.0.1"
_PATIENCE = 180.0
_SECONDS_TO_END = 10.0
_LAST = 2_000


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], *, folder: Path, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[psutil.Process]:
    """The process of `command`, started in `folder`; it and its children are ended afterwards."""
    with log.open("wb") as output:
        started = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    process = psutil.Process(started.pid)
    try:
        yield process
    finally:
        _end(process)
        started.wait()


def _end(process: psutil.Process) -> None:
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for each in family:
        _signal(each.terminate)
    _, alive = psutil.wait_procs(family, timeout=_SECONDS_TO_END)
    for each in alive:
        _signal(each.kill)


def _signal(send) -> None:  # type: ignore[no-untyped-def]
    try:
        send()
    except psutil.NoSuchProcess:
        return


def wait_until_ready(process: psutil.Process, port: int, path: str, log: Path) -> float:
    """Seconds until `path` answers 200, from the start of the process. Raises BenchmarkError where it never does."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            raise BenchmarkError(f"{log.stem} ended before it was ready:\n{_tail(log)}")
        if _answers(port, path):
            return time.time() - float(process.create_time())
        time.sleep(0.02)
    raise BenchmarkError(f"{log.stem} was not ready after {_PATIENCE:.0f} s:\n{_tail(log)}")


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _tail(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-_LAST:]


def resident(*processes: psutil.Process) -> float:
    """Megabytes of memory that the processes and their children hold; pages they share count for each."""
    family = [each for process in processes for each in (process, *process.children(recursive=True))]
    held: int = sum(each.memory_info().rss for each in family)
    return held / 2**20
