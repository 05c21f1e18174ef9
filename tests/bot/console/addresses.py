"""Every address of the console, with something in the place of what varies."""

from collections.abc import Iterator

from bot.console.app import console_routes
from bot.console.context import ConsoleContext
from bot.console.requests import ConsoleRoute


def path(route: ConsoleRoute, number: str) -> str:
    """The address with something in the place of what varies."""
    told = {
        "{number}": number,
        "{number:int}": "1",
        "{call}": "1",
        "{journey}": "quota",
        "{document}": "jiangxi-2022-2024",
        "{clause}": "2.5.5",
    }
    found = route.path
    for name, value in told.items():
        found = found.replace(name, value)
    assert "{" not in found, "name a value for it above"
    return found


def requests(desk: ConsoleContext, number: str) -> Iterator[tuple[str, str, ConsoleRoute]]:
    """Every method and address."""
    for route in console_routes(desk):
        if route.show:
            yield "GET", path(route, number), route
        # Signing out last: nothing is answered afterwards.
        if route.do and route.path not in {"/sign-out", "/lock"}:
            yield "POST", path(route, number), route
