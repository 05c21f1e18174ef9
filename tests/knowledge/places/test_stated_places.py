"""Where people say they live."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.writing import normalised
from knowledge.places.counties import cities, city_of, counties, place_names
from knowledge.places.stated_places import StatedPlace, places

SAID_FREELY = [
    ("南昌进贤那边", "南昌", "进贤县"),
    ("进贤的", "南昌", "进贤县"),
    ("家住赣州市章贡区", "赣州", "章贡区"),
    ("我是瑞金人", "赣州", "瑞金市"),
    ("于都", "赣州", "于都县"),
    ("我是于都的", "赣州", "于都县"),
    ("上饶市广丰那块", "上饶", "广丰区"),
    ("南昌县", "南昌", "南昌县"),
    ("南昌市南昌县", "南昌", "南昌县"),
    ("我住在南昌县城", "南昌", "南昌县"),
    ("南昌", "南昌", None),
    ("我在南昌市里", "南昌", None),
    ("全南昌都跑遍了", "南昌", None),
    ("上饶县", "上饶", "广信区"),
    ("新建县", "南昌", "新建区"),
    ("吉安县", "吉安", "吉安县"),
    ("吉安", "吉安", None),
    ("九江县", "九江", "柴桑区"),
    ("赣县", "赣州", "赣县区"),
    ("家在赣县那边", "赣州", "赣县区"),
    ("余江县", "鹰潭", "余江区"),
    ("星子县", "九江", "庐山市"),
    ("波阳县", "上饶", "鄱阳县"),
    ("南昌湾里", "南昌", "新建区"),
    ("我是万年人", "上饶", "万年县"),
    ("我住东湖", "南昌", "东湖区"),
    ("南昌西湖区", "南昌", "西湖区"),
    ("江西上犹", "赣州", "上犹县"),
    ("我家是上饶余干的", "上饶", "余干县"),
    ("余干县石口镇", "上饶", "余干县"),
    ("我屋里在余干", "上饶", "余干县"),
    ("我是抚州的 南城", "抚州", "南城县"),
    ("我叫王小丽进贤的三十五岁", "南昌", "进贤县"),
    ("我是永新的", "吉安", "永新县"),
    ("丰城的", "宜春", "丰城市"),
    ("宜春,樟树", "宜春", "樟树市"),
    ("景德镇乐平", "景德镇", "乐平市"),
    ("家在九江,修水那边", "九江", "修水县"),
    ("我们那里在兴国县城", "赣州", "兴国县"),
    ("在上高", "宜春", "上高县"),
    ("我在石城", "赣州", "石城县"),
    ("江西省吉安市泰和县", "吉安", "泰和县"),
    ("婺源那边的", "上饶", "婺源县"),
    ("井冈山下面的", "吉安", "井冈山市"),
    ("德安县的", "九江", "德安县"),
]


@pytest.mark.parametrize(("text", "city", "county"), SAID_FREELY)
def test_a_place_is_found_in_what_is_said_freely(text: str, city: str, county: str | None) -> None:
    (found,) = places(text)
    assert (found.city, found.county, found.conflict) == (city, county, False)


@pytest.mark.parametrize(
    ("text", "city", "county"),
    [
        ("近贤", "南昌", "进贤县"),
        ("鱼都", "赣州", "于都县"),
        ("瑞今", "赣州", "瑞金市"),
        ("我是瑞今的", "赣州", "瑞金市"),
        ("南昌近贤那边", "南昌", "进贤县"),
        ("用心县", "吉安", "永新县"),
        ("沿山", "上饶", "铅山县"),
        ("铅山", "上饶", "铅山县"),
        ("婆阳", "上饶", "鄱阳县"),
        ("萍乡安圆", "萍乡", "安源区"),
        ("久江", "九江", None),
        ("英潭的", "鹰潭", None),
        ("万年", "上饶", "万年县"),
        ("安义", "南昌", "安义县"),
        ("就是德安", "九江", "德安县"),
        ("新建", "南昌", "新建区"),
        ("嗯莲花的", "萍乡", "莲花县"),
        ("庐山", "九江", "庐山市"),
    ],
)
def test_an_answer_is_understood_by_its_sound_and_by_a_short_name(text: str, city: str, county: str | None) -> None:
    (found,) = places(text, is_answer=True)
    assert (found.city, found.county) == (city, county)


@pytest.mark.parametrize(
    "text",
    [
        "我叫刘瑞金",
        "刘瑞金",
        "我叫李德兴",
        "我想上高中",
        "早上高兴",
        "等于都没有",
        "他最新余额",
        "高安市场",
        "瑞金路",
        "我会修水管",
        "住在新建的房子里",
        "万年",
        "泰和",
        "近贤",
        "安全生产",
        "东湖公园散步",
        "国家兴国强",
        "我用心学",
    ],
)
def test_words_that_name_no_place_are_left_alone(text: str) -> None:
    assert places(text) == ()


@pytest.mark.parametrize("text", ["安圆", "跳过", "不知道", "为什么要问这个", "我媳妇陪我来的", "13", "a1", "进a"])
def test_an_answer_that_sounds_like_no_place_or_like_two_names_none(text: str) -> None:
    assert places(text, is_answer=True) == ()


def test_a_county_of_another_city_is_found_beside_the_city_and_both_are_marked() -> None:
    assert [(each.city, each.county, each.conflict) for each in places("南昌于都", is_answer=True)] == [
        ("南昌", None, True),
        ("赣州", "于都县", True),
    ]


def test_two_places_of_one_person_are_no_conflict() -> None:
    assert [(each.city, each.county, each.conflict) for each in places("户口在南昌,住在于都")] == [
        ("南昌", None, False),
        ("赣州", "于都县", False),
    ]


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [("长沙", "长沙"), ("我是四川人", "四川"), ("浙江省", "浙江"), ("杭州西湖区", "杭州"), ("在深圳打工", "深圳")],
)
def test_a_place_outside_jiangxi_is_told(text: str, elsewhere: str) -> None:
    (found,) = places(text)
    assert (found.elsewhere, found.other_province, found.county) == (elsewhere, True, None)


def test_work_elsewhere_does_not_hide_the_home() -> None:
    assert [each.elsewhere or each.county for each in places("我在广东打工,家在进贤")] == ["广东", "进贤县"]


def test_a_development_area_names_its_city_and_itself() -> None:
    assert places("赣州经开区") == (StatedPlace(0, 5, "赣州", zone="赣州经开区"),)


def test_there_are_eleven_cities_and_a_hundred_counties() -> None:
    assert (len(cities()), len(city_of()), sum(len(counties(city)) for city in cities())) == (11, 100, 100)


@pytest.mark.parametrize("county", city_of())
def test_every_county_is_read_from_its_full_name(county: str) -> None:
    assert [(each.city, each.county) for each in places(county)] == [(city_of()[county], county)]


_SHORT = [(place.city, name, place.county) for name, place in place_names().items() if place.county]


@given(
    st.sampled_from(_SHORT),
    st.sampled_from(["", "市", "市的", "的", "那边的"]),
    st.sampled_from(["", "的", "那边", "人"]),
)
def test_every_county_is_read_from_its_city_and_its_short_name(
    short: tuple[str, str, str], link: str, tail: str
) -> None:
    city, name, county = short
    assert [(each.city, each.county) for each in places(f"我是{city}{link}{name}{tail}")] == [(city, county)]


@given(
    st.sampled_from(_SHORT), st.sampled_from(["", "嗯", "我是", "住在", "家在"]), st.sampled_from(["", "的", "那边"])
)
def test_every_short_name_is_read_as_an_answer(short: tuple[str, str, str], lead: str, tail: str) -> None:
    city, name, county = short
    assert [(each.city, each.county) for each in places(f"{lead}{name}{tail}", is_answer=True)] == [(city, county)]


@given(st.text(alphabet="我住在南昌进贤于都上饶广丰的县市区,那边a1 ·新建", max_size=20).map(normalised), st.booleans())
def test_whatever_is_said_the_places_stand_in_it_in_order(text: str, is_answer: bool) -> None:
    found = places(text, is_answer)
    ends = [0, *(each.end for each in found)]
    assert all(end <= each.start < each.end <= len(text) for end, each in zip(ends, found, strict=False))
