"""What a benchmark hands back: figures with their targets, and tables."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.cells import cell_len


class BenchmarkError(Exception):
    """Something cannot be measured; the text says what is missing and what next."""


@dataclass(frozen=True)
class Figure:
    """One thing measured."""

    name: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def good(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.at_most is None and self.at_least is None:
            return None
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )

    @property
    def target(self) -> str:
        """As it is printed: "≤ 15 ms"; empty where there is none."""
        if self.at_most is not None:
            return f"≤ {self.at_most:g} {self.unit}".rstrip()
        if self.at_least is not None:
            return f"≥ {self.at_least:g} {self.unit}".rstrip()
        return ""

    @property
    def measured(self) -> str:
        """As it is printed: "9.3 ms"."""
        digits = 0 if abs(self.value) >= 1000 or self.value == int(self.value) else 1 if abs(self.value) >= 10 else 2
        return f"{self.value:,.{digits}f} {self.unit}".rstrip()


@dataclass(frozen=True)
class Table:
    """Figures that only make sense beside each other."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """The table as docs/ prints it, padded so that a terminal shows it as well."""
        lines = (self.columns, *self.rows)
        widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
        ruler = "|".join(
            f" {'-' * width} " if not place else f" {'-' * (width - 1)}: " for place, width in enumerate(widths)
        )
        padded = [
            f"| {' | '.join(_padded(cell, widths, place) for place, cell in enumerate(line))} |" for line in lines
        ]
        return "\n".join((padded[0], f"|{ruler}|", *padded[1:]))


def _padded(cell: str, widths: Sequence[int], place: int) -> str:
    """Names to the left, figures to the right; a Chinese character is two columns wide."""
    space = " " * (widths[place] - cell_len(cell))
    return space + cell if place else cell + space


@dataclass(frozen=True)
class Report:
    """Everything one part measured."""

    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    """How it was measured, where a reader could take a figure for more or less than it is."""


def percent(part: int, whole: int) -> float:
    """0 to 100; 0 of nothing is 0."""
    return 100 * part / whole if whole else 0.0


def milliseconds(seconds: Sequence[float], percentile: float) -> float:
    """A percentile of times in seconds, in milliseconds."""
    return float(np.percentile(seconds, percentile)) * 1000
