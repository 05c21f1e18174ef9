"""The figures of the rules, each with the day from which it holds and its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.policy_files import PARAMETERS
from knowledge.yaml_files import line_of, read_yaml


class ParameterError(KnowledgeError):
    """A figure is missing or cannot be used; the text says which, where and what next."""


@dataclass(frozen=True)
class Figure:
    """What holds from a day on."""

    value: Decimal
    since: date
    source: str
    """"document/clause", or where else it was read."""


@dataclass(frozen=True)
class Parameter:
    """One figure over time."""

    name: str
    unit: str
    figures: tuple[Figure, ...]
    """The oldest first."""

    def on(self, day: date) -> Figure:
        """The figure that holds on `day`. Raises ParameterError before the first one."""
        held = [figure for figure in self.figures if figure.since <= day]
        if not held:
            raise ParameterError(
                f"{self.name}: no figure holds on {day}; the first one is of {self.figures[0].since}, "
                f"add an earlier one under {PARAMETERS.name}/"
            )
        return held[-1]

    def first_day(self) -> date:
        """The day from which there is a figure."""
        return self.figures[0].since


class Parameters:
    """Every figure, by its name "file.name"."""

    def __init__(self, folder: Path = PARAMETERS) -> None:
        """Reads the YAML files of `folder`. Raises ParameterError with file and line for an incomplete entry."""
        self._parameters = {
            f"{path.stem}.{name}": _parameter(path, str(name), entry)
            for path in sorted(folder.glob("*.yml"))
            for name, entry in _entries(path).items()
        }

    def __getitem__(self, name: str) -> Parameter:
        """Raises ParameterError where there is none of this name."""
        if name not in self._parameters:
            raise ParameterError(f"no parameter is called {name!r}; it must be one of {', '.join(self._parameters)}")
        return self._parameters[name]


@lru_cache(maxsize=1)
def shipped() -> Parameters:
    """The figures that come with the project."""
    return Parameters()


def _entries(path: Path) -> Mapping[Any, Any]:
    entries = read_yaml(path)
    if not isinstance(entries, Mapping):
        raise ParameterError(f"{path}:1: expected `name:` lines here, one for each figure")
    return entries


def _parameter(path: Path, name: str, entry: Any) -> Parameter:
    values = entry.get("values") if isinstance(entry, Mapping) else None
    if not values or not isinstance(values, Mapping):
        raise ParameterError(f"{path}:{line_of(path, name)}: {name} holds no figure; add `values:` with its first day")
    figures = sorted((_figure(path, name, since, held) for since, held in values.items()), key=lambda each: each.since)
    return Parameter(f"{path.stem}.{name}", str(entry.get("unit", "")), tuple(figures))


def _figure(path: Path, name: str, since: Any, held: Any) -> Figure:
    # A day with a time of day is a date to Python, but cannot be compared with one.
    if not isinstance(since, date) or isinstance(since, datetime):
        raise _wrong(path, name, since, f"{since!r} is no day; write the day from which the figure holds")
    needs = f"{name} needs a number as value and a source"
    try:
        # Through its text: 0.015 as a binary fraction is a little more than one and a half percent.
        value, source = Decimal(str(held["value"])), held["source"]
    except (KeyError, TypeError, InvalidOperation) as error:
        raise _wrong(path, name, since, needs) from error
    if not value.is_finite() or not source:
        raise _wrong(path, name, since, needs)
    return Figure(value, since, str(source))


def _wrong(path: Path, name: str, since: Any, what: str) -> ParameterError:
    return ParameterError(f"{path}:{line_of(path, name, 'values', since)}: {what}")
