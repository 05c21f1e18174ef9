"""Finds the places a text names: 南昌进贤那边, 家住赣州市章贡区, 我是瑞金人, 在广东打工."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from knowledge.language.surnames import surnames
from knowledge.library.segmenting import segmenter
from knowledge.places.counties import Kind, PlaceName, cities, place_names
from knowledge.places.misheard_places import misheard_place
from knowledge.places.outside_places import names_elsewhere

_HALT = r"[\s,.;:!?、。]"
_FILLED = r"(?:嗯+|呃+|额|哦|那个|就是|就|应该|大概)?"
_LIVES = (
    r"(?:住在?|在|来自|户口|户籍|籍贯|老家|家里?|屋里|娘家|婆家|搬到|嫁到|回到?|到|去|从|位于|属于?|归|地址|这边|我们?|咱们?|他|她)"
    rf"(?:落?在|就?是|{_FILLED})"
)
_PART = (
    "县城|县里|县|城里|城区|城关|市里|市区|那边|那里|那块|那头|那儿|这边|这里|这块|这儿|乡下|乡里|农村|老家|街上|镇上|"
    "下面|本地|当地|残联|边上|附近|境内"
)
_ENDS = re.compile(
    rf"(?:人|{_PART}|的?(?:{_HALT}|$|人|户口|户籍|农村|乡下|一个)|[吧啊呢哦嘞呀哈咯哩呃]|里|[\u4e00-\u9fff]{{1,3}}[镇乡村](?![里下]))"
)
_SAID_FREELY = re.compile(rf"{_LIVES}$|(?:^|{_HALT}|[我他她人们崽爸妈家都也])是$")
_ANSWERED = re.compile(rf"(?:^|{_HALT}){_FILLED}$|{_LIVES}$|是$")
_AFTER_THE_CITY = re.compile(
    rf"(?:江西|江西省|(?:{'|'.join(cities())})市?)(?:[\s,、]|的|下面的?|下边的?|那边的?|这边的?|那个|呃|嗯)*$"
)
_BETWEEN = re.compile(r"(?:[\s,、]|的|下面的?|下边的?|那边的?|这边的?|那个|呃|嗯)*")
_STREET = re.compile(r"[东南西北中]?(?:大道|大街|路(?!口)|街(?!道|上)|巷)")
_DOES = re.compile("[了过着一]")
"""南昌新建了一条地铁."""
_NAMED = re.compile(r"(?:叫做?|姓名是?|名字是?|名叫)[\u4e00-\u9fff]?$")
_KIND_OF_PLACE = re.compile("(?<=..)(?:省|市|自治区|自治州|特区|县|区|人)$")


@dataclass(frozen=True)
class StatedPlace:
    """A place as it stands in a text."""

    start: int
    end: int
    city: str | None = None
    """One of the 11 cities, without 市; None for a place outside Jiangxi."""
    county: str | None = None
    """The official full name, 进贤县; None where only the city is named."""
    zone: str | None = None
    """A development area that people name in place of a county: 赣江新区."""
    elsewhere: str | None = None
    """The name of a province, city or country outside Jiangxi."""
    conflict: bool = False
    """Whether a city and a county that is not its own were named together: 南昌于都. Both are found then."""

    @property
    def other_province(self) -> bool:
        """Whether it lies outside Jiangxi."""
        return self.elsewhere is not None


def places(text: str, is_answer: bool = False) -> Sequence[StatedPlace]:
    """The places that `text` (in normal form) names, in order.

    `is_answer`: a place was just asked for, so that 万年 alone is the county and 近贤 is 进贤 misheard.
    """
    outside = list(_outside(text))
    found = [each for each in _inside(text, is_answer) if not any(_follows(each, other) for other in outside)]
    if is_answer and not outside and not any(each.county or each.zone for each in found):
        misheard = misheard_place(text)
        if misheard is not None:
            start, end, place = misheard
            return (StatedPlace(start, end, place.city, place.county, place.zone),)
    return tuple(sorted([*_joined(text, found), *outside], key=lambda each: each.start))


def _inside(text: str, is_answer: bool) -> Sequence[StatedPlace]:
    """Places in Jiangxi, each name by itself."""
    cuts = _cuts(text)
    named = [(start, place) for start, place in _names(text) if _is_place(text, start, place, cuts, is_answer)]
    taken: list[StatedPlace] = []
    # The longest first: 南昌县 and not 南昌.
    for start, place in sorted(named, key=lambda each: -len(each[1].name)):
        end = start + len(place.name)
        if not any(each.start < end and start < each.end for each in taken):
            taken.append(StatedPlace(start, end, place.city, place.county, place.zone))
    return sorted(taken, key=lambda each: each.start)


def _names(text: str) -> Iterator[tuple[int, PlaceName]]:
    for match in _any_name().finditer(text):
        for length in range(len(match[1]), 1, -1):
            place = place_names().get(match[1][:length])
            if place is not None:
                yield match.start(), place


@lru_cache(maxsize=1)
def _any_name() -> re.Pattern[str]:
    # Looks ahead, so that the 南昌 in 全南昌 is seen too.
    return re.compile(f"(?=({'|'.join(sorted(place_names(), key=len, reverse=True))}))")


def _is_place(text: str, start: int, place: PlaceName, cuts: frozenset[int], is_answer: bool) -> bool:
    before, after = text[:start], text[start + len(place.name) :]
    if _STREET.match(after) or (place.name[-1] == "市" and after.startswith("场")):
        return False
    if place.kind is Kind.FULL:
        return True
    whole_words = {start, start + len(place.name)} <= cuts
    if place.kind is Kind.CITY:
        return whole_words or bool(_ENDS.match(after))
    if _AFTER_THE_CITY.search(before) and not _DOES.match(after):
        return True
    said = (_ANSWERED if is_answer else _SAID_FREELY).search(before)
    if said and _ENDS.match(after):
        return True
    return place.kind is Kind.SHORT and whole_words and not _is_given_name(before, after)


def _is_given_name(before: str, after: str) -> bool:
    """Whether what stands between is the rest of a person's name: 我叫刘瑞金, 刘瑞金."""
    if _NAMED.search(before):
        return True
    alone = re.fullmatch(rf"(?:.*{_HALT})?([\u4e00-\u9fff]{{1,2}})", before)
    return bool(alone and (not after or re.match(_HALT, after)) and alone[1] in surnames()[len(alone[1]) - 1])


def _joined(text: str, found: Sequence[StatedPlace]) -> Iterator[StatedPlace]:
    """南昌市的进贤县 is one place; a city is left out where one of its own counties is named too."""
    with_county = {each.city for each in found if each.county or each.zone}
    before: StatedPlace | None = None
    for index, each in enumerate(found):
        after = found[index + 1] if index + 1 < len(found) else None
        if each.county is None and each.zone is None:
            own = each.city in with_county
            clash = after is not None and after.city != each.city and _adjoin(text, each, after)
            if not own:
                yield replace(each, conflict=clash)
            before = each
            continue
        joined = before is not None and _adjoin(text, before, each)
        if joined and before is not None and before.city == each.city:
            yield replace(each, start=before.start)
        else:
            yield replace(each, conflict=joined)
        before = None


def _adjoin(text: str, city: StatedPlace, county: StatedPlace) -> bool:
    return county.county is not None and bool(_BETWEEN.fullmatch(text[city.end : county.start]))


def _outside(text: str) -> Iterator[StatedPlace]:
    place = 0
    # Word by word: 延安 is no place in 拖延安排.
    for word in segmenter().cut(text):
        name = _KIND_OF_PLACE.sub("", word)
        if name in names_elsewhere() or word in names_elsewhere():
            yield StatedPlace(place, place + len(word), elsewhere=name if name in names_elsewhere() else word)
        place += len(word)


def _follows(place: StatedPlace, outside: StatedPlace) -> bool:
    """杭州西湖区 is none of ours."""
    return outside.start <= place.start <= outside.end + 1


def _cuts(text: str) -> frozenset[int]:
    """Where words begin and end, as the dictionary has them."""
    return frozenset(accumulate((len(word) for word in segmenter().cut(text, HMM=False)), initial=0))
