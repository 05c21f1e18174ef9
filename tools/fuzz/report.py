"""What a run found, as tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.figures import Table, milliseconds
from tools.fuzz.requests import NO_ANSWER, Answered

_SLOW = 1.0
_COLUMNS = ("", "sent", "answers", "5xx", "error replies", "> 1 s", "p50", "p95", "max", "RSS before → after")


@dataclass(frozen=True)
class Part:
    """What one door was sent."""

    name: str
    answers: Sequence[Answered]
    wanted: int
    """How many were to be sent; fewer were where the time was up."""
    before: float
    after: float
    """Megabytes the service held."""

    @property
    def faults(self) -> Sequence[Answered]:
        """Answers by which the service says that it failed."""
        return [each for each in self.answers if each.is_fault]


def summary(parts: Sequence[Part]) -> Table:
    """A line for each door."""
    return Table("Fuzz", _COLUMNS, tuple(_line(part) for part in parts if part.answers))


def by_kind(part: Part) -> Table:
    """A line for each kind of garbage."""
    kinds: Mapping[str, list[Answered]] = {each.kind: [] for each in part.answers}
    for each in part.answers:
        kinds[each.kind].append(each)
    rows = tuple(
        (kind, f"{len(found):,}", statuses(found), f"{max(each.seconds for each in found):.2f} s")
        for kind, found in kinds.items()
    )
    return Table(part.name, ("kind", "sent", "answers", "max"), rows)


def statuses(answers: Sequence[Answered]) -> str:
    """ "1,485 × 200, 434 × 422", the commonest first."""
    counted = Counter(each.status for each in answers).most_common()
    return ", ".join(f"{count:,} × {'no status' if status == NO_ANSWER else status}" for status, count in counted)


def _line(part: Part) -> tuple[str, ...]:
    seconds = [each.seconds for each in part.answers]
    sent = f"{len(seconds):,}" + ("" if len(seconds) == part.wanted else f" of {part.wanted:,}")
    return (
        part.name,
        sent,
        statuses(part.answers),
        str(len(part.faults)),
        str(sum(each.is_error_reply for each in part.answers)),
        str(sum(each > _SLOW for each in seconds)),
        *(f"{milliseconds(seconds, percentile):,.0f} ms" for percentile in (50, 95, 100)),
        f"{part.before:,.0f} → {part.after:,.0f} MB",
    )
