"""Splits an official Chinese document into clauses by its own numbering."""

import re
from collections import Counter
from dataclasses import dataclass, field

from knowledge.language.numerals import chinese_to_int

_NUMERAL = "[一二三四五六七八九十百千零〇两]+"
# 一、二级残疾人 and 3、4级 open no item, and 第五条规定的 at the start of a line only refers to an article.
_NO_ENUMERATION = rf"(?!\s*(?:{_NUMERAL}|\d+)[、级类档])"
_NO_REFERENCE = "(?!第|规定|、|[至和及]第|之[一二三四五六七八九]|所[称列规]|中规定|的)"
# Outermost first, as official documents nest them (GB/T 9704-2012, 7.3.3, and 立法技术规范 for 章 and 条).
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("annex", re.compile(rf"附\s*[件表录]\s*(?:({_NUMERAL}|\d{{1,2}})[:：]?)?$")),
    ("part", re.compile(rf"第({_NUMERAL}|\d+)(?:编(?![号制])|部分)\s*")),
    ("chapter", re.compile(rf"第({_NUMERAL}|\d+)章\s*")),
    ("section", re.compile(rf"第({_NUMERAL}|\d+)节\s*")),
    ("article", re.compile(rf"第({_NUMERAL}|\d+)条{_NO_REFERENCE}\s*")),
    ("一、", re.compile(rf"({_NUMERAL})、{_NO_ENUMERATION}")),
    ("(一)", re.compile(rf"[(（]({_NUMERAL})[)）]、?")),
    # 1.5% is a number, but 1.2025年底前 is an item.
    ("1.", re.compile(rf"(\d{{1,3}})(?:[.．](?:(?!\d)|(?=20\d\d年))|、{_NO_ENUMERATION})\s*")),
    ("(1)", re.compile(r"[(（](\d{1,3})[)）]")),
)
_RANK = {name: rank for rank, (name, _) in enumerate(_MARKERS)}
_PATTERN = dict(_MARKERS)
_DEPTHS_KEPT = 3
_HEADING = re.compile(r"^[^。;；:：]{1,60}[。:：]?$|^[^。]{1,60}。")
_LIST_OF_ANNEXES = re.compile(r"附\s*件\s*[:：]")
# What a table of contents puts after a heading: ……… 12
_LEADER = re.compile(r"[\s.…·．_\-—(（]*\d*[)）]?$")


@dataclass(frozen=True)
class Passage:
    """One numbered piece of a document that has text of its own."""

    id: str
    """Numbers joined by dots: "2.5.5" for 二(五)5; the number alone for 第十二条; "annex1.2" in an annex.

    Where a list under one heading starts again, the second 2.5.5 is "2.5.5-2".
    """
    title: str
    quote: str
    """Its words as printed, without its own number."""
    headings: tuple[str, ...]
    """The headings it stands under, outermost first."""
    line: int
    """Line of the source, from 1."""
    place: str = ""
    """Its numbering as the document prints it: "二(五)5", "第十二条"; empty where it prints none."""


@dataclass(frozen=True)
class Split:
    """A document's text, every line of it in one place."""

    preamble: str
    passages: tuple[Passage, ...]


@dataclass
class _Node:
    marker: str
    number: int
    line: int
    text: list[str] = field(default_factory=list)
    parent: "_Node | None" = None
    has_children: bool = False
    annex: int = 0
    """0 in the body; 1, 2 … from a line 附件1, or where the outermost numbering starts again."""
    printed: str = ""
    """Its number as printed, without the mark after it: "二", "(五)", "第十二条"."""

    def headings_and_body(self) -> tuple[tuple[str, ...], str]:
        if self.marker == "annex":  # 附件1, and its title in the line below.
            return tuple(self.text[:2]), "\n".join(self.text[2:])
        first = self.text[0] if self.text else ""
        match = _HEADING.match(first)
        if match is None:
            return (first[:40],), "\n".join(self.text)
        rest = first[match.end() :]
        return (match[0].rstrip("。:："),), "\n".join(part for part in (rest, *self.text[1:]) if part)


def split_document(text: str) -> Split:
    """Every numbered passage of `text` in order, and what stands before the first number.

    A passage is the innermost numbering with text of its own, three levels deep at most; deeper numbering stays
    inside it. An article (第…条) is always one passage. A document without numbering gives one passage a paragraph.
    """
    nodes, preamble = _read_nodes(text.splitlines())
    if not nodes:
        paragraphs = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
        return Split("", tuple(Passage(str(i), p[:40], p, (), n) for i, (n, p) in enumerate(paragraphs, 1)))
    times: Counter[str] = Counter()
    passages = []
    for node in filter(_has_own_text, nodes):
        identifier = _identifier(node)
        times[identifier] += 1
        again = f"-{times[identifier]}" if times[identifier] > 1 else ""
        passages.append(_passage(identifier + again, node))
    return Split(preamble, tuple(passages))


def opens_numbering(line: str) -> bool:
    """Whether `line` begins with a number that official documents use for a chapter, an article or an item."""
    return any(pattern.match(line) for pattern in _PATTERN.values())


def is_number_alone(line: str) -> bool:
    """Whether `line` is the number of a chapter, an article or an item, and its words can only stand below."""
    return any(pattern.fullmatch(line) for name, pattern in _MARKERS if name != "annex")


def _read_nodes(lines: list[str]) -> tuple[list[_Node], str]:
    nodes: list[_Node] = []
    preamble: list[str] = []
    path: list[_Node] = []
    in_list_of_annexes = False
    written = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    for index, (number, line) in enumerate(written):
        listed = in_list_of_annexes and _PATTERN["1."].match(line) is not None
        in_list_of_annexes = listed or _LIST_OF_ANNEXES.match(line) is not None
        # A blank in a form, as 1. above 2., is no item.
        blank = is_number_alone(line) and all(opens_numbering(below) for _, below in written[index + 1 : index + 2])
        node = None if in_list_of_annexes or blank else _opened_by(line, number, path, nodes)
        if node is None:
            (path[-1].text if path else preamble).append(line)
            continue
        contents = _contents_repeated_by(node, nodes)
        if contents:
            del nodes[-len(contents) :]
            before = nodes[-1].text if nodes else preamble
            before.extend(each.strip() for each in lines[contents[0].line - 1 : number - 1] if each.strip())
            node.annex = contents[0].annex
        if node.parent is not None:
            node.parent.has_children = True
        nodes.append(node)
        path = [*_ancestors(node), node]
    return nodes, "\n".join(preamble)


def _opened_by(line: str, number: int, path: list[_Node], nodes: list[_Node]) -> _Node | None:
    marker, match = next(
        ((name, match) for name, pattern in _MARKERS if (match := pattern.match(line))),
        (None, None),
    )
    if marker is None or match is None:
        return None
    annex = nodes[-1].annex if nodes else 0
    value = _value(match[1]) if match[1] else annex + 1
    printed = match[0].strip().rstrip("、.．:：")
    if marker == "annex":
        # Before any number it only says that the text to come was an annex to a notice.
        return _Node(marker, value, number, [line], annex=value, printed=printed) if nodes else None
    above = [node for node in path if _RANK[node.marker] < _RANK[marker]]
    if sum(node.marker != "annex" for node in above) >= _DEPTHS_KEPT or (above and above[-1].marker == "article"):
        return None
    if not (value == 1 or _continues(marker, value, path, nodes)):
        return None
    starts_again = bool(nodes) and not above and value == 1
    text = [*filter(None, [line[match.end() :].strip()])]
    parent = above[-1] if above else None
    return _Node(marker, value, number, text, parent, annex=annex + starts_again, printed=printed)


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else chinese_to_int(numeral)


def _continues(marker: str, value: int, path: list[_Node], nodes: list[_Node]) -> bool:
    """Articles run on through chapters; every other numbering runs under its heading. One number may be missing."""
    if marker == "article":
        before = next((node for node in reversed(nodes) if node.marker == marker), None)
        return before is None or value > before.number
    before = next((node for node in path if node.marker == marker), None)
    return before is not None and before.number < value <= before.number + 2


def _contents_repeated_by(node: _Node, nodes: list[_Node]) -> list[_Node]:
    """The table of contents that ends where `node` begins: its first heading once more, after headings alone."""
    if not _is_outermost_first(node):
        return []
    start = next((i for i in reversed(range(len(nodes))) if _is_outermost_first(nodes[i])), None)
    if start is None or nodes[start].marker != node.marker:
        return []
    contents = nodes[start:]
    # The last heading of a table of contents may have the document's title below it.
    if not all(map(_is_bare, contents[:-1])):
        return []
    entry = _LEADER.sub("", contents[0].text[0]) if contents[0].text else ""
    return contents if entry and node.text and node.text[0].startswith(entry) else []


def _is_outermost_first(node: _Node) -> bool:
    return node.number == 1 and (node.parent is None or node.parent.marker == "annex")


def _is_bare(node: _Node) -> bool:
    return "。" not in "".join(node.text[:1]) and all(_LEADER.fullmatch(line) for line in node.text[1:])


def _ancestors(node: _Node) -> list[_Node]:
    found: list[_Node] = []
    while node.parent is not None:
        node = node.parent
        found.insert(0, node)
    return found


def _has_own_text(node: _Node) -> bool:
    return bool(node.headings_and_body()[1] if node.has_children else node.text)


def _numbers(node: _Node) -> list[_Node]:
    """The nodes whose numbers tell where `node` stands; an article's own number does."""
    above = _ancestors(node)
    return [*(each for each in above if node.marker != "article" or each.marker == "annex"), node]


def _identifier(node: _Node) -> str:
    numbers = [str(each.number) for each in _numbers(node) if each.marker != "annex"]
    return ".".join([f"annex{node.annex}"] * bool(node.annex) + numbers)


def _passage(identifier: str, node: _Node) -> Passage:
    headings = [heading for each in _ancestors(node) for heading in each.headings_and_body()[0] if heading]
    title = node.headings_and_body()[0][-1]
    place = "".join(each.printed for each in _numbers(node))
    return Passage(identifier, title, "\n".join(node.text), tuple(headings), node.line, place)
