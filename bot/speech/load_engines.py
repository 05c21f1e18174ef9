"""Loads the engines of speech that the settings name, or the best that are installed."""

from typing import TYPE_CHECKING

from bot.settings import Settings
from knowledge.language.writing import simplified

if TYPE_CHECKING:
    from voice.listening.hearing import Hearing
    from voice.speaking.voices import Voices


def chosen_recognizer(settings: Settings) -> str:
    """The one that would be loaded. Raises EngineMissing where there is none."""
    from voice.recognizers import choose_recognizer, installed_recognizers

    return choose_recognizer(settings.recognizer, installed=installed_recognizers(settings.voice_models))


def chosen_voice(settings: Settings) -> str:
    """The one that would be loaded. Raises EngineMissing where there is none."""
    from voice.synthesizers import choose_synthesizer, installed_synthesizers

    return choose_synthesizer(settings.voice, installed=installed_synthesizers())


def load_hearing(settings: Settings) -> "Hearing":
    """Takes seconds. Raises EngineMissing where there is no recogniser."""
    # Importing the engines takes seconds, and only whoever speaks needs them.
    from voice.listening.hearing import Hearing
    from voice.recognizers import load_recognizer

    return Hearing(load_recognizer(chosen_recognizer(settings), settings.voice_models, simplified))


def load_voices(settings: Settings) -> "Voices":
    """Raises EngineMissing where there is no voice."""
    from voice.speaking.voices import Voices

    return Voices(settings.voice, settings.cache / "voice", models=settings.voice_models)
