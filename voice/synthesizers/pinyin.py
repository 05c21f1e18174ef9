"""Which syllables a text is read with, so that a voice says 银行行长 as yin2 hang2 hang2 zhang3."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from pypinyin import Style, lazy_pinyin

_READINGS = Path(__file__).with_name("readings.tsv")
_PARTS = re.compile(r"(?P<words>[一-龥]+)|(?P<letter>[A-Za-z])|(?P<digit>[0-9])|(?P<mark>[，,、；;：:。！？!?.])")
_MARKS = {"。": ".", "！": "!", "!": "!", "？": "?", "?": "?", ".": "."}
_COMMA = ","
_DIGITS = ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3")
# Interjections have syllables of their own, which no voice knows.
_UNUSUAL = {"n": "en", "ng": "en", "m": "en", "hm": "heng", "hng": "heng", "ê": "ei", "rua": "rou"}
_SYLLABLE = re.compile(r"([a-zêü]+)([1-5])")

# 一 keeps its tone as an ordinal and among digits; so in 三分之一, but 百分之一百 is an amount.
_DIGIT_WORDS = set("零一二三四五六七八九")
_COUNTING = _DIGIT_WORDS | set("十百千第点幺统唯周初")
_AFTER_ORDINAL = _DIGIT_WORDS | set("幺月号至到级类")
_AFTER_POINT = _DIGIT_WORDS | set("半整钟")


def to_pinyin(text: str) -> tuple[str, ...]:
    """Syllables with their tones as they are said, and pauses: ("yin2", "hang2", ",", "hao3", ".").

    `text` is as `voice.speaking.spoken.spoken` gives it. What has no sound is left out.
    """
    said: list[str] = []
    for part in _PARTS.finditer(text):
        if part["words"]:
            said += _with_spoken_tones(part["words"], list(_read(part["words"])))
        elif part["letter"]:
            said += known_readings()[part["letter"].upper()]
        elif part["digit"]:
            said.append(_DIGITS[int(part["digit"])])
        elif said:
            said.append(_MARKS.get(part["mark"], _COMMA))
    return tuple(said)


def is_pause(said: str) -> bool:
    """Whether it is a pause, and not a syllable."""
    return not said[0].isalpha()


def _read(words: str) -> Iterator[str]:
    """One syllable for each character, as the dictionaries have them."""
    readings = known_readings()
    longest = max(map(len, readings))
    unread = at = 0
    while at < len(words):
        word = next((words[at:end] for end in range(at + longest, at + 1, -1) if words[at:end] in readings), None)
        if word is None:
            at += 1
            continue
        yield from _by_dictionary(words[unread:at])
        yield from readings[word]
        at += len(word)
        unread = at
    yield from _by_dictionary(words[unread:])


def _by_dictionary(words: str) -> Iterator[str]:
    for syllable in lazy_pinyin(words, style=Style.TONE3, neutral_tone_with_five=True) if words else ():
        match = _SYLLABLE.fullmatch(syllable)
        # A character that the dictionary does not know stays as it is.
        if match:
            yield _UNUSUAL.get(match[1], match[1]).replace("ü", "v") + match[2]


def _with_spoken_tones(words: str, syllables: Sequence[str]) -> list[str]:
    """Tones change beside each other: 一次 yi2 ci4, 一年 yi4 nian2, 不是 bu2 shi4, 你好 ni2 hao3."""
    if len(words) != len(syllables):
        return list(syllables)
    said = list(syllables)
    for at, (character, syllable) in enumerate(zip(words, syllables, strict=True)):
        following = syllables[at + 1] if at + 1 < len(syllables) else ""
        # The dictionary has some of these changes in its words, and not by the same rules.
        if character == "一":
            changes = following and not _is_ordinal(words, at)
            said[at] = ("yi2" if following[-1] == "4" else "yi4") if changes else "yi1"
        elif not following:
            continue
        elif character == "不" and following[-1] == "4":
            said[at] = "bu2"
        elif syllable[-1] == "3" and following[-1] == "3":
            said[at] = syllable[:-1] + "2"
    return said


def _is_ordinal(words: str, at: int) -> bool:
    before, after = words[:at], words[at + 1 :]
    if before.endswith("之"):
        return after[0] not in "百千万"
    if after[0] == "点":
        return before.endswith(("午", "晨", "晚")) or after[1:2] in _AFTER_POINT
    if after[0] == "日":
        return before.endswith(("月", "十"))
    return after[0] in _AFTER_ORDINAL or before.endswith("星期") or before[-1:] in _COUNTING


@lru_cache(maxsize=1)
def known_readings() -> dict[str, tuple[str, ...]]:
    """The words of readings.tsv with a syllable for each character, and the names of letters."""
    lines = _READINGS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: tuple(syllables.split()) for word, syllables in pairs}
