"""Every address of the console, with something in the place of what varies."""

from collections.abc import Iterator

from bot.console.app import places
from bot.console.context import ConsoleContext
from bot.console.visits import Place


def path(place: Place, number: str) -> str:
    """The address with something in the place of what varies."""
    told = {
        "{number}": number,
        "{number:int}": "1",
        "{call}": "1",
        "{journey}": "quota",
        "{document}": "jiangxi-2022-2024",
        "{clause}": "2.5.5",
    }
    found = place.path
    for name, value in told.items():
        found = found.replace(name, value)
    assert "{" not in found, "name a value for it above"
    return found


def requests(desk: ConsoleContext, number: str) -> Iterator[tuple[str, str, Place]]:
    """Every method and address."""
    for place in places(desk):
        if place.show:
            yield "GET", path(place, number), place
        # Signing out last: nothing is answered afterwards.
        if place.do and place.path not in {"/sign-out", "/lock"}:
            yield "POST", path(place, number), place
