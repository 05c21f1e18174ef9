"""Finds the year a person was born in: 1985, 八五年的, 今年四十二, 虚岁五十; 属龙 leaves it open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from knowledge.language.numerals import DIGITS, PLACES, chinese_to_int

VAGUE = "vague"
"""四十几岁, 属龙的, 八零后."""
UNLIKELY = "unlikely"
"""Nobody of that age looks for work: under 16 or over 100."""
FUTURE = "future"

YOUNGEST, OLDEST = 16, 100
_RETIRED = 66
"""Older than this, a bare 42 is rather the age than the year 1942."""
_SPELT = f"[{''.join(DIGITS)}幺]"
_SPELT_VALUES = {**{digit: str(value) for digit, value in DIGITS.items()}, "幺": "1"}
_HAN_DIGIT = f"[{''.join(DIGITS)}]"
_AGE = rf"(?:\d{{1,3}}|{_HAN_DIGIT}?[十百]{_HAN_DIGIT}{{0,3}}十?{_HAN_DIGIT}?|{_HAN_DIGIT}(?=岁|周岁))"
_FULL_YEAR = rf"(?<!\d)(?:(?:19|20)\d\d(?!\d)|(?:一九|幺九|二[零〇]|两千零?){_SPELT}{{1,2}}|两千(?=年))"
_DAY = r"(?<!\d)(?P<run>(?:19|20)\d\d)[01]\d[0-3]\d(?!\d)"
_SHORT_YEAR = rf"(?<![\d{''.join(DIGITS)}{''.join(PLACES)}])(?:\d\d|{_SPELT}{{2}})(?=年)"
_DAY_OF_YEAR = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[月日号]|年[初底尾]|[春夏秋冬]天|[-/.]\d{1,2}"
_BORN = (
    rf"年?(?:{_DAY_OF_YEAR}){{0,3}}(?:份|里)?"
    r"(?:出生|生的|生人|生(?=[,.。\s]|$)|的(?=[,.。!\s]|$|人|吧|啊|哦|嘞)|诞生)"
)
# 三岁打针打坏的, 三岁的孩子: not how old the person is.
_EVENT = (
    r"(?!的?(?:时候|那年|那会|时|孩子|小孩|娃|崽|儿子|女儿|爸|妈|老|父|母)|[起就得发因上下后前以摔患那]|"
    r"出的?事|生病|高烧|打针|开始|受伤|中风)"
)
_YEAR = re.compile(rf"{_DAY}|(?P<year>{_FULL_YEAR}|{_SHORT_YEAR})(?P<born>{_BORN})?(?P<rest>年)?")
_OLD = re.compile(
    r"(?P<before>今年|虚岁|周岁|实岁|年龄|年纪|岁数|已经|快|将近|满|刚)?"
    rf"(?:都|也|是|快|有|就|才|刚|已经|满|:|差不多|大概){{0,6}}(?P<age>{_AGE})"
    rf"(?P<open>[几多来]|出头|左右)?(?P<unit>周?岁)?(?P<more>[多几])?(?P<after>{_EVENT})"
)
_ANIMAL = "[鼠牛虎兔龙蛇马羊猴鸡狗猪]"
_OPEN = re.compile(
    rf"属{_ANIMAL}|{_ANIMAL}年(?=生|出生|的|$)|[4-9五六七八九][0零〇十]?年代|[5-9零五六七八九][05零〇五]后|"
    r"[四五六七八九]几年|[一二三四五六七八九]十[几多](?=岁|了|$)"
)
_DENIED = re.compile("(?:不是|不对)[^,。]{0,3}$")
_COUNTED = re.compile(r"[月号日块元个次名级天人年分斤点:\d]|\.\d")
_BARE = re.compile(
    rf"(?:嗯|呃|那个|我|他|她|是|就是|应该是|今年|[\s,]){{0,12}}(?P<value>\d{{2}}|{_SPELT}{{2}}|{_FULL_YEAR})(?:吧|的|啊|了|[\s.。!])*"
)


@dataclass(frozen=True)
class StatedYear:
    """The year a person was born in, as far as it is told."""

    value: int | None = field(repr=False)
    """None where `problem` is VAGUE."""
    problem: str | None = None
    """VAGUE, UNLIKELY or FUTURE."""
    approximate: bool = False
    """Worked out from an age, which leaves two years open."""


def birth_year(text: str, today: date, is_answer: bool) -> StatedYear | None:
    """The year that `text` (in normal form) tells, the last one that it does not take back; None where it tells none.

    `is_answer`: the year was just asked for, so that 1985 or 四十二 alone tells it.
    """
    found = [(start, year) for start, year in _stated(text, today, is_answer) if not _DENIED.search(text[:start])]
    if found:
        corrects = bool(re.search("不是|不对|错", text))
        return (found[-1] if corrects else found[0])[1]
    if _OPEN.search(text) and (is_answer or "岁" in text or "年" in text or "属" in text):
        return StatedYear(None, VAGUE)
    return None


def _stated(text: str, today: date, is_answer: bool) -> Iterator[tuple[int, StatedYear]]:
    bare = _BARE.fullmatch(text) if is_answer else None
    if bare:
        yield bare.start("value"), _of_bare(bare["value"], today, "今年" in text)
        return
    taken: list[tuple[int, StatedYear]] = []
    for match in _YEAR.finditer(text):
        year = match["run"] or match["year"]
        if match["born"] or (is_answer and not re.match(r"[\d\u4e00-\u9fff]*?[受摔中车开得]", text[match.end() :][:4])):
            taken.append((match.start(), _checked(_year(year, today), today)))
    for match in _OLD.finditer(text):
        old = _of_age(match, text, today, is_answer)
        if old is not None:
            taken.append((match.start(), old))
    yield from sorted(taken, key=lambda each: each[0])


def _of_bare(said: str, today: date, this_year: bool) -> StatedYear:
    """85 is the year 1985 and 42 an age, as whoever was born in 1942 looks for no work any more."""
    value = _number(said)
    year = _year(said, today)
    if len(said) == 2 and (this_year or not YOUNGEST <= today.year - year <= _RETIRED) and said[0] not in "0零〇":
        return _checked(today.year - value, today, approximate=True)
    return _checked(year, today)


def _of_age(match: re.Match[str], text: str, today: date, is_answer: bool) -> StatedYear | None:
    named = match["unit"] or match["before"] in {"虚岁", "周岁", "实岁", "年龄", "年纪", "岁数"}
    rest = text[match.end() :]
    whole = is_answer and match["age"][0] not in "0零" and not re.sub(r"[\s,.。!吧啊了的呢嘞哦]", "", rest)
    if not named and (_COUNTED.match(rest) or not (match["before"] == "今年" or whole)):
        return None
    if re.search(r"\d$|[第每个]$", text[: match.start("age")]) or text[: match.start()].endswith(("年", "前")):
        return None
    age = _number(match["age"]) - (1 if "虚岁" in text else 0)
    if not named and not YOUNGEST <= age <= OLDEST:
        return None  # 今年一百八: no age at all.
    if match["open"] in {"几", "多", "来", "出头"} or match["more"] or match["before"] in {"快", "将近"}:
        return StatedYear(None, VAGUE)
    if not is_answer and age < YOUNGEST:
        return None  # 三岁打针: how old somebody was once.
    return _checked(today.year - age, today, approximate=True)


def _year(said: str, today: date) -> int:
    value = _number(said.replace("两千", "二千")) if "千" in said else _number(said)
    if value >= 100:
        return value
    return (2000 if value <= today.year % 100 else 1900) + value


def _number(said: str) -> int:
    if all(character in _SPELT_VALUES for character in said):
        said = "".join(_SPELT_VALUES[character] for character in said)
    return int(said) if said.isdigit() else chinese_to_int(said)


def _checked(year: int, today: date, approximate: bool = False) -> StatedYear:
    if year > today.year:
        return StatedYear(year, FUTURE, approximate)
    likely = YOUNGEST <= today.year - year <= OLDEST
    return StatedYear(year, None if likely else UNLIKELY, approximate)
