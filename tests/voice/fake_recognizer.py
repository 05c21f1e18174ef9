"""The process of a recogniser that does what its folder tells it to; started as voice.recognizers.apart is."""

import os
import time
from collections.abc import Collection, Sequence
from pathlib import Path

from voice.errors import EngineMissing, VoiceError
from voice.recognizers import Hypothesis
from voice.recognizers.apart import main
from voice.sound.audio import Pcm


class FakeRecognizer:
    """Hears one 啊 for each sample; a sample below zero is a fault: those above -10 happen once in each folder."""

    name = "fake"
    streams = True

    def __init__(self, folder: Path) -> None:
        if folder.name == "missing":
            raise EngineMissing("model_missing", "no such model; run `zhuyetong models fetch vosk`")
        self._folder = folder
        self.open: set[int] = set()

    def recognize(self, pcm: Pcm, words: Collection[str] = ()) -> Sequence[Hypothesis]:
        stream = self.stream(words)
        stream.accept(pcm)
        return stream.finish()

    def stream(self, words: Collection[str] = ()) -> "FakeStream":
        return FakeStream(self._folder, words)

    def close(self) -> None: ...


class FakeStream:
    alive = 0

    def __init__(self, folder: Path, words: Collection[str]) -> None:
        self._folder = folder
        self._words = words
        self._heard = 0
        FakeStream.alive += 1

    def __del__(self) -> None:
        FakeStream.alive -= 1

    def accept(self, pcm: Pcm) -> str | None:
        print("an engine's chatter")
        for sample in pcm.samples[pcm.samples < 0]:
            self._fault(int(sample))
        self._heard += len(pcm.samples)
        return "啊" * self._heard

    def finish(self) -> Sequence[Hypothesis]:
        return [Hypothesis("啊" * self._heard, -0.5), *(Hypothesis(word, -1.0) for word in self._words)]

    def _fault(self, kind: int) -> None:
        if kind == -3:
            raise VoiceError("engine_failed", f"{FakeStream.alive} open")
        once = self._folder / f"fault{kind}"
        if kind > -10 and once.exists():
            return
        once.touch()
        if kind in (-1, -11):
            os._exit(1)
        time.sleep(60)


if __name__ == "__main__":
    main(FakeRecognizer)
