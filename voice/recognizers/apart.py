"""Runs a recogniser in a process of its own, for a library that gets along with no other in one process.

Started with -m it is that process, with Vosk in it. libvosk carries a copy of OpenFst, and pynini, which helps to
read texts aloud here, carries another: the loader merges their registers, one writes into the other's memory, and the
process crashes at some later time. libvosk also locks memory that it has never cleared, and waits for ever where
that is not zero (0.3.45; docs/adr/0011).
"""

import sys
import weakref
from collections import deque
from collections.abc import Callable, Collection, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from voice.engine_process import EngineProcess, serve
from voice.recognizers.recognizer import Hypothesis, Recognizer, RecognizerStream
from voice.recognizers.vosk import VoskRecognizer
from voice.sound.audio import RATE, Pcm


class RecognizerApart:
    """A streaming recogniser elsewhere; to be used from one thread at a time. Close it at the end."""

    streams = True

    def __init__(self, name: str, folder: Path, *, deadline: float = 15.0, module: str = __name__) -> None:
        """Starts the process, with the model in `folder`; `deadline`: seconds for one piece of sound.

        Raises EngineMissing where the library or a model that can be read is not there.
        """
        self.name = name
        self.process = EngineProcess(f"the recogniser {name}", module, str(folder.resolve()), deadline=deadline)
        self._numbers = count()
        self._gone: deque[int] = deque()
        self.process.start()

    def recognize(self, pcm: Pcm, words: Collection[str] = ()) -> Sequence[Hypothesis]:
        """What was said; none where nothing was. After a crash or a hang once more by a new process.

        Raises VoiceError: engine_failed, crashed, timed_out, closed.
        """
        request = ("recognize", _bytes(pcm), tuple(words))
        return _hypotheses(self.process.twice(lambda: self.ask(*request)))

    def stream(self, words: Collection[str] = ()) -> RecognizerStream:
        """One utterance, with partials; nothing of it is lost where the process crashes."""
        return _StreamApart(self, next(self._numbers), tuple(words))

    def close(self) -> None:
        """Ends the process for good; from any thread."""
        self.process.stop()

    def ask(self, *request: Any) -> Any:
        """As `EngineProcess.ask`, after the process has forgotten the utterances that nobody waits for."""
        while self._gone:
            self.process.ask("forget", self._gone.popleft())
        return self.process.ask(*request)

    def forget(self, number: int) -> None:
        """Nobody waits for the utterance; from any thread, also while rubbish is collected."""
        self._gone.append(number)


class _StreamApart:
    def __init__(self, recognizer: RecognizerApart, number: int, words: tuple[str, ...]) -> None:
        self._recognizer = recognizer
        self._number = number
        self._words = words
        self._said: list[bytes] = []
        self._opened_in = 0
        weakref.finalize(self, recognizer.forget, number)

    def accept(self, pcm: Pcm) -> str | None:
        self._said.append(_bytes(pcm))
        text: str | None = self._recognizer.process.twice(self._hear)
        return text

    def finish(self) -> Sequence[Hypothesis]:
        return _hypotheses(self._recognizer.process.twice(self._end))

    def _hear(self) -> Any:
        # A process that is new to this utterance hears everything again.
        piece = b"".join(self._said) if self._open() else self._said[-1]
        return self._recognizer.ask("accept", self._number, piece)

    def _end(self) -> Any:
        if self._open():
            self._recognizer.ask("accept", self._number, b"".join(self._said))
        return self._recognizer.ask("finish", self._number)

    def _open(self) -> bool:
        process = self._recognizer.process
        process.start()
        if process.starts == self._opened_in:
            return False
        self._recognizer.ask("open", self._number, self._words)
        self._opened_in = process.starts
        return True


def _hypotheses(heard: Sequence[tuple[str, float]]) -> list[Hypothesis]:
    return [Hypothesis(text, score) for text, score in heard]


def _bytes(pcm: Pcm) -> bytes:
    return pcm.samples.astype("<i2").tobytes()


def main(load: Callable[[Path], Recognizer] = VoskRecognizer) -> None:
    """`python -m voice.recognizers.apart MODEL`."""
    folder = Path(sys.argv[1])
    serve("the recogniser", lambda: _Utterances(load(folder)).work)


class _Utterances:
    """Those that are being heard in the process."""

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer
        self._streams: dict[int, RecognizerStream] = {}

    def work(self, what: str, *about: Any) -> Any:
        steps: dict[str, Callable[..., Any]] = {
            "recognize": self._recognize,
            "open": self._open,
            "accept": self._accept,
            "finish": self._finish,
            "forget": self._forget,
        }
        return steps[what](*about)

    def _recognize(self, samples: bytes, words: tuple[str, ...]) -> list[tuple[str, float]]:
        return _plain(self._recognizer.recognize(_pcm(samples), words))

    def _open(self, number: int, words: tuple[str, ...]) -> None:
        self._streams[number] = self._recognizer.stream(words)

    def _accept(self, number: int, samples: bytes) -> str | None:
        return self._streams[number].accept(_pcm(samples))

    def _finish(self, number: int) -> list[tuple[str, float]]:
        return _plain(self._streams.pop(number).finish())

    def _forget(self, number: int) -> None:
        self._streams.pop(number, None)


def _pcm(samples: bytes) -> Pcm:
    return Pcm(np.frombuffer(samples, "<i2"), RATE)


def _plain(heard: Sequence[Hypothesis]) -> list[tuple[str, float]]:
    return [(each.text, each.score) for each in heard]


if __name__ == "__main__":
    main()
