"""The text of an official document out of a text, Word, web or PDF file, one paragraph a line."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import nsmap, qn
from lxml.etree import XMLSyntaxError, XPath
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from knowledge.errors import DocumentError
from knowledge.numbering import is_number_alone, opens_numbering


def read_text(path: Path) -> str:
    """The document's text, one paragraph or table row a line, without blank lines and indents.

    Raises DocumentError where the file is missing, of a kind that cannot be read, damaged, protected or without text.
    """
    suffix = path.suffix.lower()
    if suffix == ".doc":
        raise DocumentError(f"{path}: this is the old Word format; open it in Word or LibreOffice and save it as .docx")
    if suffix not in _READERS:
        raise DocumentError(f"{path}: cannot read {suffix or 'a file without a suffix'}; use {', '.join(_READERS)}")
    if not path.is_file():
        raise DocumentError(f"{path}: there is no such file; check the path")
    try:
        text = _tidy(_READERS[suffix](path))
    except OSError as error:
        raise DocumentError(f"{path}: cannot be opened ({error.strerror}); check that you may read it") from error
    if not text:
        raise DocumentError(f"{path}: the file holds no text; check that it is the right one")
    return text + "\n"


_SPACED = ("编", "部分", "章", "节", "条")


def _tidy(text: str) -> str:
    lines: list[str] = []
    for raw in text.splitlines():
        line = "".join(c for c in raw.replace("\t", " ") if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
        line = re.sub("[ \xa0]+", " ", line).strip()
        if lines and line and is_number_alone(lines[-1]) and not opens_numbering(line):
            lines[-1] += " " * (lines[-1].endswith(_SPACED) or line[0].isdigit()) + line
        elif line:
            lines.append(line)
    return "\n".join(lines)


def _read_txt(path: Path) -> str:
    content = path.read_bytes()
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DocumentError(f"{path}: not text in UTF-8 or GB18030; save it again as UTF-8")


_NOT_MAIN = "script, style, nav, header, footer, aside, form, button, noscript, template, iframe, svg, [hidden]"
_BLOCKS = "address article blockquote dd div dl dt figcaption h1 h2 h3 h4 h5 h6 hr li main ol p pre section table tr ul"


def _read_html(path: Path) -> str:
    soup = BeautifulSoup(_read_txt(path), "lxml")
    for element in soup.select(_NOT_MAIN):
        element.decompose()
    articles = soup.find_all("article")
    main = soup.find("main") or (articles[0] if len(articles) == 1 else soup.body) or soup
    for string in [each for each in main.descendants if isinstance(each, NavigableString)]:
        # A line break in the markup is a space to a browser, and none between Chinese characters.
        unbroken = re.sub(r"(?<=[^\x00-\x7f])[ \r\t]*\n[ \r\n\t]*(?=[^\x00-\x7f])", "", string)
        string.replace_with(type(string)(re.sub(r"[ \r\n\t]+", " ", unbroken)))
    for item in main.select("ol > li"):
        if not opens_numbering(item.get_text().strip()):
            item.insert(0, f"{_place_in_list(item)}.")
    for cell in main.select("td, th"):
        cell.append(" ")
        for inner in cell.select("p, div, br"):
            inner.insert_after(" ")
            inner.unwrap()
    for element in main.find_all([*_BLOCKS.split(), "br"]):
        element.insert_before("\n")
        element.insert_after("\n")
    return main.get_text()


def _place_in_list(item: Tag) -> int:
    start = str(item.parent.get("start", "")) if item.parent else ""
    return (int(start) if start.isdigit() else 1) + len(item.find_previous_siblings("li"))


_SENTENCE_ENDS = re.compile(r"[。；：！？;:!?][”’」』）)》]*$")
_PAGE_NUMBER = re.compile(r"[-—–－―·\s]*\d{1,4}[-—–－―·\s]*$|第?\s*\d+\s*页[\s，,/]*(?:共\s*\d+\s*页)?$")
# Some PDF fonts name their glyphs by the radical: ⼀ (U+2F00) for 一.
_RADICAL = re.compile("[⺀-⿟]")


def _read_pdf(path: Path) -> str:
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(f"{path}: the PDF has a password; print it to a new PDF without one, and add that")
        pages = [(page.extract_text(), len(page.images)) for page in reader.pages]
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise DocumentError(f"{path}: damaged or no PDF file ({error}); download it again") from error
    scanned = [str(number) for number, (text, images) in enumerate(pages, 1) if images and not text.strip()]
    if scanned or not any(text.strip() for text, _ in pages):
        which = "it is" if len(scanned) == len(pages) or not scanned else f"page {', '.join(scanned)} is"
        raise DocumentError(
            f"{path}: no text in the PDF: {which} a scan, that is pictures of pages; "
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


def _read_docx(path: Path) -> str:
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, XMLSyntaxError, KeyError, ValueError) as error:
        raise DocumentError(
            f"{path}: damaged, protected by a password, or no Word file; save it again as .docx"
        ) from error
    return "\n".join(_word_lines(document.element.body, _WordLists(path, document)))


def _word_lines(parent: Any, lists: "_WordLists") -> Iterator[str]:
    """Paragraphs and table rows below `parent`, in order, also those in content controls and text boxes."""
    for element in parent:
        if element.tag == qn("w:p"):
            text = "".join(_run_texts(element))
            number = lists.number(element)
            yield number + text if text.strip() else ""
            for box in _xpath(element, ".//w:txbxContent[not(ancestor::*[local-name()='Fallback'])]"):
                yield from _word_lines(box, lists)
        elif element.tag == qn("w:tr"):
            cells = (
                " ".join(filter(None, _word_lines(cell, lists))) for cell in _xpath(element, "./w:tc|./w:sdt//w:tc")
            )
            yield " ".join(cell.replace("\n", " ") for cell in cells if cell)
        else:
            yield from _word_lines(element, lists)


def _run_texts(paragraph: Any) -> Iterator[str]:
    hidden = "ancestor::w:del or ancestor::w:moveFrom or ancestor::*[local-name()='Fallback']"
    for piece in _xpath(paragraph, f".//w:r[not({hidden})]/*"):
        if next(piece.iterancestors(qn("w:p"))) is not paragraph:
            continue  # A text box stands inside the paragraph that anchors it.
        if piece.tag == qn("w:t"):
            yield piece.text or ""
        elif piece.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif piece.tag == qn("w:tab"):
            yield " "
        elif piece.tag == qn("w:noBreakHyphen"):
            yield "-"


def _xpath(element: Any, path: str) -> Any:
    return XPath(path, namespaces=nsmap)(element)


class _WordLists:
    """The numbers Word itself puts before the paragraphs of its lists; they are not in the paragraphs' text."""

    def __init__(self, path: Path, document: Any) -> None:
        self.path = path
        relations = document.part.rels.values()
        parts = [each.target_part.element for each in relations if each.reltype == RELATIONSHIP_TYPE.NUMBERING]
        self.numbering = parts[0] if parts else None
        self.styles = {style.get(qn("w:styleId")): style for style in _xpath(document.styles.element, "./w:style")}
        self.counts: dict[str, dict[int, int]] = {}
        self.lists_met: set[str] = set()

    def number(self, paragraph: Any) -> str:
        """What Word prints before `paragraph`, such as "一、" or "（二）"; "" where it prints nothing or a bullet."""
        list_id, depth, style = self._place(paragraph)
        if self.numbering is None or not list_id:
            return ""
        found = _xpath(self.numbering, f"./w:num[@w:numId='{list_id}']")
        if not found:  # The list 0 is how Word takes a paragraph out of its style's list.
            return ""
        abstract_id = _xpath(found[0], "string(./w:abstractNumId/@w:val)")
        levels = _xpath(self.numbering, f"./w:abstractNum[@w:abstractNumId='{abstract_id}']/w:lvl")
        by_depth = {int(level.get(qn("w:ilvl"))): level for level in levels}
        if depth is None:
            depth = next((each for each, level in by_depth.items() if style in _xpath(level, "./w:pStyle/@w:val")), 0)
        if depth not in by_depth:
            raise self._unreadable("a list of another style")
        counts = self.counts.setdefault(abstract_id, {})
        if list_id not in self.lists_met and _xpath(found[0], "./w:lvlOverride/w:startOverride"):
            counts.clear()
        self.lists_met.add(list_id)
        for each in [each for each in counts if each > depth]:
            del counts[each]
        for each in range(depth + 1):
            start = int(_xpath(by_depth[each], "string(./w:start/@w:val)") or 1)
            counts[each] = counts[each] + (each == depth) if each in counts else start
        pattern = _xpath(by_depth[depth], "string(./w:lvlText/@w:val)")
        if _xpath(by_depth[depth], "string(./w:numFmt/@w:val)") == "bullet":
            return ""
        printed = re.sub(r"%(\d)", lambda m: self._numeral(by_depth[int(m[1]) - 1], counts[int(m[1]) - 1]), pattern)
        return printed + " " * printed.endswith(_SPACED)

    def _place(self, paragraph: Any) -> tuple[str, int | None, str]:
        """The paragraph's list, its depth there (None where only its style tells), and its style."""
        style = first = _xpath(paragraph, "string(./w:pPr/w:pStyle/@w:val)")
        holder = paragraph
        while holder is not None:
            list_id = _xpath(holder, "string(./w:pPr/w:numPr/w:numId/@w:val)")
            if list_id:
                depth = _xpath(holder, "string(./w:pPr/w:numPr/w:ilvl/@w:val)")
                return list_id, int(depth) if depth else None, first
            holder = self.styles.get(style)
            style = _xpath(holder, "string(./w:basedOn/@w:val)") if holder is not None else ""
        return "", None, first

    def _numeral(self, level: Any, number: int) -> str:
        kind = _xpath(level, "string(./w:numFmt/@w:val)") or "decimal"
        if kind in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"):
            return _chinese(number)
        if kind in ("decimal", "decimalFullWidth", "decimalHalfWidth"):
            return str(number)
        if kind.startswith("decimalEnclosedCircle") and number <= 20:
            return chr(ord("①") + number - 1)
        if kind in ("upperLetter", "lowerLetter") and number <= 26:
            return chr(ord("A" if kind == "upperLetter" else "a") + number - 1)
        raise self._unreadable(f"a list with numbers of the kind {kind}")

    def _unreadable(self, what: str) -> DocumentError:
        return DocumentError(
            f"{self.path}: Word numbers {what} by itself, which cannot be read; "
            "in Word, save the document as plain text (UTF-8) and add the .txt file"
        )


def _chinese(number: int) -> str:
    """一 … 九十九; larger numbers in digits, which are read as well."""
    if number > 99:
        return str(number)
    digits = " 一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ((digits[tens] if tens > 1 else "") + "十" * bool(tens) + digits[ones]).strip()


_READERS: dict[str, Callable[[Path], str]] = {
    ".txt": _read_txt,
    ".docx": _read_docx,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _read_pdf,
}
