"""Makes text fit for the ear: no symbols, no brackets, numbers in words where a reader would stumble."""

import re

_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
# \d would also find digits of other scripts, which have no Chinese names here.
_PERCENT = re.compile(r"([0-9]+)(?:[.．]([0-9]+))?\s*[%％]")
_DECIMAL = re.compile(r"([0-9]+)[.．]([0-9]+)")
_YEARS = re.compile(r"([0-9]{4})\s*[-－–—~～]+\s*([0-9]{4})年")
_HOTLINE = re.compile(r"(?<![0-9])(12[0-9]{3})(?![0-9])")
# 二(五)5 is the place of a clause: part, section, item.
_PLACE = re.compile(r"([一二三四五六七八九十]+)[（(]([一二三四五六七八九十]+)[）)]([0-9]{1,2})?")
_LINK = re.compile(r"https?://\S+")
_PAUSE = re.compile(r"[（(\[〔〈《“‘「『]|[）)\]〕〉》”’」』]|[—…·|/\\<>*_#]+")
_BREAK = re.compile(r"\s*\n\s*")
_PAUSES = re.compile(r"[，,、；;：:](?=[，,、；;：:。！？!?])")


def spoken(text: str) -> str:
    """`text` as it is read aloud."""
    text = _LINK.sub("", text).translate(_HALF_WIDTH)
    text = _PLACE.sub(_place, text)
    text = _YEARS.sub(r"\1到\2年", text)
    text = _PERCENT.sub(lambda match: "百分之" + _decimal(match[1], match[2]), text)
    text = _DECIMAL.sub(lambda match: _decimal(match[1], match[2]), text)
    # One digit at a time, 1 as 幺, as Chinese speakers read a service number.
    text = _HOTLINE.sub(lambda match: "".join("幺" if d == "1" else _DIGITS[d] for d in match[1]), text)
    text = _PAUSE.sub("", text)
    text = _BREAK.sub("", text)
    return _PAUSES.sub("", text).strip()


def _place(match: re.Match[str]) -> str:
    item = f"第{_DIGITS.get(match[3], match[3])}项" if match[3] else ""
    return f"第{match[1]}部分第{match[2]}条{item}"


def _decimal(whole: str, fraction: str | None) -> str:
    if fraction is None:
        return whole
    return f"{_DIGITS[whole] if len(whole) == 1 else whole}点{''.join(_DIGITS[digit] for digit in fraction)}"
