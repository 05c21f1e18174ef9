"""How times and other people's words are printed for staff."""

import re
from datetime import datetime

from registry.clock import CHINA

# With these, what somebody writes to us could rewrite the terminal of whoever reads it, or turn its lines around.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def minute(moment: datetime) -> str:
    """As it is in China, e.g. 2025-03-01 16:00."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def plain(text: str) -> str:
    return _CONTROLS.sub(" ", text)
