"""From text to sound, sentence by sentence."""
