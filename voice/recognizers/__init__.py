"""Sound in, text out: one small interface for every engine."""

from voice.recognizers.choosing import choose_recognizer, installed_recognizers, load_recognizer
from voice.recognizers.recognizer import Hypothesis, Recognizer, RecognizerStream

__all__ = [
    "Hypothesis",
    "Recognizer",
    "RecognizerStream",
    "choose_recognizer",
    "installed_recognizers",
    "load_recognizer",
]
