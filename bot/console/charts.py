"""Charts as values: what the template draws, says in a sentence and repeats in a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WIDEST = 100.0


@dataclass(frozen=True)
class Bar:
    """One bar."""

    title: str
    shown: str
    """What stands beside it, e.g. "12" or "<3"."""
    width: float
    """0 to 100, of the longest."""


@dataclass(frozen=True)
class Chart:
    """One chart with its table."""

    name: str
    """Of words.yml: its title and what is counted."""
    bars: Sequence[Bar]

    @property
    def leading(self) -> Bar | None:
        """The longest bar, which the sentence names; None where there is nothing."""
        longest = max(self.bars, key=lambda bar: bar.width, default=None)
        return longest if longest is not None and longest.width else None


def chart(name: str, counts: Mapping[str, int | str], titles: Mapping[str, str]) -> Chart:
    """A chart of `counts` in their order; a count such as "<3" is drawn as the smallest there is."""
    numbers = {each: count if isinstance(count, int) else _number(count) for each, count in counts.items()}
    most = max(numbers.values(), default=0) or 1
    return Chart(
        name,
        [
            Bar(titles.get(each, each), str(counts[each]), round(_WIDEST * number / most, 1))
            for each, number in numbers.items()
        ],
    )


def _number(shown: str) -> int:
    return int(shown) if shown.isdigit() else 1
