"""Looks for what people told in files where nobody should read it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

_LOOKED_UP = 8
"""Bytes of each text that are looked up at once, or fewer where a text is shorter; only where those stand is the whole
searched for."""
_FEW = 200
"""Texts that are quicker to search for one by one."""
_AT_ONCE = 1_000_000
"""Bytes; what was learnt is 170 MB, and the places of all of it at once are 12 GB."""


def found_in_clear(folder: Path, strings: Iterable[str]) -> Sequence[str]:
    """Those of `strings` that stand in any file under `folder`, as UTF-8 or as Python and JSON escape them."""
    strings = list(strings)
    forms = {form: string for string in strings for form in _forms(string)}
    length = min(_LOOKED_UP, *(len(form) for form in forms)) if forms else 0
    longest = max(map(len, forms), default=0)
    found: set[str] = set()
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        for start in range(0, len(content), _AT_ONCE):
            part = content[start : start + _AT_ONCE + longest]
            if len(forms) <= _FEW:
                found |= {string for form, string in forms.items() if form in part}
                continue
            there = {part[at : at + length] for at in range(len(part) - length + 1)}
            found |= {string for form, string in forms.items() if form[:length] in there and form in part}
    return [string for string in strings if string in found]


def _forms(string: str) -> tuple[bytes, ...]:
    return string.encode(), string.encode("unicode_escape")
