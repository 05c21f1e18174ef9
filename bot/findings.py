"""What a check of this machine finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    subject: str
    good: bool
    text: str
    mend: str = ""
    """The command that mends it."""
