"""Chinese and Arabic numerals in official text, read as values."""

import re

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
PLACES = {"十": 10, "百": 100, "千": 1000}
CHINESE_NUMERAL = f"[{''.join(DIGITS)}{''.join(PLACES)}万]+"

# A Chinese numeral counts something only before one of these, so 一起 or 三农 are words and not numbers.
COUNTED = "年|个|名|次|人|倍|家|岁|月|天|日|元|种|类|项|户|条|分之|小时|季度"
_STATED = re.compile(rf"(?P<arabic>\d+(?:\.\d+)?)|(?P<chinese>{CHINESE_NUMERAL})(?=多?(?:{COUNTED}))")


def chinese_to_int(text: str) -> int:
    """The value of a Chinese numeral up to 万: 二十三 → 23, 二〇二二 → 2022.

    Raises ValueError where the text holds anything else.
    """
    if not text or any(c not in DIGITS and c not in PLACES and c != "万" for c in text):
        raise ValueError(f"not a Chinese numeral: {text!r}")
    if len(text) > 1 and all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character == "万":
            total += (section + digit) * 10_000
            section = digit = 0
        else:
            section += (digit or 1) * PLACES[character]
            digit = 0
    return total + section + digit


def stated_numbers(text: str) -> set[str]:
    """Every number the text states, as plain decimals: "至少1次、三个" → {"1", "3"}."""
    found = set()
    for match in _STATED.finditer(text):
        if match["arabic"]:
            found.add(match["arabic"])
        else:
            found.add(str(chinese_to_int(match["chinese"])))
    return found


_ORDINAL = re.compile(rf"(?:我?(?:选|要|看|听|点)?)第?(\d{{1,2}}|{CHINESE_NUMERAL})[个项条种]?[吧呢的。.!]*")


def ordinal(text: str) -> int | None:
    """The number that `text` as a whole chooses: "2", 第二个, 选3 → 2, 2, 3; None where it is anything else."""
    match = _ORDINAL.fullmatch(text.strip())
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else chinese_to_int(match[1])
