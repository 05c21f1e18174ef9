"""Finds the telephone numbers in a text as people say them: 幺三八 零零幺幺 三个八, 138-0011-8888, +86 138….

A run of digits that is no number is found too, with what is wrong with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import phonenumbers

from knowledge.language.numerals import DIGITS

TOO_SHORT = "too_short"
TOO_LONG = "too_long"
NOT_IN_USE = "not_a_number_in_use"
"""As long as a number, but none begins so."""
NO_AREA_CODE = "no_area_code"
"""A landline's number as one dials it at home."""
ID_NUMBER = "id_number"
"""The eighteen figures of an identity card."""

_FEWEST = 7
_REGION = "CN"
_COUNTRY_CODE = re.compile(r"(?:00)?86(?=1[3-9]\d{9}$|0?[2-9]\d{8,10}$)")
_ID = re.compile(r"\d{17}[\dxX]")
_LANDLINE = re.compile(r"[2-8]\d{6,7}")
_DAY = re.compile(r"(?:19|20)\d\d(?:[01]\d[0-3]\d|(?:19|20)\d\d)")
"""20230301, 2022-2024."""
_WRITTEN_DAY = re.compile(r"(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}")

# What radio operators, drivers and recognisers say and write for a digit; words of their own outside a run of digits.
_SPOKEN = {"幺": "1", "妖": "1", "腰": "1", "洞": "0", "拐": "7", "勾": "9", "○": "0"}
_FORMAL = dict(zip("壹贰叁肆伍陆柒捌玖", "123456789", strict=True))
_VALUES = {**{digit: str(value) for digit, value in DIGITS.items()}, **_FORMAL, **_SPOKEN}
# 一直, 九江, 两口子: a digit that begins a word.
_NUMERAL = (
    r"(?<![十百千万])(?:一(?![直般下样定起切些共])|九(?!江)|三(?!清山)|两(?![口样只条边])|"
    rf"[零〇○二四五六七八幺{''.join(_FORMAL)}])"
)
_GAP = r"(?:[\s\-‐–—~,、.。()/;:]|呃|嗯|额|啊|哦|那个|(?:然后|就|再|后面|接着|接下来|前面|最后|中间)是?){0,6}"
_ANY_DIGIT = f"[\\d{''.join(_VALUES)}]"
_WORDLIKE = f"[妖腰洞拐勾](?={_GAP}{_ANY_DIGIT})"
_AT_THE_END = r"[妖腰洞拐勾](?![\u4e00-\u9fff])"
_COUNTED = "个岁年级块元口名斤公"
_TIMES = rf"[二两三四五六七八2-8]个(?:\d|{_NUMERAL}|{_WORDLIKE})(?![{_COUNTED}])"
_ROW_DIGIT = rf"(?!{_TIMES})(?:{_NUMERAL}|{_WORDLIKE})(?![{_COUNTED}十百千万])"
# All of the row or none: cut up in every way there is, it would take twice as long for each digit more.
_DIGITS_IN_A_ROW = rf"(?:{_ROW_DIGIT})+(?!{_ROW_DIGIT})"
_GROUP = rf"(?:{_TIMES}|\d+(?![\d{_COUNTED}])|{_DIGITS_IN_A_ROW})"
_RUN = re.compile(rf"{_GROUP}(?:{_GAP}{_GROUP})*(?:{_GAP}{_AT_THE_END})?")
_ONE_GROUP = re.compile(rf"{_GROUP}|{_AT_THE_END}")
_WRONG_LENGTH = {
    phonenumbers.ValidationResult.TOO_SHORT: TOO_SHORT,
    phonenumbers.ValidationResult.TOO_LONG: TOO_LONG,
}
_WEAK = re.compile(r"[\s\-‐–—()]*")
_DENIED = re.compile(r"(?:不是|不要|别[打用记]|不用|不对)(?:[^,。]{0,3})$")


@dataclass(frozen=True)
class StatedPhone:
    """A telephone number, or what was meant as one, as it stands in a text."""

    start: int
    end: int
    digits: str = field(repr=False)
    """Without the country code: 13800118888, 079188881234."""
    problem: str | None = None
    """TOO_SHORT, TOO_LONG, NOT_IN_USE, NO_AREA_CODE or ID_NUMBER; None for a number in use."""


@dataclass(frozen=True)
class _Group:
    start: int
    end: int
    digits: str = field(repr=False)


def phones(text: str) -> Sequence[StatedPhone]:
    """The telephone numbers of `text` (in normal form), in order; 不是138…是139… holds two."""
    return tuple(
        phone
        for run in _RUN.finditer(text)
        for groups in _numbers(text, [*_groups(run)])
        for phone in _phone(text, groups)
    )


def corrected(text: str) -> StatedPhone | None:
    """The number that `text` (in normal form) leaves standing: the last one that it does not take back."""
    found = phones(text)
    standing = [each for each in found if not _DENIED.search(text[: each.start])]
    return next(reversed(standing or found), None)


def _groups(run: re.Match[str]) -> Iterator[_Group]:
    """The digits said in one breath, each with what it counts up to: 三个八 is 888."""
    for match in _ONE_GROUP.finditer(run.string, run.start(), run.end()):
        yield _Group(match.start(), match.end(), _digits(match[0]))


def _digits(said: str) -> str:
    if "个" in said:
        times, _, digit = said.partition("个")
        return _digits(digit) * int(_digits(times))
    return "".join(_VALUES.get(character, character) for character in said)


def _numbers(text: str, groups: Sequence[_Group]) -> Iterator[Sequence[_Group]]:
    """`groups` as the numbers they make: all of them one, unless that is none and some of them are."""
    if len(groups) < 2 or _is_in_use(groups) or _ID.fullmatch(_joined(groups)):
        yield groups
        return
    for place in range(len(groups)):
        if _is_in_use(groups[place : place + 1]):
            yield from _numbers(text, groups[:place])
            yield groups[place : place + 1]
            yield from _numbers(text, groups[place + 1 :])
            return
    for place in range(1, len(groups)):
        before, after = groups[:place], groups[place:]
        strong = not _WEAK.fullmatch(text[before[-1].end : after[0].start])
        if _is_in_use(after) and (strong or _is_in_use(before)):
            yield from _numbers(text, before)
            yield after
            return
    yield groups


def _phone(text: str, groups: Sequence[_Group]) -> Iterator[StatedPhone]:
    if not groups:
        return
    digits, start, end = _joined(groups), groups[0].start, groups[-1].end
    identity = _ID.fullmatch(digits) or _ID.fullmatch(digits + text[end : end + 1])
    if identity:
        yield StatedPhone(start, end + 18 - len(digits), identity[0], ID_NUMBER)
    elif len(digits) >= _FEWEST and not _is_day(text[start:end], digits):
        start -= text[:start].endswith("+")
        yield StatedPhone(start, end, _COUNTRY_CODE.sub("", digits, count=1), _problem(digits))


def _is_day(said: str, digits: str) -> bool:
    return bool(_DAY.fullmatch(digits) or _WRITTEN_DAY.fullmatch(said))


def _joined(groups: Sequence[_Group]) -> str:
    return "".join(group.digits for group in groups)


def _is_in_use(groups: Sequence[_Group]) -> bool:
    digits = _joined(groups)
    return len(digits) >= _FEWEST and _problem(digits) is None


def _problem(digits: str) -> str | None:
    national = _COUNTRY_CODE.sub("", digits, count=1)
    if re.match("1[3-9]", national) and len(national) != 11:
        # The package takes ten figures for possible, as some landlines have them.
        return TOO_SHORT if len(national) < 11 else TOO_LONG
    if _LANDLINE.fullmatch(national):
        return NO_AREA_CODE
    if national.startswith("0") and len(national) < 10:
        return TOO_SHORT
    try:
        number = phonenumbers.parse(national, _REGION)
    except phonenumbers.NumberParseException:
        return TOO_LONG
    if phonenumbers.is_valid_number(number):
        return None
    return _WRONG_LENGTH.get(phonenumbers.is_possible_number_with_reason(number), NOT_IN_USE)
