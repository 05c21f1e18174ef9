"""Runs a synthesizer in a process of its own, so that a crash or a hang of it costs one restart and no more.

Started with -m it is that process: it reads texts from stdin and writes sound to stdout.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from voice.engine_process import EngineProcess, serve
from voice.sound.audio import Pcm
from voice.synthesizers import Manner, Synthesizer, load_synthesizer


class Worker:
    """A synthesizer elsewhere; to be used from one thread."""

    def __init__(self, name: str, models: Path, *, deadline: float = 15.0, module: str = __name__) -> None:
        """`deadline`: seconds for one text. Nothing is started before the first text."""
        self._process = EngineProcess(f"the voice {name}", module, name, str(models), deadline=deadline)

    @property
    def pid(self) -> int | None:
        """None while there is no process."""
        return self._process.pid

    @property
    def starts(self) -> int:
        """How often the process was started."""
        return self._process.starts

    def speak(self, text: str, manner: Manner) -> Pcm:
        """A text said; after a crash or a hang once more by a new process.

        Raises EngineMissing, or VoiceError: engine_failed, crashed, timed_out, closed.
        """
        request = (text, manner.rate, manner.volume, manner.voice)
        rate, samples = self._process.twice(lambda: self._process.ask(*request))
        return Pcm(np.frombuffer(samples, np.int16), rate)

    def stop(self) -> None:
        """Ends the process for good, whatever it is doing; from any thread."""
        self._process.stop()

    def close(self) -> None:
        """Ends the process; the next text starts another, unless it was stopped."""
        self._process.close()


def main(load: Callable[[str, Path], Synthesizer] = load_synthesizer) -> None:
    """`python -m voice.speaking.worker ENGINE MODELS`."""
    name, models = sys.argv[1], Path(sys.argv[2])

    def loaded() -> Callable[..., tuple[int, bytes]]:
        synthesizer = load(name, models)

        def speak(text: str, rate: float, volume: float, voice: str | None) -> tuple[int, bytes]:
            pcm = synthesizer.speak(text, Manner(rate, volume, voice))
            return pcm.rate, pcm.samples.tobytes()

        return speak

    serve(name, loaded)


if __name__ == "__main__":
    main()
