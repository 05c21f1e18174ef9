"""Tells by its sound which place an answer names where a recogniser or a hurried writer took other characters: 近贤."""

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.language.phonetics import sounds
from knowledge.places.counties import Kind, PlaceName, cities, place_names, read_as

_BEFORE = re.compile(
    r"(?:[\s,.、。]|嗯|呃|额|那个|就是|应该|江西省?|我们?|咱|他|她|家里?|屋里|户口|户籍|现在|目前|老家|住|在|来自|是|的)*"
)
_AFTER = re.compile(
    r"(?:县城|县里|县|区|市|那边|那里|那块|那头|这边|这里|乡下|农村|老家|街上|下面|边上|附近|的|里|人|吧|啊|呢|呀|哈|咯|哩|嘞|[\s,.、。!]){0,12}$"
)
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_LINK = re.compile(r"^(?:市|的|那边|下面|[\s,、])*")


def misheard_place(text: str) -> tuple[int, int, PlaceName] | None:
    """The one place that `text` (in normal form) as a whole sounds like, with where it stands.

    None where it sounds like none, or like several: 安远 and 安源 need their city.
    """
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    after = _AFTER.search(text, start)
    end = after.start() if after else len(text)
    said = text[start:end]
    city, rest = _city(said)
    names = {place for name, place in _by_sound(len(rest)) if _alike(rest, name)} if rest else set()
    if city is not None:
        names = {place for place in names if place.city == city.city}
    if not names and city is not None and not rest:
        names = {city}
    one = {(place.city, place.county, place.zone): place for place in names}
    return (start, end, next(iter(one.values()))) if len(one) == 1 else None


def _city(said: str) -> tuple[PlaceName | None, str]:
    """The city that `said` begins with, by sound, and what is left; the whole where it begins with none."""
    for city in cities():
        head = said[: len(city)]
        if len(head) == len(city) and _alike(head, city):
            return place_names()[city], _LINK.sub("", said[len(city) :])
    return None, said


@lru_cache(maxsize=16)
def _by_sound(length: int) -> Sequence[tuple[str, PlaceName]]:
    return [(name, place) for name, place in place_names().items() if len(name) == length and _is_told(place)]


def _is_told(place: PlaceName) -> bool:
    return place.county is not None or place.kind is Kind.CITY


def _alike(heard: str, name: str) -> bool:
    if not _CHINESE.fullmatch(heard):
        return False
    return all(left & right for left, right in zip(_readings(heard), _readings(read_as().get(name, name)), strict=True))


@lru_cache(maxsize=1024)
def _readings(word: str) -> Sequence[frozenset[str]]:
    """How each character may be read: as in this word and as by itself, which differ for 都 in 于都."""
    together, alone = sounds(word), [sound for character in word for sound in sounds(character)]
    return [frozenset(pair) for pair in zip(together, alone, strict=True)]
