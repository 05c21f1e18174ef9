"""A place on the map belongs to the nearest of the 11 cities, or to none of them."""

import pytest

from knowledge.places.counties import cities
from knowledge.places.nearest_city import _centres, nearest_city


def test_every_city_is_on_the_map() -> None:
    assert set(_centres()) == set(cities())


@pytest.mark.parametrize(
    ("north", "east", "city"),
    [
        pytest.param(28.69, 115.82, "南昌", id="新建"),
        pytest.param(24.78, 115.03, "赣州", id="定南"),
        pytest.param(29.57, 115.99, "九江", id="庐山"),
        pytest.param(28.68, 118.24, "上饶", id="玉山"),
    ],
)
def test_a_county_is_mostly_nearest_to_its_own_city(north: float, east: float, city: str) -> None:
    found = nearest_city(north, east)

    assert (found.city, found.may_be_home) == (city, True)


@pytest.mark.parametrize(
    ("north", "east"),
    [pytest.param(39.9, 116.4, id="Beijing"), pytest.param(-33.9, 151.2, id="Sydney"), pytest.param(90, 0, id="pole")],
)
def test_what_is_far_away_is_not_in_jiangxi(north: float, east: float) -> None:
    assert not nearest_city(north, east).may_be_home
