"""The one clock: which moment it is, and which day that is in China, where the people and the staff are."""

from datetime import date, datetime, time, timedelta, timezone

# A fixed offset: China has one time zone and has not changed its clocks since 1991, and a slim machine without the
# database of time zones could not even start with zoneinfo.
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


def day_of(moment: datetime) -> date:
    """The day in China at `moment`, which has a time zone."""
    return moment.astimezone(CHINA).date()


def today() -> date:
    return day_of(utc_now())


def beginning_of(day: date) -> datetime:
    """The midnight in China with which `day` begins."""
    return datetime.combine(day, time(), CHINA)
