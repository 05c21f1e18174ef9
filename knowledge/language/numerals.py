"""Chinese and Arabic numerals in official text, read as values."""

import re
from collections.abc import Sequence
from decimal import Decimal

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
PLACES = {"十": 10, "百": 100, "千": 1000}
CHINESE_NUMERAL = f"[{''.join(DIGITS)}{''.join(PLACES)}万]+"
MIXED_NUMERAL = (
    rf"(?:\d{{1,6}}[{''.join(PLACES)}万](?:(?:\d{{1,3}}|[{''.join(DIGITS)}])[{''.join(PLACES)}]){{0,3}}[零〇]{{1,2}}"
    rf"(?:(?:\d{{1,3}}|[{''.join(DIGITS)}])[{''.join(PLACES)}]?){{0,3}}(?!\d)"
    rf"|[{''.join(DIGITS)}{''.join(PLACES)}万]{{1,12}}(?<=[{''.join(PLACES)}万])[零〇]{{1,2}}\d{{1,3}}(?!\d))"
)
"""A numeral in both scripts whose 零 holds an empty place: 2千零50, 3万零五百, 两千零50."""

# A Chinese numeral counts something only before one of these, so 一起 or 三农 are words and not numbers.
COUNTED = "年|个|名|次|人|倍|家|岁|月|天|日|元|种|类|项|户|条|级|小时|季度"
_ARABIC_NUMERAL = r"[0-9]+(?:\.[0-9]+)?"
# As long as 九千九百九十九万九千九百九十九: an endless run would be gone through again from each of its characters.
_COUNTING = f"[{''.join(DIGITS)}{''.join(PLACES)}万]{{1,15}}"
_CHINESE_DECIMAL = f"{_COUNTING}(?:点[{''.join(DIGITS)}]+)?"
_STATED = re.compile(
    rf"(?P<of>{_COUNTING}|[0-9]{{1,15}})分之(?P<part>{_CHINESE_DECIMAL}|{_ARABIC_NUMERAL})"
    rf"|(?P<mixed>{MIXED_NUMERAL})"
    rf"|(?P<arabic>{_ARABIC_NUMERAL})(?P<scale>[百千]?[万亿]|[百千](?=多?(?:{COUNTED})))?"
    # 一、二级 and 一至四级 name every number of theirs.
    rf"|(?P<chinese>{_CHINESE_DECIMAL})(?=多?(?:{COUNTED})|(?:[、和或至到-]{_COUNTING}){{1,4}}级)"
)
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


def chinese_to_int(text: str) -> int:
    """The value of a Chinese numeral up to 万: 二十三 → 23, 二〇二二 → 2022.

    Raises ValueError where the text holds anything else.
    """
    if not text or any(c not in DIGITS and c not in PLACES and c != "万" for c in text):
        raise ValueError(f"not a Chinese numeral: {text!r}")
    if len(text) > 1 and all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    return _by_places([DIGITS.get(character, character) for character in text])


def mixed_to_int(text: str) -> int:
    """The value of a numeral in both scripts, 零 holding an empty place: 2千零50 → 2050, 3万零五百 → 30500.

    Raises ValueError where the text holds anything else.
    """
    parts = [int(part) if part.isdecimal() else DIGITS.get(part, part) for part in re.findall(r"\d+|\D", text)]
    if not parts or any(isinstance(part, str) and part not in PLACES and part != "万" for part in parts):
        raise ValueError(f"not a numeral: {text!r}")
    return _by_places(parts)


def _by_places(parts: Sequence[int | str]) -> int:
    """The value of digits and the places after them."""
    total = section = digit = 0
    for part in parts:
        if isinstance(part, int):
            digit = part
        elif part == "万":
            total += (section + digit or 1) * 10_000
            section = digit = 0
        else:
            section += (digit or 1) * PLACES[part]
            digit = 0
    return total + section + digit


def stated_numbers(text: str) -> set[str]:
    """Every number the text states, as plain decimals: "至少1次、三个、百分之五" → {"1", "3", "5"}.

    A fraction stays one: 三分之一 → {"1/3"}.
    """
    found = set()
    for match in _STATED.finditer(text.translate(_HALF_WIDTH)):
        if match["of"]:
            whole = _value(match["of"])
            found.add(_value(match["part"]) if whole == "100" else f"{_value(match['part'])}/{whole}")
        elif match["mixed"]:
            found.add(str(mixed_to_int(match["mixed"])))
        elif match["arabic"]:
            found.add(_scaled(match["arabic"], match["scale"] or ""))
        else:
            found.update(_each(match["chinese"]))
    return found


def _value(numeral: str) -> str:
    if numeral[0].isdigit():
        return numeral
    whole, _, fraction = numeral.partition("点")
    decimals = "".join(str(DIGITS[digit]) for digit in fraction)
    return f"{chinese_to_int(whole)}{'.' * bool(fraction)}{decimals}"


def _scaled(numeral: str, scale: str) -> str:
    """2.5 with 万 is 25000, as 两万五千 is."""
    value = Decimal(numeral)
    for character in scale:
        value *= _SCALES[character]
    return f"{value.normalize():f}" if scale else numeral


def _each(numeral: str) -> set[str]:
    """The value; both of them where two digits follow each other: 一二级 and 三四个 are no 12 and no 34."""
    digits = [DIGITS.get(character, -1) for character in numeral]
    if len(digits) == 2 and digits[0] > 0 and digits[1] == digits[0] + 1:
        return {str(digit) for digit in digits}
    return {_value(numeral)}


_ORDINAL = re.compile(
    rf"(?:我?(?P<chooses>选|要|看|听|点)?)(?P<ordinal>第)?(?P<number>\d{{1,2}}|{CHINESE_NUMERAL})[个项条种]?[吧呢的。.!]*"
)


def ordinal(text: str, bare: bool = True) -> int | None:
    """The number that `text` as a whole chooses: "2", 第二个, 选3 → 2, 2, 3; None where it is anything else.

    Without `bare`, a number alone is a value and chooses nothing.
    """
    match = _ORDINAL.fullmatch(text.strip())
    if match is None or not (bare or match["ordinal"] or match["chooses"] == "选"):
        return None
    return int(match["number"]) if match["number"].isdigit() else chinese_to_int(match["number"])
