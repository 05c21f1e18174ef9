"""One way of writing for every text: Simplified characters, half width, no stray spaces or control characters."""

import re
import unicodedata
from datetime import date
from functools import cache

from opencc import OpenCC

_CHINESE = "\u3400-\u9fff、。"
_SPACE_BESIDE_CHINESE = re.compile(rf"(?<=[{_CHINESE},.!?;:])\s+(?=[{_CHINESE}])|(?<=[{_CHINESE}])\s+(?=[,.!?;:])")
_SPACES = re.compile(r"\s+")

LIST = "、"
"""What stands between the items of a list."""


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def simplified(text: str) -> str:
    """Traditional characters to Simplified, character by character.

    Taiwan's vocabulary is left as it is: `tw2sp` also turns 建立 into 创建 and 新增 into 添加, which changes what
    an official text says.
    """
    written: str = _converter("t2s").convert(text)
    return written


def traditional(text: str) -> str:
    """Simplified characters to Traditional, by phrase and with Taiwan's forms of characters, but in the same words."""
    written: str = _converter("s2tw").convert(text)
    return written


def script_of(text: str) -> str | None:
    """ "hant" or "hans", whichever has more characters in `text` that only it uses; None where none tells."""
    only_traditional = only_simplified = 0
    for character in text:
        if simplified(character) != character:
            only_traditional += 1
        elif traditional(character) != character:
            only_simplified += 1
    if only_traditional == only_simplified == 0:
        return None
    return "hant" if only_traditional >= only_simplified else "hans"


def is_traditional(text: str) -> bool:
    """Whether the writer uses Traditional characters."""
    return script_of(text) == "hant"


def normalised(text: str) -> str:
    """`text` as the understanding sees it; punctuation and letters' case are kept.

    Recognisers put spaces between Chinese words: those are dropped, and any other run of spaces becomes one.
    """
    text = "".join(" " if character.isspace() else character for character in text if _is_visible(character))
    text = simplified(unicodedata.normalize("NFKC", text))
    return _SPACES.sub(" ", _SPACE_BESIDE_CHINESE.sub("", text)).strip()


def _is_visible(character: str) -> bool:
    # Cc and Cf are control and format characters (zero-width joiners, direction marks); Cs are lone surrogates.
    return character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def written_date(day: date) -> str:
    """A date as official documents print it: 2022年9月7日."""
    return f"{day.year}年{day.month}月{day.day}日"


def written_month(year: int, month: int) -> str:
    """A month: 2022年9月."""
    return f"{year}年{month}月"


def written_year(year: int) -> str:
    """A year: 2022年."""
    return f"{year}年"
