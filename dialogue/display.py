"""Values as they are said: 1,850 is 1850, a choice is its title, a date is written out as far as it is known."""

from decimal import Decimal
from typing import Any

from knowledge.facts.annotated_examples import slots
from knowledge.language.writing import written_date, written_month, written_year
from knowledge.rules.partial_date import PartialDate


def display_value(value: str, slot: str) -> str:
    """A stated value in words, with its unit."""
    entry = slots()[slot]
    if entry.kind in {"choice", "title"}:
        return entry.values[value]
    if entry.kind == "date":
        return format_number_or_date(PartialDate.read(value))
    if entry.kind in {"phone", "case_number"}:
        return group_digits(value)
    if entry.kind == "year":
        return f"{value}年"
    if entry.kind in {"name", "place", "words"}:
        return value
    return f"{format_number_or_date(Decimal(value))}{entry.unit}"


def group_digits(number: str) -> str:
    """Digits in groups as they are said: 138 0013 8000, 234 567 8901, 1234 5678; a landline's area code by itself."""
    if len(number) == 11 and number.startswith("1"):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    if len(number) == 10 and not number.startswith("0"):
        return f"{number[:3]} {number[3:6]} {number[6:]}"
    if len(number) == 8:
        return f"{number[:4]} {number[4:]}"
    area = 3 if number.startswith(("010", "02")) else 4
    return f"{number[:area]} {number[area:]}" if number.startswith("0") else number


def echo_phrase(value: str, slot: str) -> str:
    """A stated value as we say it back: 职工总数300人, and of a choice what it says by itself."""
    entry = slots()[slot]
    if entry.kind == "choice":
        return entry.said.get(value, entry.values[value])
    between = "" if entry.kind in {"number", "date"} else "是"
    return f"{entry.title}{between}{display_value(value, slot)}"


def display_change(before: str | None, after: str, slot: str) -> str:
    """A value that became another: 残疾人职工5人 → 7人."""
    if before is None:
        return echo_phrase(after, slot)
    return f"{echo_phrase(before, slot)} → {display_value(after, slot)}"


def format_number_or_date(value: Any) -> str:
    """A number or a date of a result."""
    if isinstance(value, PartialDate):
        if value.month is None:
            return written_year(value.year)
        if value.day is None:
            return written_month(value.year, value.month)
        return written_date(value.first())
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
