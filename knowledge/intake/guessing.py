"""Guesses from a document's first lines and last words what it is: title, number, issuer, dates."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from pypinyin import lazy_pinyin

from knowledge.errors import DocumentError
from knowledge.language.numerals import CHINESE_NUMERAL, chinese_to_int
from knowledge.library.numbering import opens_numbering

LONGEST_ID = 40
_KIND = (
    "(?:条例|办法|方案|规定|意见|规划|计划|细则|通知|决定|措施|政策|"
    "纲要|要点|公告|通告|指南|规程|规则|标准|制度|批复|函|法)"
)
_BRACKETED = "[（(][^（）()]{1,20}[)）]"
_TITLE = re.compile(rf"[^。；：:;，,>＞]{{0,80}}{_KIND}》?(?:{_BRACKETED})*》?")
_SECOND_LINE = re.compile(rf"(?:实施|行动|管理|工作|若干|暂行)*{_KIND}(?:{_BRACKETED})*")
_SHORTEST_TITLE = 6
_OFFICE = re.compile(r"[^，。；：:、\d\n]{2,30}(?:政府|办公厅|办公室|委员会|委|局|厅|部|院|会|残联|中心)")
_NUMBER = re.compile(
    r"(?:^[（(]?|(?:发文字号|文\s*号)\s*[:：]\s*)"
    r"([一-鿿]{2,12}[〔\[（(【]\d{4}[〕\]）)】]第?\d{1,4}号|[一-鿿]{2,20}令\s*第\s*\S{1,6}\s*号)(?=$|[\s）)])",
    re.MULTILINE,
)
_DAY = (
    r"(?P<year>\d{4}|[〇零○Ｏ一二三四五六七八九]{4})\s*[年/.-]\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*[月/.-]\s*"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日?"
)
_NO_TITLE = re.compile(f"[。；：:;，,>＞]|{_DAY}")
# The surest sign first: a label, a line of its own, the note below a title or at the end, the label of a web page.
_ISSUED = (
    re.compile(rf"(?:成文|发文|签发|印发)(?:日期|时间)\s*[:：]\s*{_DAY}"),
    re.compile(rf"^\s*{_DAY}\s*$", re.MULTILINE),
    re.compile(rf"^[（(]{_DAY}.*$|^[^。，\n]{{0,30}}?{_DAY.replace('?P<', '?P<last_')}\s*印发$", re.MULTILINE),
    re.compile(rf"(?:发布|公布|公开)(?:日期|时间)\s*[:：]\s*{_DAY}"),
)
_FROM = re.compile(rf"自{_DAY}起(?:正式)?(?:施行|实施|执行|生效)")
_UNTIL = re.compile(rf"(?:施行|实施|执行|印发|有效)[^。\n]{{0,20}}?至{_DAY}")
_VALID_YEARS = re.compile(rf"(?:施行|实施|执行|印发)[^。\n]{{0,20}}有效期[限为]*(\d{{1,2}}|{CHINESE_NUMERAL})年")
_PERIOD = re.compile(r"(20\d\d)\s*年?\s*[-—–－~～至到]+\s*(20\d\d)\s*年?")


def titles_in(head: Sequence[str]) -> Iterator[str]:
    """The lines of the head that look like a title, put together where they run over two or more lines."""
    for index, line in enumerate(head):
        if not _TITLE.fullmatch(line) or opens_numbering(line) or line.startswith("附"):
            continue
        first, last = index, index
        while first and _goes_on(head[first - 1], head[first]):
            first -= 1
        while last + 1 < len(head) and re.fullmatch(_BRACKETED, head[last + 1]) and not re.search(_DAY, head[last + 1]):
            last += 1
        title = head[first]
        for above, below in zip(head[first:last], head[first + 1 : last + 1], strict=True):
            title += (" " if _OFFICE.fullmatch(above) and _OFFICE.fullmatch(below) else "") + below
        if len(title) >= _SHORTEST_TITLE:
            yield title[1:-1] if title.startswith("《") and title.endswith("》") else title


def _goes_on(above: str, line: str) -> bool:
    """Whether `line` is more of the title that `above` begins: an office, the words 关于 … or the plan's kind alone."""
    if _NO_TITLE.search(above) or _NUMBER.search(above) or _TITLE.fullmatch(above) or opens_numbering(above):
        return False
    if _OFFICE.fullmatch(above) and (line.startswith("关于") or _OFFICE.fullmatch(line)):
        return True
    return "关于" in above or bool(_SECOND_LINE.fullmatch(line))


def own_title(titles: Sequence[str]) -> str:
    """The document's title rather than that of the notice it came with."""
    own = [title for title in titles if not title.endswith(("通知", "函"))] or titles
    if not own:
        raise DocumentError("the text names no title before its first number; pass `--title` with it")
    return own[-1]


def short_title(title: str) -> str:
    """What the document is about, without who issued it: the plan's own name out of 关于印发《…》的通知."""
    enclosed = re.search(r"关于(?:印发|发布|公布|转发)《?(.+?)》?的(?:通知|公告|通告|决定)$", title)
    about = enclosed or re.search("关于(.+)$", title)
    short = re.sub(_BRACKETED, "", about[1] if about else title).strip("《》")
    # Of a title such as —（0） only the dash would be left.
    return short if any(character.isalnum() for character in short) else title


def slug(title: str) -> str:
    """The title's pinyin and its years, as far as they fit."""
    period = _PERIOD.search(title)
    years = f"-{period[1]}-{period[2]}" if period else ""
    name = ""
    for syllable in lazy_pinyin(_PERIOD.sub("", short_title(title))):
        longer = f"{name}-{re.sub('[^a-z0-9]+', '-', syllable.lower())}".strip("-")
        if len(longer) + len(years) > LONGEST_ID:
            name = name or longer[: LONGEST_ID - len(years)]
            break
        name = longer
    return (name + years).strip("-")


def document_number(head: Sequence[str]) -> str:
    """The number next to the title, such as 国办发〔2025〕23号; empty where there is none."""
    found = _NUMBER.search("\n".join(head))
    return found[1] if found else ""


def issuer_of(titles: Iterable[str], text: str) -> str:
    """Who issued it, by its label, its title or its signature; empty where none of them says."""
    label = re.search(r"(?:发文机关|发布机构|制定机关)\s*[:：]\s*([^\s：:]+)", text)
    if label:
        return label[1]
    for title in titles:
        before = re.match(r"(.{2,40}?)关于", title)
        if before:
            return before[1]
    signed = re.search(rf"^({_OFFICE.pattern})\n{_DAY}$", text, re.MULTILINE)
    return signed[1] if signed else ""


def issue_date(text: str) -> date:
    """The day of issue. Raises DocumentError where the text names none."""
    for pattern in _ISSUED:
        for match in pattern.finditer(text):
            found = _date(match)
            if found:
                return found
    raise DocumentError("the text names no date of issue; pass it, for example `--issued 2025-06-25`")


def _last_date(pattern: re.Pattern[str], text: str) -> date | None:
    found = [day for match in pattern.finditer(text) if (day := _date(match))]
    return found[-1] if found else None


def _date(match: re.Match[str]) -> date | None:
    """The day in the groups year, month and day; None where no calendar has it, as 2025年2月30日."""
    groups = match.groupdict()
    parts = [groups[name] or groups[f"last_{name}"] for name in ("year", "month", "day")]
    try:
        return date(*(_integer(part) for part in parts))
    except ValueError:
        return None


def _integer(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else chinese_to_int(re.sub("[○Ｏ]", "〇", numeral))


def last_day(title: str, text: str, begin: date) -> date | None:
    """The last day in force, stated or by the years of the title; None where nothing ends it."""
    stated = _last_date(_UNTIL, text)
    if stated:
        return stated
    years = _VALID_YEARS.search(text)
    if years:
        ended = begin.year + _integer(years[1])
        day = 28 if (begin.month, begin.day) == (2, 29) else begin.day
        return date(ended, begin.month, day) - timedelta(days=1)
    period = _PERIOD.search(title)
    return date(int(period[2]), 12, 31) if period else None


def first_day(text: str) -> date | None:
    """The day from which the text says that it is in force."""
    return _last_date(_FROM, text)
