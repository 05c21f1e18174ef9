"""The figures: how much is asked and answered, who registers and what is done, with nobody identifiable in them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from starlette.responses import Response

from bot.console.charts import Chart, chart
from bot.console.pages import words
from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute
from bot.turn_counts import BEGUN, IN_DANGER, NOT_USEFUL, USEFUL, WITHIN
from dialogue.mark import Status
from registry.questions.daily_counts import DailyCount, totals
from registry.registrations.statistics import for_the_public, statistics

PERIODS = (7, 30, 90, 365)
_STATUSES = [*(status.value for status in Status), IN_DANGER]
_QUESTIONS = (Status.ANSWERED.value, Status.CLARIFY.value, Status.NOT_COVERED.value)
_SPEEDS = [*(f"within {limit:g}" for limit in WITHIN), "longer"]
_PERCENTILES = (50, 95)
_OPINIONS = (USEFUL, NOT_USEFUL)
_DAYS_DRAWN = 31
"""More columns than this are weeks."""


def figures() -> list[ConsoleRoute]:
    return [ConsoleRoute("/figures", Permission.READ_FIGURES, show=_show)]


def _show(request: ConsoleRequest) -> Response:
    asked = request.query.get("days", "")
    days = next((each for each in PERIODS if asked == str(each)), 30)
    last = request.context.today()
    first = last - timedelta(days=days - 1)
    counts = request.context.records.counts.between(first, last)
    what = totals(counts, "what")
    questions = sum(what.get(each, 0) for each in _QUESTIONS)
    return request.page(
        "figures.html",
        days=days,
        periods=PERIODS,
        first=first,
        last=last,
        conversations=what.get(BEGUN, 0),
        turns=sum(what.get(each, 0) for each in _STATUSES),
        questions=questions,
        answered=what.get(Status.ANSWERED.value, 0),
        handed_over=what.get(Status.HANDOFF.value, 0),
        in_danger=what.get(IN_DANGER, 0),
        share=_percent(what.get(Status.ANSWERED.value, 0), questions),
        speeds=[(percent, within(what, percent / 100)) for percent in _PERCENTILES if any(map(what.get, _SPEEDS))],
        opinions=(opinions := sum(what.get(each, 0) for each in _OPINIONS)),
        satisfied=_percent(what.get(USEFUL, 0), opinions),
        charts=[*_talk(counts, first, last), *_registered(request)],
    )


def _talk(counts: Sequence[DailyCount], first: date, last: date) -> Sequence[Chart]:
    said = words()
    what = totals(counts, "what")
    begun = [each for each in counts if each.what == BEGUN]
    return [
        chart("conversations", by_time(begun, first, last), {}),
        chart("outcomes", _those(what, _STATUSES), said["outcome"]),
        chart("doors", totals(begun, "door"), said["door"]),
        chart("speed", _those(what, _SPEEDS), said["speed"]),
        chart("opinion", _those(what, _OPINIONS), said["opinion"]),
    ]


def _registered(request: ConsoleRequest) -> Sequence[Chart]:
    # The same as is told to the public: nobody is found in a count of one.
    counts = for_the_public(statistics(request.context.records.database, request.context.records.cipher, request.actor))
    said = words()
    titles: dict[str, Mapping[str, str]] = {"state": said["state"], "milestone": said["milestone"]}
    names = ("state", "city", "disability_type", "disability_level", "work_mode", "milestone")
    return [chart(name, counts[name], titles.get(name, {})) for name in names]


def by_time(counts: Sequence[DailyCount], first: date, last: date) -> Mapping[str, int]:
    """How many of every day from `first` to `last`, or of every week where that would be too many columns."""
    step = 1 if (last - first).days < _DAYS_DRAWN else 7
    begins = [first + timedelta(days=each) for each in range(0, (last - first).days + 1, step)]
    found = {_span(each, min(each + timedelta(days=step - 1), last)): 0 for each in begins}
    names = list(found)
    for each in counts:
        found[names[(each.day - first).days // step]] += each.count
    return found


def _span(first: date, last: date) -> str:
    return f"{first:%m-%d}" if first == last else f"{first:%m-%d}–{last:%m-%d}"


def within(counts: Mapping[str, int], share: float) -> str:
    """The shortest time, as in WITHIN, in which that share of all turns was answered, or "longer"."""
    wanted, so_far = share * sum(counts.get(each, 0) for each in _SPEEDS), 0
    for speed in _SPEEDS:
        so_far += counts.get(speed, 0)
        if so_far >= wanted:
            return speed
    return _SPEEDS[-1]


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _those(counts: Mapping[str, int], names: Sequence[str]) -> Mapping[str, int]:
    return {name: counts[name] for name in names if counts.get(name)}
