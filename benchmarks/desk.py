"""How long the pages of the console take with ten thousand people in the records."""

from collections.abc import Callable, Sequence

from benchmarks.console_client import Colleague, console_client
from benchmarks.figures import Figure, Report, milliseconds
from benchmarks.made_up_people import fill, person
from benchmarks.options import Options
from benchmarks.var_folder import with_own_var
from bot.settings import Settings
from registry.store.database import Database
from registry.store.encryption import Cipher

_PEOPLE, _QUICK = 10_000, 1_000
_TIMES, _QUICK_TIMES = 20, 5
_LONGEST = 1_000


def measure(options: Options) -> Report:
    """Opens each page again and again, signed in, one after another."""
    people = _QUICK if options.quick else _PEOPLE
    times = _QUICK_TIMES if options.quick else _TIMES
    with with_own_var(options.settings) as settings:
        number = _filled(settings, people)
        with console_client(settings) as (_, colleague):
            taken = {name: _taken(page, colleague, times) for name, page in _pages(number).items()}
    return Report(
        tuple(
            Figure(f"{name}, {what}", milliseconds(seconds, percentile), "ms", at_most=_LONGEST)
            for name, seconds in taken.items()
            for what, percentile in (("median", 50), ("slowest", 100))
        ),
        notes=(
            f"{people:,} invented registrations in SQLite, over HTTP, each page {times} times; a city stands encrypted "
            "with the rest, so counting by it and narrowing down to it reads every registration",
        ),
    )


def _filled(settings: Settings, people: int) -> str:
    """Fills the records, and gives the number of the last registration."""
    database, cipher = Database(settings.database_url), Cipher.load(settings.key_file)
    return fill(database, cipher, people)[-1][0]


def _pages(number: str) -> dict[str, Callable[[Colleague], float]]:
    return {
        "figures": lambda colleague: colleague.opens("/figures"),
        "cases": lambda colleague: colleague.opens("/cases"),
        "cases of one city": lambda colleague: colleague.opens("/cases?city=%E5%8D%97%E6%98%8C"),
        "cases without a next day": lambda colleague: colleague.opens("/cases?due=unplanned"),
        "cases found by phone": lambda colleague: colleague.sends("/cases/search", search=person(0).phone),
        "the first page": lambda colleague: colleague.opens("/"),
        "one case": lambda colleague: colleague.opens(f"/cases/{number}"),
    }


def _taken(page: Callable[[Colleague], float], colleague: Colleague, times: int) -> Sequence[float]:
    page(colleague)  # The first one makes the template.
    return [page(colleague) for _ in range(times)]
