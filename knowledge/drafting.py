"""Drafts the files of a new document from its text, for a person to edit."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin
from ruamel.yaml import YAML

from knowledge.checking import LONGEST_PLAIN, LONGEST_SPOKEN, MOST_SPOKEN_SENTENCES
from knowledge.documents import Document
from knowledge.errors import DocumentError
from knowledge.extraction import read_text
from knowledge.loading import load_document
from knowledge.numbering import Passage, opens_numbering, split_document
from knowledge.numerals import CHINESE_NUMERAL, chinese_to_int, stated_numbers

LONGEST_TITLE = 30
LONGEST_ID = 40
_SHORTEST_FACT = 3
_LINES_OF_A_HEAD = 12

_ABOUT_DOCUMENT = """\
# Guessed from the text unless it was given: compare every line with the document. Dates are ISO.
# Where a later document takes its place, add `successors:`; under `departments:`, add the names people use for each.
"""
_ABOUT_CLAUSES = """\
# A draft in the document's own words. What to do next:
# 1. Edit each entry: the answer first in `plain`, one short fact a line in `easy`, two sentences to hear in `spoken`.
# 2. Once an entry is edited and compared with source.txt, remove its `draft: true`.
# 3. Run `zhuyetong documents check {id}`; it names every line that says more than its clause.
# 4. Add questions.yml beside this file, with lines such as `"clause id": [question, another question]`.
"""


@dataclass(frozen=True)
class Draft:
    """What a document's folder is going to hold."""

    id: str
    document: Mapping[str, Any]
    """The content of document.yml."""
    source: str
    """source.txt."""
    clauses: tuple[Mapping[str, Any], ...]
    """The entries of clauses.yml, each with `draft: true`."""

    def files(self) -> dict[str, str]:
        """What to write, by file name."""
        return {
            "document.yml": _ABOUT_DOCUMENT + _yaml(dict(self.document)),
            "source.txt": self.source,
            "clauses.yml": _ABOUT_CLAUSES.format(id=self.id) + _yaml([dict(clause) for clause in self.clauses]),
        }


def _yaml(content: Any) -> str:
    yaml = YAML()
    yaml.width = 120  # type: ignore[assignment]
    yaml.representer.ignore_aliases = lambda _: True  # Else a date that stands twice becomes *id001.
    stream = StringIO()
    yaml.dump(content, stream)
    return stream.getvalue()


def add_document(file: Path, into: Path, **details: Any) -> Document:
    """Drafts the document in `file` as the folder `into/<id>`, and loads it.

    `details` are the keyword arguments of `draft_document`. The folder appears whole or not at all. Raises
    DocumentError where the file cannot be read, a detail is missing or the id is taken.
    """
    text = read_text(file)
    try:
        draft = draft_document(text, **details)
    except DocumentError as error:
        raise DocumentError(f"{file}: {error}") from error
    folder = into / draft.id
    if folder.exists():
        raise DocumentError(f"{folder}: there is such a document already; give this one another name with `--id`")
    try:
        return _write(draft, folder)
    except OSError as error:
        raise DocumentError(
            f"{folder}: cannot be written ({error.strerror}); choose a folder you may write to"
        ) from error


def _write(draft: Draft, folder: Path) -> Document:
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=".adding-", dir=folder.parent))
    try:
        unfinished = workshop / draft.id
        unfinished.mkdir()
        for name, content in draft.files().items():
            (unfinished / name).write_text(content, encoding="utf-8")
        document = load_document(unfinished)
        os.rename(unfinished, folder)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return replace(document, folder=folder)


def draft_document(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    number: str | None = None,
    issuer: str | None = None,
    issued: date | None = None,
    in_force_from: date | None = None,
    in_force_until: date | None = None,
    place: str = "",
) -> Draft:
    """A draft of the document that `text` is; what is not given is guessed from it.

    Raises DocumentError where the text names no title or no date of issue, and where `id` cannot name a folder.
    """
    split = split_document(text)
    if not split.passages:
        raise DocumentError("the text is empty; check that it is the right file")
    head = (split.preamble or "\n".join(text.strip().splitlines()[:_LINES_OF_A_HEAD])).splitlines()
    titles = list(_titles(head))
    title = title or _own_title(titles)
    issued = issued or _issue_date(text)
    in_force_from = in_force_from or _last_date(_FROM, text) or issued
    in_force_until = in_force_until or _end(title, text, in_force_from)
    identifier = id if id is not None else _slug(title)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", identifier):
        raise DocumentError(f"the id {identifier!r} cannot name a folder; pass `--id` with small letters, digits and -")
    clauses = tuple(_draft_clause(passage) for passage in split.passages)
    about = {
        "id": identifier,
        "title": title,
        "short_title": _short(title),
        "number": number if number is not None else _number(head),
        "issuer": issuer if issuer is not None else _issuer(titles, text),
        "place": place,
        "issued": issued,
        "in_force_from": in_force_from,
        "in_force_until": in_force_until,
        "departments": {name: [] for clause in clauses for name in clause["departments"]},
    }
    return Draft(identifier, {key: value for key, value in about.items() if value}, text, clauses)


# What the document is ------------------------------------------------------------------------------------------------

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


def _titles(head: Sequence[str]) -> Iterator[str]:
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


def _own_title(titles: Sequence[str]) -> str:
    """The document's title rather than that of the notice it came with."""
    own = [title for title in titles if not title.endswith(("通知", "函"))] or titles
    if not own:
        raise DocumentError("the text names no title before its first number; pass `--title` with it")
    return own[-1]


def _short(title: str) -> str:
    """What the document is about, without who issued it: the plan's own name out of 关于印发《…》的通知."""
    enclosed = re.search(r"关于(?:印发|发布|公布|转发)《?(.+?)》?的(?:通知|公告|通告|决定)$", title)
    about = enclosed or re.search("关于(.+)$", title)
    return re.sub(_BRACKETED, "", about[1] if about else title).strip("《》") or title


def _slug(title: str) -> str:
    """The title's pinyin and its years, as far as they fit."""
    period = _PERIOD.search(title)
    years = f"-{period[1]}-{period[2]}" if period else ""
    name = ""
    for syllable in lazy_pinyin(_PERIOD.sub("", _short(title))):
        longer = f"{name}-{re.sub('[^a-z0-9]+', '-', syllable.lower())}".strip("-")
        if len(longer) + len(years) > LONGEST_ID:
            name = name or longer[: LONGEST_ID - len(years)]
            break
        name = longer
    return (name + years).strip("-")


def _number(head: Sequence[str]) -> str:
    found = _NUMBER.search("\n".join(head))
    return found[1] if found else ""


def _issuer(titles: Iterable[str], text: str) -> str:
    label = re.search(r"(?:发文机关|发布机构|制定机关)\s*[:：]\s*([^\s：:]+)", text)
    if label:
        return label[1]
    for title in titles:
        before = re.match(r"(.{2,40}?)关于", title)
        if before:
            return before[1]
    signed = re.search(rf"^({_OFFICE.pattern})\n{_DAY}$", text, re.MULTILINE)
    return signed[1] if signed else ""


def _issue_date(text: str) -> date:
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


def _end(title: str, text: str, begin: date) -> date | None:
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


# What its clauses say ------------------------------------------------------------------------------------------------

_INSIDE = r"(?:[^()（）\n]|[(（][^()（）\n]*[)）])*"
_RESPONSIBLE = re.compile(
    rf"\s*[(（]({_INSIDE}负责|[^()（）\n]{{0,4}}(?:单位|部门)[:：]{_INSIDE})[)）][。.]?\s*$", re.MULTILINE
)
_DUTIES = re.compile(
    r"等?(?:有关|相关)?(?:部门|单位)?(?:按照?|根据)?(?:各自)?(?:职责|职能|分工)*(?:分别|具体)?(?:负责|牵头|配合|参与|落实)*$"
)
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*[”’」』）)》]*")
_NAME = re.compile(rf"“([^“”\n]{{{_SHORTEST_FACT},}})”|《([^《》\n]{{{_SHORTEST_FACT},}})》")
_OPENING, _CLOSING, _PAUSES = "“《「〈（(〔[", "”》」〉）)〕]", "，、；,;"
_CUT = "……"


def _draft_clause(passage: Passage) -> dict[str, Any]:
    sentences = _sentences(passage)
    heading = passage.title or passage.quote.splitlines()[0]
    names = [match[1] or match[2] for match in _NAME.finditer(passage.quote)]
    return {
        "id": passage.id,
        "draft": True,
        "title": heading if len(heading) <= LONGEST_TITLE else _shortened(heading, LONGEST_TITLE),
        "plain": _beginning(sentences, LONGEST_PLAIN, most=len(sentences)),
        "easy": sentences,
        "spoken": _for_the_ear(_beginning(sentences, LONGEST_SPOKEN, MOST_SPOKEN_SENTENCES)),
        "facts": [{"name": name} for name in dict.fromkeys(names)],
        "departments": _departments(passage.quote),
    }


def _sentences(passage: Passage) -> list[str]:
    """The clause's sentences without a heading on a line of its own and without the departments in brackets."""
    lines = [line.strip() for line in _RESPONSIBLE.sub("", passage.quote).splitlines() if line.strip()]
    if len(lines) > 1 and lines[0] == passage.title:
        del lines[0]
    return [match[0].strip() for line in lines for match in _SENTENCE.finditer(line)] or [
        passage.quote.replace("\n", " ")
    ]


def _beginning(sentences: Sequence[str], longest: int, most: int) -> str:
    """As many whole sentences as fit; one that does not fit is cut only where at most a heading stands before it."""
    text, taken = "", 0
    for sentence in sentences[:most]:
        if len(_joined(text, sentence)) > longest or _is_open(text):
            break
        text, taken = _joined(text, sentence), taken + 1
    if taken < min(most, len(sentences)) and taken < 2 and len(text) <= LONGEST_TITLE and not _is_open(text):
        text = _joined(text, _shortened(sentences[taken], longest - len(text) - 1))
    return text


def _is_open(text: str) -> bool:
    """Whether a quotation begins in `text` and ends in another line; joined lines would no longer be its words."""
    return any(text.count(opening) > text.count(closing) for opening, closing in ("“”", "《》", "「」"))


def _joined(text: str, sentence: str) -> str:
    """A space keeps apart the numbers of two rows of a table."""
    return text + (" " if re.search(r"[\w.,%]$", text) else "") + sentence


def _shortened(text: str, longest: int) -> str:
    """`text` up to its last pause outside quotation marks and brackets, then ……; in mid-sentence if that is early."""
    end = depth = 0
    for index, character in enumerate(text[: longest - len(_CUT) + 1]):
        depth = max(0, depth + (character in _OPENING) - (character in _CLOSING))
        if character in _PAUSES and depth == 0:
            end = index
    # Half a number would be another number.
    return (text[:end] if end > longest // 3 else re.sub(r"[\d.]+$", "", text[: longest - len(_CUT)])) + _CUT


def _for_the_ear(text: str) -> str:
    """`text` without what nobody can hear: document numbers, brackets and quotation marks."""
    heard = re.sub(r"[(（][^()（）]*〔[^()（）]*[)）]", "", text)
    heard = re.sub("[“”‘’《》「」『』〈〉]", "", re.sub("([”》])([“《])", r"\1、\2", heard))
    heard = re.sub(r"\s*[()（）〔〕\[\]【】<>/]\s*", "，", heard)
    heard = re.sub("，*([，。；：、！？])，*", r"\1", heard)
    heard = re.sub(r"([。！？!?])[。！？!?]+", r"\1", heard).strip(" ，")
    # Without its marks, “三”年 would be a number that the clause does not state.
    return heard if heard and stated_numbers(heard) <= stated_numbers(text) else text


def _departments(quote: str) -> list[str]:
    found = []
    for match in _RESPONSIBLE.finditer(quote):
        listed = re.sub(r"[(（][^()（）]*[)）]", "", match[1])
        listed = re.sub(r"[^、，,；;：:]{0,4}(?:单位|部门)[:：]", "", listed)
        for part in re.split("[、，,；;]|以?及(?=各|有关|相关|其他)", listed):
            name = _DUTIES.sub("", part.strip())
            if len(name) > 1 and not name.startswith(("各", "有关", "相关", "其他", "分别", "按")) and name in quote:
                found.append(name)
    return list(dict.fromkeys(found))
