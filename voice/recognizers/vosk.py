"""Hears with Vosk as people speak; a grammar narrows it to what is expected.

Only for the process of `voice.recognizers.apart`, which says why.
"""

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from voice.errors import EngineMissing
from voice.recognizers.recognizer import Hypothesis, RecognizerStream
from voice.sound.audio import RATE, Pcm

_UNKNOWN = "[unk]"
_PIECE = 4000
"""Samples handed over at once: a quarter of a second."""


class VoskRecognizer:
    """A Vosk model; the Chinese one comes with `zhuyetong models fetch vosk`."""

    name = "vosk"
    streams = True

    def __init__(self, folder: Path) -> None:
        """Raises EngineMissing where the library or a model that can be read is not in `folder`."""
        vosk = _library()
        if not folder.is_dir():
            raise EngineMissing(
                "model_missing", f"there is no model in {folder.name}; run `zhuyetong models fetch vosk`"
            )
        vosk.SetLogLevel(-1)
        self._vosk = vosk
        try:
            self._model = vosk.Model(str(folder))
        # Vosk raises nothing more particular.
        except Exception as error:
            text = f"the model in {folder.name} cannot be read; delete it and run `zhuyetong models fetch vosk`"
            raise EngineMissing("model_damaged", text) from error

    def recognize(self, pcm: Pcm, words: Collection[str] = ()) -> Sequence[Hypothesis]:
        """What was said; none where nothing was."""
        stream = self.stream(words)
        for start in range(0, len(pcm.samples), _PIECE):
            stream.accept(Pcm(pcm.samples[start : start + _PIECE], pcm.rate))
        return stream.finish()

    def stream(self, words: Collection[str] = ()) -> RecognizerStream:
        """One utterance, with partials."""
        known = [word for word in words if self._knows(word)]
        if known:
            grammar = json.dumps([*known, _UNKNOWN], ensure_ascii=False)
            engine = self._vosk.KaldiRecognizer(self._model, RATE, grammar)
        else:
            engine = self._vosk.KaldiRecognizer(self._model, RATE)
        engine.SetWords(True)
        return _VoskStream(engine)

    def close(self) -> None:
        """Nothing to end."""

    def _knows(self, words: str) -> bool:
        # A word the model does not know would be left out of the grammar with a warning on stderr for each.
        return all(self._model.vosk_model_find_word(word) >= 0 for word in words.split())


def _library() -> Any:
    try:
        import vosk
    except (ImportError, OSError) as error:
        raise EngineMissing("library_missing", "vosk is not installed; run `make run`") from error
    return vosk


class _VoskStream:
    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._said: list[str] = []
        self._sure: list[float] = []
        self._told = ""

    def accept(self, pcm: Pcm) -> str | None:
        if self._engine.AcceptWaveform(pcm.samples.astype("<i2").tobytes()):
            self._keep(self._engine.Result())
        partial = str(json.loads(self._engine.PartialResult()).get("partial", ""))
        text = _closed("".join((*self._said, partial)))
        if text == self._told:
            return None
        self._told = text
        return text

    def finish(self) -> Sequence[Hypothesis]:
        self._keep(self._engine.FinalResult())
        text = _closed("".join(self._said))
        sure = sum(self._sure) / len(self._sure) if self._sure else 0.0
        # Vosk gives probabilities of words; the doors think in log probabilities.
        return [Hypothesis(text, sure - 1)] if text else []

    def _keep(self, result: str) -> None:
        read = json.loads(result)
        self._said.append(str(read.get("text", "")))
        self._sure += [float(word["conf"]) for word in read.get("result", ())]


def _closed(text: str) -> str:
    # Vosk separates Chinese words with spaces; jieba would keep each as a token.
    return "".join(text.replace(_UNKNOWN, "").split())
