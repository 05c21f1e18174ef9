"""pyttsx3 on espeak-ng: a plain, quick voice that needs little memory."""

import contextlib
import ctypes
import io
import os
import threading
import time
import wave
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np

from voice.errors import EngineMissing, VoiceError
from voice.sound.audio import Pcm
from voice.synthesizers.manner import PLAIN, Manner
from voice.synthesizers.pinyin import is_pause, to_pinyin
from voice.synthesizers.waves import as_samples, trimmed

# espeak-ng 1.51's `cmn` reads 好 as "hao three"; fed with pinyin, this one is right.
# The first is the one a recogniser errs on least: a third fewer characters than on the library's own (docs/voice.md).
_VOICES = {"woman": "cmn-latn-pinyin+Annie", "man": "cmn-latn-pinyin"}
_SETTLE_SECONDS, _SAY_SECONDS = 2.0, 30.0
# Its words a minute for each of our rates: its own scale is not even. Measured on 40 answers.
_RATES = (0.5, 0.6, 0.75, 0.9, 1.0, 1.2, 1.5, 1.75, 2.0)
_WORDS_A_MINUTE = (97, 114, 140, 162, 175, 205, 246, 274, 300)
# Its rules lack these finals and would spell them in English letters.
_UNKNOWN_FINAL = "iong"
_KNOWN_FINALS = "i5ong"
_HEADROOM = 0.8


class EspeakVoice:
    """Speaks with espeak-ng through pyttsx3; one in a process, since espeak-ng is global to it."""

    name = "pyttsx3"
    voices = tuple(_VOICES)

    def __init__(self) -> None:
        """Loads the library in 20 ms; raises EngineMissing where it is not there."""
        _load_library()
        from pyttsx3.engine import Engine

        self._new_engine: Callable[[str], Any] = Engine

    def speak(self, text: str, manner: Manner = PLAIN) -> Pcm:
        said = to_pinyin(text)
        if all(is_pause(each) for each in said):
            return Pcm(np.zeros(0, np.int16), 22_050)
        file = io.BytesIO()
        # It tells on stdout of each file it saves.
        with contextlib.redirect_stdout(io.StringIO()):
            self._save(_in_its_letters(said), file, manner)
        file.seek(0)
        with wave.open(file) as saved:
            rate = saved.getframerate()
            samples = np.frombuffer(saved.readframes(saved.getnframes()), np.int16)
        return Pcm(as_samples(trimmed(samples / 32_768, rate), manner.volume * _HEADROOM), rate)

    def _save(self, text: str, file: io.BytesIO, manner: Manner) -> None:
        # A new engine each time: a shared one drops files, and two queued saves write only the last.
        engine = self._new_engine("espeak")
        finished, wrong = threading.Event(), []
        engine.connect("finished-utterance", lambda **_: finished.set())
        engine.connect("error", lambda **about: wrong.append(about["exception"]))
        # A new engine thinks itself busy, and would set its properties only after it has spoken.
        engine.proxy.setBusy(False)
        engine.setProperty("voice", _VOICES.get(manner.voice or "", _VOICES["woman"]))
        words_a_minute = round(float(np.interp(manner.rate, _RATES, _WORDS_A_MINUTE)))
        engine.setProperty("rate", words_a_minute)
        # espeak-ng takes a rate later, and forgets it if it is told to speak before.
        deadline = time.monotonic() + _SETTLE_SECONDS
        while engine.getProperty("rate") != words_a_minute:
            if time.monotonic() > deadline:
                raise VoiceError("engine_failed", "espeak-ng does not take its rate")
            time.sleep(0.0005)
        engine.save_to_file(text, file)
        # Comes back before the sound is there, whatever its name says.
        engine.runAndWait()
        if not finished.wait(_SAY_SECONDS) or wrong or not file.getbuffer().nbytes:
            raise VoiceError("engine_failed", f"espeak-ng saved no sound: {wrong[0] if wrong else 'it never finished'}")


def _in_its_letters(said: tuple[str, ...]) -> str:
    return " ".join(each.replace(_UNKNOWN_FINAL, _KNOWN_FINALS) if each[0] in "jqx" else each for each in said)


def _load_library() -> None:
    """The library that came with us; where there is none, pyttsx3 looks for the system's."""
    if find_spec("espeakng_loader") is not None:
        import espeakng_loader

        # For the library, which reads its environment itself; nothing in Python looks there.
        os.putenv("ESPEAK_DATA_PATH", espeakng_loader.get_data_path())
        # Loaded first, it is the one that pyttsx3 finds by its name.
        ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
    try:
        import pyttsx3.drivers._espeak  # noqa: F401
    except (ImportError, RuntimeError) as error:
        raise EngineMissing(
            "library_missing", "pyttsx3 finds no espeak-ng; run `make run`, which installs it"
        ) from error
