"""What goes wrong between sound and text; the code is for programs, the text for whoever reads a log."""


class VoiceError(Exception):
    """Base of every error this package raises on purpose."""

    def __init__(self, code: str, text: str = "") -> None:
        """`code`: short and stable, e.g. "busy"; the doors have a Chinese sentence for each."""
        # Both stand in args, so that the error can be sent from one process to another.
        super().__init__(code, text)
        self.code = code
        self.text = text

    def __str__(self) -> str:
        return f"{self.code}: {self.text}" if self.text else self.code


class AudioError(VoiceError):
    """A recording cannot be used.

    Codes: empty, not_audio, no_sound (a file without an audio track), encrypted, truncated, damaged, too_short,
    too_long, too_many_channels, odd_rate.
    """


class EngineMissing(VoiceError):
    """A model or library is not there; the text says the command that mends it.

    Codes: library_missing, model_missing, model_damaged.
    """
