"""Finds every amount in a text and its value: 1850.5元, 两百来人, 一千八百五, 俩, 1.5个点."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.language.numerals import DIGITS, MIXED_NUMERAL, PLACES, chinese_to_int, mixed_to_int
from knowledge.library.segmenting import segmenter

_TOGETHER = {"俩": 2, "仨": 3}
_SPELT_DIGIT = f"[幺洞{''.join(DIGITS)}]"
_SPELT = str.maketrans("幺洞", "一零")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_DIGIT = f"[{''.join(DIGITS)}]"
# 一千八百五一个月 is 1850 a month and not 1851 months.
_CHINESE = f"(?:(?!(?<={_DIGIT})一(?:个月|个人|个点|年))[{''.join(DIGITS)}{''.join(PLACES)}万])+"
_MEASURES = (
    "个百分点|个点|个人|个月|块钱|号人|口人|人次|个|名|位|人|号|口|次|回|趟|遍|轮|期|届|任|茬|本|块|元|圆|倍|家|岁|年|月|天|日|毛|角|分|"
    "条|级|类|项|户|斤|亩|公里|里(?![头面边])|米|平"
)
_AMOUNT = re.compile(
    r"(?P<nearly>不到|将近|接近|大约|大概|差不多)?"
    r"(?P<percent_of>百分之)?"
    r"(?P<minus>[-−](?=\d)|负)?"
    # 2千1 is 2100, as 两千一 is.
    rf"(?:(?P<mixed>{MIXED_NUMERAL})"
    r"|(?P<arabic>\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
    rf"(?:(?P<scale>[十百千万])(?P<next>\d(?!\d)|{_DIGIT})?)?"
    rf"|(?P<vague>(?:好?几|数|上|成)[十百千万]+|[十百千万](?=儿?八十)|(?:好几|没几|(?<=[有就])几|^几)(?={_MEASURES})"
    rf"|(?:[很蛮好许挺]多|不少|好些|无数)(?={_MEASURES}|[了的啊呢吧]*$))"
    # 一位也没有, 一个残疾老师都没有 and 一个冇得 are none.
    rf"|(?P<none>[一半](?:{_MEASURES})?儿?(?:[^,，。;；\s]{{0,6}}?[也都])?(?:没有?|冇得?|莫得|无|不[是存])(?![过想说]))"
    rf"|(?<!{_SPELT_DIGIT})(?P<spelt>(?={_SPELT_DIGIT}*[幺洞]){_SPELT_DIGIT}{{3,4}}(?!{_SPELT_DIGIT}))"
    rf"|(?P<chinese>{_CHINESE})(?:点(?P<fraction>{_DIGIT}+))?"
    r"|(?P<together>[俩仨]))"
    r"(?P<about>[来几把余]|多(?![了的出])|大几|郎当|左右|上下|以上|出头|不到)?"
    rf"(?P<percent>%|个百分点|个点)?(?:(?P<half>个?半)|(?P<measure>{_MEASURES})(?P<half_more>半(?![年个天月]))?)?"
    r"(?P<after>[来几]|多(?![了的出])|左右|上下|出头|不到)?"
)
_RANGE = re.compile(r"\s*(?:到|至|-|~|或者?)\s*")
_BESIDE_A_NUMERAL = re.compile(f"(?:{_MEASURES}|左右|上下|[来多几把余俩点半{''.join(DIGITS)}{''.join(PLACES)}万])+")
"""The rest of a word that counts: 三个, 一百多."""
_NO_AMOUNT_AFTER = ("第", "幺")
_DO_ONE = re.compile(r"(?<=[算查问看讲])一[个次下](?=[,，.。!！]*$)")
"""给我算一个: the sum, and not one of anything."""
_LONGEST_NUMBER = 6
"""Digits of the longest number anybody counts with here; a longer run is a telephone number."""


@dataclass(frozen=True)
class Amount:
    """A number with its measure word, as it stands in a text."""

    start: int
    end: int
    """First character after the amount."""
    value: Decimal | None
    """None where the words leave it open: 几十个, 三四百, 两百到三百."""
    measure: str
    """人, 元, % … or ""."""
    approximate: bool = False
    """两百来人, 三百左右."""


def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of `text` (in normal form), in order.

    Numerals inside other words are none: 一起, 万一, 三农. Ordinals and runs of digits too long to count with are left
    out too.
    """
    inside = _inside_words(text)
    found = [
        amount
        for match in _AMOUNT.finditer(text)
        if not text[: match.start()].endswith(_NO_AMOUNT_AFTER)
        and not (match["chinese"] and not match["percent_of"] and inside(*match.span("chinese")))
        and not (match["chinese"] or "").startswith("万")
        and not _DO_ONE.match(text, match.start())
        and not _is_too_long(match["arabic"] or match["chinese"] or "")
        for amount in [_amount(match)]
    ]
    return tuple(_without_ranges(text, found))


def _amount(match: re.Match[str]) -> Amount:
    percent = match["percent_of"] or match["percent"]
    measure = "%" if percent else match["measure"] or ""
    about = match["about"] or match["after"] or match["nearly"]
    value = _value(match)
    # 二十几 leaves open how many, and is no round number either.
    if value is not None and about in {"几", "大几"}:
        value = None
    return Amount(match.start(), match.end(), value, measure, about is not None)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["vague"]:
        return None
    if match["none"]:
        return Decimal(0)
    if match["together"]:
        value = Decimal(_TOGETHER[match["together"]])
    elif match["mixed"]:
        value = Decimal(mixed_to_int(match["mixed"]))
    elif match["arabic"]:
        scale = _SCALES.get(match["scale"] or "", 1)
        value = Decimal(re.sub("[, ]", "", match["arabic"])) * scale
        if match["next"]:
            value += Decimal(DIGITS.get(match["next"], match["next"])) * scale / 10
    elif match["spelt"]:
        value = Decimal(chinese_to_int(match["spelt"].translate(_SPELT)))
    else:
        whole = _chinese(match["chinese"])
        if whole is None:
            return None
        fraction = "".join(str(DIGITS[digit]) for digit in match["fraction"] or "")
        value = Decimal(f"{whole}.{fraction or 0}") if fraction else Decimal(whole)
    if match["half"] or match["half_more"]:
        value += Decimal("0.5")
    return -value if match["minus"] else value


def _chinese(numeral: str) -> int | None:
    """一千八百五 is 1850: a last digit without its place stands one place lower. None for 三四百 and 七八."""
    digits = [DIGITS.get(character, 0) for character in numeral]
    for before, after in itertools.pairwise(digits):
        # 三五百, 三五个 and 七八个 name two numbers.
        if before > 0 and after > 0 and not _is_spelt(numeral):
            return None
    if len(numeral) >= 2 and numeral[-1] in DIGITS and numeral[-2] in _SCALES and DIGITS[numeral[-1]]:
        place = _SCALES[numeral[-2]]
        if place >= 100:
            return chinese_to_int(numeral[:-1]) + DIGITS[numeral[-1]] * place // 10
    return chinese_to_int(numeral)


def _is_spelt(numeral: str) -> bool:
    """一八五零 and 二三五: three or more digits in a row are said one by one."""
    return len(numeral) > 2 and all(character in DIGITS for character in numeral)


def _is_too_long(numeral: str) -> bool:
    spelt = re.sub(r"\..*|[, ]", "", numeral)
    return len(spelt) > _LONGEST_NUMBER and all(c.isdigit() or c in DIGITS for c in spelt)


def _without_ranges(text: str, found: list[Amount]) -> Iterator[Amount]:
    """两百到三百人 leaves the number open; so do both of its ends."""
    open_ended: set[int] = set()
    for index, (first, second) in enumerate(itertools.pairwise(found)):
        between = text[first.end : second.start]
        if _RANGE.fullmatch(between) and not first.measure.strip("个人名位"):
            open_ended |= {index, index + 1}
    for index, amount in enumerate(found):
        if index in open_ended:
            yield Amount(amount.start, amount.end, None, amount.measure, True)
        else:
            yield amount


def _inside_words(text: str) -> Callable[[int, int], bool]:
    """Whether a numeral is part of a word that is no amount, such as 一起 or 万一."""
    at: list[tuple[int, int, str]] = []
    # Only words of the dictionary: what jieba guesses to be one, such as 岗七人, may well hold an amount.
    for word in segmenter().cut(text, HMM=False):
        at += [(len(at), len(at) + len(word), word)] * len(word)

    def inside(start: int, end: int) -> bool:
        word_start, word_end, word = at[start]
        if word_end - word_start <= end - start:
            return False
        return not _BESIDE_A_NUMERAL.fullmatch(word.replace(text[start:end], "", 1))

    return inside
