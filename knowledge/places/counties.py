"""The 11 cities of Jiangxi and their 100 counties, with the other names people have for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from knowledge.policy_files import COUNTIES
from knowledge.yaml_files import read_yaml


class Kind(Enum):
    """How sure a name is to be a place."""

    CITY = "city"
    FULL = "full"
    """进贤县: always."""
    SHORT = "short"
    """进贤: where it is a word of its own."""
    EVERYDAY = "everyday"
    """新建, 万年: where the words around it say so."""


@dataclass(frozen=True)
class PlaceName:
    """What people call a city or a county of Jiangxi."""

    name: str
    kind: Kind
    city: str
    """Without 市."""
    county: str | None = None
    """The official full name; None for the city as a whole."""
    zone: str | None = None
    """A development area that is no county: 赣江新区."""


def cities() -> Sequence[str]:
    """The 11 cities, without 市."""
    return tuple(_written()["cities"])


def counties(city: str) -> Sequence[str]:
    """The official full names of the counties, districts and county-level cities of `city`, by their codes.

    Raises KeyError for what is no city of Jiangxi.
    """
    return tuple(_written()["cities"][city])


@lru_cache(maxsize=1)
def city_of() -> Mapping[str, str]:
    """The city of each county, by the county's full name."""
    return {county: city for city in cities() for county in counties(city)}


@lru_cache(maxsize=1)
def place_names() -> Mapping[str, PlaceName]:
    """Every name of a city, a county or a development area."""
    everyday = frozenset(_written()["everyday"])
    found: dict[str, PlaceName] = {}

    def add(name: str, city: str, county: str | None, zone: str | None = None) -> None:
        kind = Kind.EVERYDAY if name in everyday else Kind.FULL if name[-1] in "县区市" else Kind.SHORT
        found.setdefault(name, PlaceName(name, kind, city, county, zone))

    for city in cities():
        for name in (city, f"{city}市"):
            found[name] = PlaceName(name, Kind.CITY, city)
    for county, city in city_of().items():
        add(county, city, county)
    for former, county in _written()["former"].items():
        add(former, city_of()[county], county)
    for name, place in list(found.items()):
        # 南昌 is the city and never 南昌县. 赣县 is short for 赣县区.
        if place.county and len(name) > 2 and name[-1] in "县区市":
            add(name[:-1], place.city, place.county)
    for zone, city in _written()["zones"].items():
        add(zone, city, None, zone)
    return found


@lru_cache(maxsize=1)
def read_as() -> Mapping[str, str]:
    """Names that are not read as their characters are elsewhere, each in characters that are."""
    names: Mapping[str, str] = _written()["read_as"]
    return names


@lru_cache(maxsize=1)
def _written() -> Mapping[str, Any]:
    written: Mapping[str, Any] = read_yaml(COUNTIES)
    return written
