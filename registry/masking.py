"""Takes out of a text what would tell who wrote it."""

import re

MASK = "＊"
_MASKS = (
    # Phones, ID and certificate numbers, accounts, spoken or typed, with or without gaps.
    re.compile(r"(?:[0-9零〇一二三四五六七八九幺两洞][\s\-－—]?){5,}[Xx]?"),
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|(?:微信|QQ|qq)号?[:：是]?\s*[\w-]{4,}"),
    # A name after the words that introduce one.
    re.compile(r"(?<=我叫|名叫|他叫|她叫|儿叫|女叫|姓名|名字)(?:是|叫|做|[:：])?[\u4e00-\u9fff]{2,4}"),
    re.compile(r"(?<=我姓)[\u4e00-\u9fff]{1,2}"),
    # A village group or house number.
    re.compile(r"[\u4e00-\u9fff]{2,6}(?:村|路|街|小区|组)\s*[0-9一二三四五六七八九十百]+(?:号|组|栋|室|单元)"),
)


def masked(text: str) -> str:
    """`text` with numbers of five digits or more, addresses, accounts and introduced names made unreadable."""
    for pattern in _MASKS:
        text = pattern.sub(MASK, text)
    return text
