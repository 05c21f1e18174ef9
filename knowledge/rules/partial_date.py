"""A date of which perhaps only the month or the year is known."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from knowledge.errors import KnowledgeError


class PartialDateError(KnowledgeError):
    """There is no such day; the text says what was given and what it takes."""


@dataclass(frozen=True)
class PartialDate:
    """2023-03-01, 2023-03 or 2023."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Raises PartialDateError where no calendar has it."""
        try:
            self.first()
        except ValueError as error:
            raise PartialDateError(f"{self}: {error}; give a day that exists") from error
        if self.day is not None and self.month is None:
            raise PartialDateError(f"{self}: a day without its month; give the month too")

    @classmethod
    def read(cls, text: str) -> "PartialDate":
        """The date that ISO `text` names. Raises PartialDateError where it names none."""
        match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
        if match is None:
            raise PartialDateError(f"{text!r} is no date; write it as 2023-03-01, 2023-03 or 2023")
        return cls(*(int(part) if part else None for part in match.groups()))  # type: ignore[arg-type]

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """A date that is wholly known."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    def first(self) -> date:
        """The first day it can be."""
        return date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    def last(self) -> date:
        """The last day it can be."""
        month = 12 if self.month is None else self.month
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def years_later(self, years: int) -> "PartialDate":
        """The corresponding day, month or year; the month's last day where there is no corresponding one.

        民法典 第二百零二条: 按照年、月计算期间的，到期月的对应日为期间的最后一日；没有对应日的，
        月末日为期间的最后一日。
        """
        later = self.first() + relativedelta(years=years)
        return PartialDate(
            later.year,
            None if self.month is None else later.month,
            None if self.day is None else later.day,
        )
