"""Which engines would hear and speak here, which models there are, and which devices."""

from collections.abc import Callable, Iterator

from bot.cli.audio_devices import find_devices, load_portaudio
from bot.errors import ServiceError
from bot.findings import Finding
from bot.settings import Settings
from bot.speech.load_engines import chosen_recognizer, chosen_voice
from voice.errors import EngineMissing


def examine_speech(settings: Settings) -> Iterator[Finding]:
    """What there is to hear and speak with, and what is missing; no engine is loaded."""
    yield _engine("recogniser", lambda: chosen_recognizer(settings), settings.recognizer, "ZHUYETONG_RECOGNIZER")
    yield _engine("voice", lambda: chosen_voice(settings), settings.voice, "ZHUYETONG_VOICE")
    yield _models(settings)
    yield _devices()
    yield _kept(settings)


def _engine(subject: str, chosen: Callable[[], str], preferred: str | None, variable: str) -> Finding:
    try:
        name = chosen()
    except EngineMissing as error:
        what, _, mend = error.text.partition("; ")
        return Finding(subject, False, what, mend)
    return Finding(subject, True, f"{name}, {f'as {variable} says' if preferred else 'the best that is here'}")


def _models(settings: Settings) -> Finding:
    folder = settings.voice_models
    found = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    text = (
        f"{', '.join(found)} in {folder}"
        if found
        else f"none in {folder}; that of Whisper is put there at its first use"
    )
    return Finding("speech models", True, text)


def _devices() -> Finding:
    # Whoever serves the page needs none, so that a server without a loudspeaker is no fault.
    try:
        devices = find_devices(load_portaudio())
    except ServiceError as error:
        return Finding("microphone", True, f"only `zhuyetong talk` needs one: {error}")
    return Finding("microphone", True, f"{devices.microphone}; loudspeaker: {devices.loudspeaker}")


def _kept(settings: Settings) -> Finding:
    if not settings.keep_audio:
        return Finding("recordings", True, "none of what is said is kept")
    return Finding("recordings", True, f"kept for {settings.keep_audio} days, encrypted, as ZHUYETONG_KEEP_AUDIO says")
