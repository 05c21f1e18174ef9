"""The text of a PDF file, its lines put together where only the page broke them."""

import re
import unicodedata
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from knowledge.errors import DocumentError, FileBeyondLimits
from knowledge.library.numbering import opens_numbering

_MOST_PAGES = 1000
_SENTENCE_ENDS = re.compile(r"[。；：！？;:!?][”’」』）)》]*$")
_PAGE_NUMBER = re.compile(r"[-—–－―·\s]*\d{1,4}[-—–－―·\s]*$|第?\s*\d+\s*页[\s，,/]*(?:共\s*\d+\s*页)?$")
# Some PDF fonts name their glyphs by the radical: ⼀ (U+2F00) for 一.
_RADICAL = re.compile("[⺀-⿟]")


def read_pdf(content: bytes) -> str:
    """Raises DocumentError where it is damaged, protected, made of pictures or larger than any document."""
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("the PDF has a password; print it to a new PDF without one, and add that")
        if len(reader.pages) > _MOST_PAGES:
            raise FileBeyondLimits(
                f"{len(reader.pages)} pages, and {_MOST_PAGES} are read; print the part that matters"
            )
        pages = [(page.extract_text(), len(page.images)) for page in reader.pages]
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise DocumentError(f"damaged or no PDF file ({error}); download it again") from error
    scanned = [str(number) for number, (text, images) in enumerate(pages, 1) if images and not text.strip()]
    if scanned or not any(text.strip() for text, _ in pages):
        which = "it is" if len(scanned) == len(pages) or not scanned else f"page {', '.join(scanned)} is"
        raise DocumentError(
            f"no text in the PDF: {which} a scan, that is pictures of pages; "
            "add the Word or web version, or run `ocrmypdf -l chi_sim` on it and read the result through"
        )
    lines = [line for text, _ in pages for line in _page_lines(text)]
    return "\n".join(_join_broken_lines(lines))


def _page_lines(text: str) -> list[str]:
    text = _RADICAL.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    for edge in (0, -1):
        if lines and _PAGE_NUMBER.match(lines[edge].strip()):
            del lines[edge]
    return lines


def _join_broken_lines(lines: list[str]) -> list[str]:
    """Puts together what the width of the page took apart; a heading, a date or a title is shorter than that width."""
    widths = sorted(map(_width, lines))
    full = 0.85 * widths[len(widths) * 9 // 10]
    joined: list[str] = []
    above = ""
    for line in lines:
        broken = _width(above) >= full and not _SENTENCE_ENDS.search(above)
        if joined and broken and not opens_numbering(line.strip()) and not line.startswith(("　　", "    ")):
            space = " " if re.search("[A-Za-z]$", above) and re.match("[A-Za-z]", line.strip()) else ""
            joined[-1] += space + line.strip()
        else:
            joined.append(line.strip())
        above = line.strip()
    return joined


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line.strip())
