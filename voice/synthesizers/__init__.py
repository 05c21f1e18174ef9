"""Voices behind one small interface: text in, sound out."""

from voice.synthesizers.choosing import choose_synthesizer, installed_synthesizers, load_synthesizer
from voice.synthesizers.manner import PLAIN, Manner, Synthesizer

__all__ = ["PLAIN", "Manner", "Synthesizer", "choose_synthesizer", "installed_synthesizers", "load_synthesizer"]
