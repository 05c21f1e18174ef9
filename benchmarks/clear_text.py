"""Looks for what people told in files where nobody should read it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

_LOOKED_UP = 8
"""Bytes of each text that are looked up at once; only where those stand is the whole searched for."""


def found_in_clear(folder: Path, strings: Iterable[str]) -> Sequence[str]:
    """Those of `strings` that stand in any file under `folder`, as UTF-8 or as Python and JSON escape them."""
    content = b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    there = {content[at : at + _LOOKED_UP] for at in range(len(content))}
    return [
        string for string in strings if any(form[:_LOOKED_UP] in there and form in content for form in _forms(string))
    ]


def _forms(string: str) -> tuple[bytes, ...]:
    return string.encode(), string.encode("unicode_escape")
