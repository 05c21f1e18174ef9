"""Which city of Jiangxi is nearest to a place on the map."""

from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Any

from knowledge.policy_files import CITY_CENTRES
from knowledge.yaml_files import read_yaml

_EARTH = 6371.0
"""Its radius in km."""
_FARTHEST = 200.0
"""No place in Jiangxi is farther from the nearest seat of a city: 定南, in the south of 赣州, is 125 km away."""


@dataclass(frozen=True)
class NearestCity:
    """The city whose seat is nearest."""

    city: str
    """Without 市."""
    km: float
    """To its seat."""

    @property
    def may_be_home(self) -> bool:
        """Whether the place may be in Jiangxi at all."""
        return self.km <= _FARTHEST


def nearest_city(north: float, east: float) -> NearestCity:
    """The city nearest to the place at these degrees."""
    distances = ((_km(north, east, centre), city) for city, centre in _centres().items())
    km, city = min(distances)
    return NearestCity(city, km)


@lru_cache(maxsize=1)
def _centres() -> Any:
    return read_yaml(CITY_CENTRES)


def _km(north: float, east: float, centre: dict[str, float]) -> float:
    """Along the earth's surface, by the haversine formula."""
    from_north, to_north = radians(north), radians(centre["north"])
    half = sin((to_north - from_north) / 2) ** 2
    half += cos(from_north) * cos(to_north) * sin(radians(centre["east"] - east) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(half))
