"""The process of a voice that does what a text tells it to; started as voice.speaking.worker is."""

import os
import time
from pathlib import Path

import numpy as np

from voice.errors import EngineMissing, VoiceError
from voice.sound.audio import Pcm
from voice.speaking.worker import main
from voice.synthesizers import PLAIN, Manner

RATE = 16_000


class FakeVoice:
    """Says a hundredth of a second for each character, as loud as the manner's volume."""

    name = "fake"
    voices: tuple[str, ...] = ("one",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def speak(self, text: str, manner: Manner = PLAIN) -> Pcm:
        for done in ("崩溃", "卡住"):
            # A text that does it once does it in the first process only.
            once = self._folder / f"{done} was done"
            if text.startswith(f"{done}一次") and once.exists():
                continue
            if text.startswith(done):
                once.touch()
                if done == "崩溃":
                    os._exit(1)
                time.sleep(60)
        if text.startswith("失败"):
            raise VoiceError("engine_failed", "it failed")
        if text.startswith("出错"):
            raise ValueError(text)
        if text.startswith("打印"):
            print("an engine's chatter")
        if text.startswith("慢"):
            time.sleep(0.3)
        return Pcm(np.full(len(text) * RATE // 100, round(manner.volume * 1_000), np.int16), RATE)


def load(name: str, models: Path) -> FakeVoice:
    if name == "missing":
        raise EngineMissing("library_missing", "no such voice; run `make run`")
    if name == "broken":
        raise RuntimeError("it cannot be loaded")
    return FakeVoice(models)


if __name__ == "__main__":
    main(load)
