"""Makes text fit for the ear: no symbols, no brackets, no digits, only words and pauses."""

import re

from voice.speaking.numbers import digit_by_digit, in_words

_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_LINK = re.compile(r"https?://\S+")

# \d would also find digits of other scripts, which have no Chinese names here.
_DASH = r"\s*(?:[-－–—~～]+|至|到)\s*"
# Looks behind, as in an endless number it would be sought from each digit to the end.
_NUMBER = r"(?<![0-9])[0-9]+(?:[.．][0-9]+)?"
_YEAR = r"(?:19|20)[0-9]{2}"
_DOCUMENT = re.compile(rf"[〔\[（(]({_YEAR})[〕\]）)](?=第?[0-9]+号)")
# 二(五)5 is the place of a clause: part, section, item; 2.5.5 is its id.
_PLACE = re.compile(r"([一二三四五六七八九十]+)[（(]([一二三四五六七八九十]+)[）)]([0-9]{1,2})?")
_ID = re.compile(r"(?<![0-9.])([1-9])\.([0-9]{1,2})\.([0-9]{1,2})(?![0-9.])")
_DATE = re.compile(rf"(?<![0-9])({_YEAR})([-/.])([01]?[0-9])(?:\2([0-3]?[0-9]))?(?![0-9.]|\2[0-9])")
_YEARS = re.compile(rf"(?<![0-9])({_YEAR})年?{_DASH}({_YEAR})(?=年|届)")
_ONE_YEAR = re.compile(rf"(?<![0-9])({_YEAR})(?=年|届|级毕业)|(?<=[“‘「『《])({_YEAR})(?=[一-龥])")
_INCLUDED = re.compile(r"[（(]含[）)](?=以[上下])")
_PERCENTS = re.compile(rf"({_NUMBER})\s*[%％]?{_DASH}({_NUMBER})\s*[%％]")
_PERCENT = re.compile(rf"({_NUMBER})\s*[%％]")
_RANGE = re.compile(r"(?<=[0-9万千百元人个岁年月日号])\s*[-－–—~～]+\s*(?=[0-9])")
_DECIMAL = re.compile(r"(?<![0-9])([0-9]+)[.．]([0-9]+)")
_SIGNS = (
    ("×", "乘以"),
    ("÷", "除以"),
    ("=", "等于"),
    ("＝", "等于"),
    ("≥", "不少于"),
    ("≤", "不超过"),
    ("→", "，"),
    ("+", "加"),
    ("＋", "加"),
)

# Numbers that are dialled or copied down are said one digit at a time, 1 as 幺, in groups that can be remembered.
_IDENTITY = re.compile(r"(?<![0-9])([0-9]{6})\s?([0-9]{4})\s?([0-9]{4})\s?([0-9]{3}[0-9Xx])(?![0-9])")
_MOBILE = re.compile(r"(?<![0-9])(1[3-9][0-9])[ -]?([0-9]{4})[ -]?([0-9]{4})(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])[（(]?(0[0-9]{2,3})[）)]?[ -]?([0-9]{3,4})[ -]?([0-9]{4})(?![0-9])")
_SERVICE_LINE = re.compile(r"(?<![0-9])([48]00)[ -]?([0-9]{3,4})[ -]?([0-9]{3,4})(?![0-9])")
_CASE = re.compile(r"(?<![0-9])([0-9]{4}) ?([0-9]{4})(?![0-9]|\s*[万亿元人个名户次倍家%％])")
_DIALLED = (_IDENTITY, _MOBILE, _LANDLINE, _SERVICE_LINE, _CASE)
_HOTLINE = re.compile(r"(?<![0-9.])(12[0-9]{3}|24365)(?![0-9.])(?!\s*[万亿元人个名户次倍家%％])")
_EMERGENCY = re.compile(r"(?<=打|拨)(1[12][0-9])(?![0-9.])")
_NAMED = re.compile(r"(?<=[“‘「『])([0-9]{3,5})(?=[”’」』])")
# Longer than any amount, and read so by the library too, which takes a second for a thousand of them.
_ENDLESS = re.compile(r"[0-9]{16,}")
# What comes before and after a number decides how it is read: 第2次, 2个, 8:30.
_COUNTED = re.compile(r"第?[0-9]+(?:[:：/][0-9]+)*[一-龥]{0,2}")

_PAUSE = re.compile(r"[（(\[〔〈《“‘「『]|[）)\]〕〉》”’」』]|[—…·|/\\<>*_#]+")
_BREAK = re.compile(r"\s*\n\s*")
_PAUSES = re.compile(r"[，,、；;：:](?=[，,、；;：:。！？!?])")


def spoken(text: str) -> str:
    """`text` as it is read aloud."""
    text = _LINK.sub("", text).translate(_HALF_WIDTH)
    text = _PLACE.sub(lambda match: _place(match[1], match[2], match[3]), text)
    text = _DOCUMENT.sub(lambda match: f"，{digit_by_digit(match[1])}，", text)
    for dialled in _DIALLED:
        text = dialled.sub(lambda match: "，".join(digit_by_digit(group, one="幺") for group in match.groups()), text)
    for named in (_HOTLINE, _EMERGENCY, _NAMED):
        text = named.sub(lambda match: digit_by_digit(match[1], one="幺"), text)
    text = _ID.sub(lambda match: _place(*(in_words(part) for part in match.groups())), text)
    text = _DATE.sub(_date, text)
    text = _YEARS.sub(_years, text)
    text = _ONE_YEAR.sub(lambda match: digit_by_digit(match[0]), text)
    text = _INCLUDED.sub("及", text)
    text = _PERCENTS.sub(lambda match: f"百分之{_number(match[1])}到百分之{_number(match[2])}", text)
    text = _PERCENT.sub(lambda match: f"百分之{_number(match[1])}", text)
    text = _RANGE.sub("到", text)
    text = _DECIMAL.sub(lambda match: _number(match[0]), text)
    text = _ENDLESS.sub(lambda match: digit_by_digit(match[0], one="幺"), text)
    text = _COUNTED.sub(lambda match: in_words(match[0]), text)
    for sign, words in _SIGNS:
        text = text.replace(sign, words)
    text = _PAUSE.sub("", text)
    text = _BREAK.sub("", text)
    return _PAUSES.sub("", text).strip().lstrip("，")


def _place(part: str, section: str, item: str | None) -> str:
    return f"第{part}部分第{section}条" + (f"第{in_words(item)}项" if item else "")


def _years(match: re.Match[str]) -> str:
    first, last = digit_by_digit(match[1]), digit_by_digit(match[2])
    return f"{first}年到{last}"


def _date(match: re.Match[str]) -> str:
    if not 1 <= int(match[3]) <= 12 or (match[2] == "." and match[4] is None):
        return match[0]
    day = f"{in_words(str(int(match[4])))}日" if match[4] else ""
    return f"{digit_by_digit(match[1])}年{in_words(str(int(match[3])))}月{day}"


def _number(digits: str) -> str:
    """A number with or without a point: 12.5 → 十二点五."""
    whole, _, fraction = digits.replace("．", ".").partition(".")
    return in_words(whole) + (f"点{digit_by_digit(fraction)}" if fraction else "")
