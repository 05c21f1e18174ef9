"""The text of a text file, and the form in which every reader gives its text."""

import re
import unicodedata

from knowledge.errors import DocumentError
from knowledge.library.numbering import is_number_alone, opens_numbering

SPACED = ("编", "部分", "章", "节", "条")
"""The numbers after which the words stand apart: 第一章 总则."""


def tidy(text: str) -> str:
    """`text` without blank lines, indents and characters nobody sees."""
    lines: list[str] = []
    for raw in text.splitlines():
        line = "".join(c for c in raw.replace("\t", " ") if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
        line = re.sub("[ \xa0]+", " ", line).strip()
        if lines and line and is_number_alone(lines[-1]) and not opens_numbering(line):
            lines[-1] += " " * (lines[-1].endswith(SPACED) or line[0].isdigit()) + line
        elif line:
            lines.append(line)
    return "\n".join(lines)


def read_txt(content: bytes) -> str:
    """Raises DocumentError where it is in neither of the encodings people save in."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DocumentError("not text in UTF-8 or GB18030; save it again as UTF-8")
