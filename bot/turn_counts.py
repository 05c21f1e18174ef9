"""Counts turns for the figures, and saves the counts together every few seconds."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from datetime import date

from registry.errors import RegistryError
from registry.questions.daily_counts import DailyCounts

logger = logging.getLogger(__name__)

WITHIN = (0.1, 0.5, 1.0, 2.0, 5.0)
"""Seconds in which a turn was answered; the figures tell how many were."""
BEGUN = "begun"
IN_DANGER = "crisis"
"""How a turn is counted in which somebody may be in danger: apart from those who asked for a person."""
USEFUL, NOT_USEFUL = "useful", "not_useful"
"""What people say of an answer where they are asked."""

_SECONDS_BETWEEN = 2.0
_MOST_OPINIONS = 50
"""Of one sender a day: a page that says the same again and again does not make the figure."""


def bucket(seconds: float) -> str:
    """The shortest of WITHIN that `seconds` is within, e.g. "within 0.5", or "longer"."""
    return next((f"within {limit:g}" for limit in WITHIN if seconds <= limit), "longer")


class Counting:
    """Counts what every door answers; who asked is forgotten at the end of the day."""

    def __init__(
        self, counts: DailyCounts, today: Callable[[], date], answered: Callable[[str, date], int] | None = None
    ) -> None:
        """`answered` gives how many answers a sender had on a day; without it no opinion counts."""
        self._counts = counts
        self._today = today
        self._answered = answered
        self._waiting: Counter[tuple[date, str, str]] = Counter()
        self._day: date | None = None
        self._seen: set[int] = set()
        self._opinions: Counter[int] = Counter()
        self._planned = False

    def note(self, sender: str, door: str, status: str, seconds: float) -> None:
        """Counts a turn, and a conversation where it is the sender's first one today."""
        day = self._begin_day()
        # Python's hash changes with each process: nothing that is kept here tells who somebody is.
        if hash(sender) not in self._seen:
            self._seen.add(hash(sender))
            self._waiting[day, door, BEGUN] += 1
        self._waiting[day, door, status] += 1
        self._waiting[day, door, bucket(seconds)] += 1
        self._plan()

    def opinion(self, sender: str, door: str, useful: bool) -> bool:
        """Counts whether an answer helped; False where the sender had no more answers today, or has told so often."""
        day = self._begin_day()
        answers = self._answered(sender, day) if self._answered is not None else 0
        if self._opinions[hash(sender)] >= min(answers, _MOST_OPINIONS):
            return False
        self._opinions[hash(sender)] += 1
        self._waiting[day, door, USEFUL if useful else NOT_USEFUL] += 1
        self._plan()
        return True

    def write(self) -> None:
        """Writes down what was counted; what cannot be is tried again with the next."""
        self._planned = False
        try:
            self._counts.add(self._waiting)
        except RegistryError as error:
            logger.error("%d counts wait to be written: %s", len(self._waiting), error)
        else:
            self._waiting.clear()

    def _begin_day(self) -> date:
        day = self._today()
        if day != self._day:
            self._day, self._seen, self._opinions = day, set(), Counter()
        return day

    def _plan(self) -> None:
        if not self._planned:
            self._planned = True
            asyncio.get_running_loop().call_later(_SECONDS_BETWEEN, self.write)
