"""Whether a sentence puts something right, by the words Chinese does it with, which are a closed class."""

import re

_CORRECTS = re.compile(
    r"[说讲报记写搞弄打选点填答按看算听念][错岔][了啦的]?|错了|不对|不作数|更正|纠正|订正|改[成为一正]|修改|不是[^,，。]{1,8}[,，]?是|说漏|漏了|重新说"
)


_RIGHT_IS = re.compile("改成|改为|换成|应该是|应当是|而是|是")


def right_is(text: str) -> list[str]:
    """`text` (in normal form) apart at the words that what is right follows: 电话错了,是139… → 电话错了, and 139…"""
    return _RIGHT_IS.split(text)


def is_correction(text: str) -> bool:
    """Whether `text` (in normal form) takes back what was said before: 刚才说错了,是三百人."""
    return bool(_CORRECTS.search(text))
