"""The text of a web page: what its main part says, a line for each block."""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString, PageElement

from knowledge.errors import FileBeyondLimits
from knowledge.intake.parsers.text import read_txt
from knowledge.library.numbering import opens_numbering

_NOT_MAIN = {
    *("script", "style", "nav", "header", "footer", "aside", "form", "button", "noscript"),
    *("template", "iframe", "svg"),
}
_BLOCKS = {
    *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul"),
}
_MOST_TAGS = 100_000
_OPENING = 40
"""Characters that show whether an item has a number of its own."""


def read_html(content: bytes) -> str:
    """Raises DocumentError where it is no text or larger than any document."""
    page = read_txt(content)
    tags = page.count("<")
    if tags > _MOST_TAGS:
        raise FileBeyondLimits(f"{tags} tags, and {_MOST_TAGS} are read; copy the part that matters into a text file")
    # Backwards, as whether an item has a number of its own shows after the place for one; each piece is met once.
    pieces = list(_pieces(_main(BeautifulSoup(page, "lxml"))))
    return "".join(reversed(list(_numbered(reversed(pieces)))))


def _main(soup: BeautifulSoup) -> Tag:
    articles = [each for each in soup.find_all("article") if _is_shown(each)]
    mains = (each for each in soup.find_all("main") if _is_shown(each))
    return next(mains, None) or (articles[0] if len(articles) == 1 else soup.body) or soup


def _is_shown(tag: Tag) -> bool:
    return not any(map(_is_left_out, (tag, *tag.parents)))


def _is_left_out(tag: Tag) -> bool:
    return tag.name in _NOT_MAIN or tag.has_attr("hidden")


class _Number(str):
    """What the browser prints before an item."""


class _ItemEnd(str):
    """What stands after an item."""


class _Opened(NamedTuple):
    """An element that is being read."""

    children: Iterator[PageElement]
    in_cell: bool
    end: str
    """What stands after its text."""
    numbers: Iterator[int] | None
    """Those of the items to come, in a list that the browser numbers."""


def _pieces(main: Tag) -> Iterator[str]:
    # Each element is met once: to insert into the tree instead would look for the place among all its siblings.
    opened = [_Opened(iter(main.contents), False, "", _numbers(main))]
    while opened:
        above = opened[-1]
        element = next(above.children, None)
        if element is None:
            yield opened.pop().end
        elif isinstance(element, Tag):
            if _is_left_out(element):
                continue
            start, end = _around(element, above.in_cell)
            yield start
            if above.numbers and element.name == "li":
                yield _Number(f"{next(above.numbers)}.")
                end = _ItemEnd(end)
            in_cell = above.in_cell or element.name in ("td", "th")
            opened.append(_Opened(iter(element.contents), in_cell, end, _numbers(element)))
        elif type(element) in (NavigableString, CData):
            yield _unbroken(element)


def _around(tag: Tag, in_cell: bool) -> tuple[str, str]:
    """What stands before and after the text of `tag`."""
    if in_cell and tag.name in ("p", "div", "br"):
        return "", " "
    if tag.name in _BLOCKS:
        return "\n", "\n"
    return "", " " if tag.name in ("td", "th") else ""


def _numbers(tag: Tag) -> Iterator[int] | None:
    start = str(tag.get("start", ""))
    return count(int(start) if start.isdecimal() else 1) if tag.name == "ol" else None


def _numbered(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces, last first, with the numbers of those items that have none of their own."""
    after = ""
    for piece in pieces:
        if isinstance(piece, _Number):
            yield "" if opens_numbering(after) else piece
        else:
            after = "" if isinstance(piece, _ItemEnd) else (piece + after).lstrip()[:_OPENING]
            yield piece


def _unbroken(string: PageElement) -> str:
    # A line break in the markup is a space to a browser, and none between Chinese characters.
    unbroken = re.sub(r"(?<=[^\x00-\x7f])[ \r\t]*\n[ \r\n\t]*(?=[^\x00-\x7f])", "", str(string))
    return re.sub(r"[ \r\n\t]+", " ", unbroken)
