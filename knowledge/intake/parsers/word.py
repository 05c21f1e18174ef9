"""The text of a Word file, with the numbers that Word puts before the paragraphs of its lists."""

import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import nsmap, qn
from lxml.etree import XMLSyntaxError, XPath

from knowledge.errors import DocumentError, FileBeyondLimits
from knowledge.intake.parsers.text import SPACED

_MOST_PARAGRAPHS = 20_000
_MOST_PARTS = 2000
_MOST_UNPACKED = 50 * 1024 * 1024
"""Bytes of all parts; pictures count, as they are unpacked too."""
_MOST_TIMES = 100
"""How many times larger unpacked than packed; Word's own files stay below thirty."""
_SMALL = 1024 * 1024


def read_docx(content: bytes) -> str:
    """Raises DocumentError where it is damaged, protected, numbered unreadably or larger than any document."""
    try:
        _weigh(content)
        document = docx.Document(BytesIO(content))
    except (PackageNotFoundError, BadZipFile, XMLSyntaxError, KeyError, ValueError) as error:
        raise DocumentError("damaged, protected by a password, or no Word file; save it again as .docx") from error
    paragraphs = sum(1 for _ in document.element.body.iter(qn("w:p")))
    if paragraphs > _MOST_PARAGRAPHS:
        raise FileBeyondLimits(f"{paragraphs} paragraphs, and {_MOST_PARAGRAPHS} are read; save the part that matters")
    return "\n".join(_word_lines(document.element.body, _WordLists(document)))


def _weigh(content: bytes) -> None:
    """Looks at what the parts are going to be, before any is unpacked."""
    parts = ZipFile(BytesIO(content)).infolist()
    unpacked = sum(part.file_size for part in parts)
    # zipfile never reads more of a part than the size it looks at here.
    if unpacked > _MOST_UNPACKED or len(parts) > _MOST_PARTS or unpacked > max(_SMALL, _MOST_TIMES * len(content)):
        raise FileBeyondLimits(
            f"unpacks to {unpacked // 1024 // 1024} MB in {len(parts)} parts, which no Word document does; "
            "in Word, remove the pictures or save it as plain text (UTF-8), and add that"
        )


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
    return _compiled(path)(element)


@lru_cache(maxsize=256)
def _compiled(path: str) -> XPath:
    return XPath(path, namespaces=nsmap)


class _WordLists:
    """The numbers Word itself puts before the paragraphs of its lists; they are not in the paragraphs' text."""

    def __init__(self, document: Any) -> None:
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
        return printed + " " * printed.endswith(SPACED)

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
            f"Word numbers {what} by itself, which cannot be read; "
            "in Word, save the document as plain text (UTF-8) and add the .txt file"
        )


def _chinese(number: int) -> str:
    """一 … 九十九; larger numbers in digits, which are read as well."""
    if number > 99:
        return str(number)
    digits = " 一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ((digits[tens] if tens > 1 else "") + "十" * bool(tens) + digits[ones]).strip()
