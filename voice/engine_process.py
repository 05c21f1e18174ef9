"""A process of its own for an engine that may crash, hang or get along with no other library in one process."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from voice.errors import EngineMissing, VoiceError

logger = logging.getLogger(__name__)

_PROJECT = Path(__file__).resolve().parent.parent
_SECONDS_TO_START = 60.0
_SECONDS_TO_END = 2.0
_READY, _DONE, _MISSING, _FAILED = "ready", "done", "missing", "failed"
_SURVIVED = ("crashed", "timed_out")
T = TypeVar("T")


class EngineProcess:
    """The process as its owner sees it; to be used from one thread."""

    def __init__(self, what: str, module: str, *arguments: str, deadline: float) -> None:
        """`what`: what log lines call it; `module`: run with `arguments`, it calls `serve`; `deadline`: seconds for
        one request. Nothing is started before the first request.
        """
        self._what = what
        self._command = [sys.executable, "-m", module, *arguments]
        self._deadline = deadline
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self.starts = 0
        """How often the process was started."""

    @property
    def pid(self) -> int | None:
        """None while there is no process."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Starts the process where there is none. Raises what `ask` raises."""
        self._survive(lambda: None)

    def ask(self, *request: Any) -> Any:
        """What the process makes of a request. After a crash or a hang the next request starts another.

        Raises EngineMissing, or VoiceError: engine_failed, crashed, timed_out, closed.
        """
        return self._survive(lambda: self._exchange(request))

    def twice(self, attempt: Callable[[], T]) -> T:
        """`attempt`, and after a crash or a hang in it once more, with a new process. Raises what `ask` raises."""
        try:
            return attempt()
        except VoiceError as error:
            if error.code not in _SURVIVED:
                raise
            # What was asked is left out on purpose: it may be what a person said of themselves.
            logger.warning("%s; once more", error)
            return attempt()

    def stop(self) -> None:
        """Ends the process for good, whatever it is doing; from any thread."""
        self._stopped = True
        process = self._process
        if process is not None:
            process.kill()
            process.wait(_SECONDS_TO_END)

    def close(self) -> None:
        """Ends the process; the next request starts another, unless it was stopped."""
        process, self._process = self._process, None
        if process is None:
            return
        self._requests.close()
        self._replies.close()
        process.kill()
        process.wait(_SECONDS_TO_END)

    def _survive(self, work: Callable[[], T]) -> T:
        try:
            if self._stopped:
                raise VoiceError("closed", f"{self._what} was closed")
            if self._process is None:
                self._start()
            return work()
        except TimeoutError as error:  # An OSError too, so it comes first.
            self.close()
            raise VoiceError("timed_out", f"{self._what} took over {self._deadline:.0f} s") from error
        except (EOFError, OSError) as error:
            self.close()
            if self._stopped:
                raise VoiceError("closed", f"{self._what} was closed") from error
            raise VoiceError("crashed", f"the process of {self._what} ended while it worked") from error

    def _exchange(self, request: tuple[Any, ...]) -> Any:
        self._requests.send(request)
        kind, *said = self._receive(self._deadline)
        if kind != _DONE:
            raise _error(kind, *said)
        return said[0]

    def _start(self) -> None:
        # Pipes with lengths and pickles on them, and not multiprocessing's own start: that imports the main module of
        # the service once more.
        to_read, to_write = os.pipe(), os.pipe()
        self._process = subprocess.Popen(
            self._command, cwd=_PROJECT, stdin=to_read[0], stdout=to_write[1], start_new_session=True
        )
        os.close(to_read[0])
        os.close(to_write[1])
        self._requests = Connection(to_read[1], readable=False)
        self._replies = Connection(to_write[0], writable=False)
        self.starts += 1
        kind, *said = self._receive(_SECONDS_TO_START)
        if kind != _READY:
            self.close()
            raise _error(kind, *said)

    def _receive(self, seconds: float) -> tuple[Any, ...]:
        if not self._replies.poll(seconds):
            raise TimeoutError
        received: tuple[Any, ...] = self._replies.recv()
        return received


def _error(kind: str, code: str, text: str) -> VoiceError:
    return EngineMissing(code, text) if kind == _MISSING else VoiceError(code, text)


def serve(name: str, load: Callable[[], Callable[..., Any]]) -> None:
    """In the process: does what `load` returns for each request on stdin, until the owner is gone."""
    # Engines print to stdout; the owner must not take that for a reply.
    replies = Connection(os.dup(1), readable=False)
    requests = Connection(os.dup(0), writable=False)
    os.dup2(2, 1)
    try:
        work = load()
    except EngineMissing as error:
        replies.send((_MISSING, error.code, error.text))
        return
    replies.send((_READY,))
    # The owner closes its end of the pipe when it goes.
    with suppress(EOFError, BrokenPipeError):
        while True:
            request = requests.recv()
            try:
                done = work(*request)
            except VoiceError as error:
                replies.send((_FAILED, error.code, error.text))
            except Exception as error:  # noqa: BLE001  whatever an engine raises, its process goes on
                replies.send((_FAILED, "engine_failed", f"{name} raised {type(error).__name__}"))
            else:
                replies.send((_DONE, done))
