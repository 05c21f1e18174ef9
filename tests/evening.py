"""An evening in UTC that is the next day in China: where two clocks differ, it shows."""

from datetime import date, datetime, timezone, tzinfo

EVENING = datetime(2026, 3, 1, 17, tzinfo=timezone.utc)
DAY = date(2026, 3, 2)
"""The day in China."""


class EveningDatetime(datetime):
    """A clock that stands at EVENING."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return EVENING.astimezone(tz)


def at_evening() -> datetime:
    return EVENING
