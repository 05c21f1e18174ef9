"""What somebody who speaks is told where something goes wrong."""

from pathlib import Path

from knowledge.yaml_files import read_yaml
from voice.errors import AudioError, VoiceError

_STATUSES = {"too_long": 413, "not_audio": 415, "encrypted": 415, "no_sound": 415}


class SpeechErrors:
    """A Chinese sentence for every code."""

    def __init__(self) -> None:
        self._sentences: dict[str, str] = read_yaml(Path(__file__).with_suffix(".yml"))

    def sentence(self, code: str, **about: object) -> str:
        """What is said for `code`, with what it tells `about`, e.g. the seconds to wait."""
        return self._sentences.get(code, self._sentences["other"]).format(**about)


def status_of(error: VoiceError) -> int:
    """The HTTP status: 4xx where another recording would help, 503 where waiting or the operator would."""
    return _STATUSES.get(error.code, 422) if isinstance(error, AudioError) else 503
