"""What a run found, as tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.figures import Table, milliseconds
from tools.fuzz.requests import NO_ANSWER, Answered

_SLOW = 1.0
_COLUMNS = ("", "sent", "answers", "5xx", "error replies", "> 1 s", "p50", "p95", "max", "RSS before → after")


@dataclass(frozen=True)
class DoorRun:
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


def summary(runs: Sequence[DoorRun]) -> Table:
    """A line for each door."""
    return Table("Fuzz", _COLUMNS, tuple(_line(run) for run in runs if run.answers))


def by_kind(run: DoorRun) -> Table:
    """A line for each kind of garbage."""
    kinds: Mapping[str, list[Answered]] = {each.kind: [] for each in run.answers}
    for each in run.answers:
        kinds[each.kind].append(each)
    rows = tuple(
        (kind, f"{len(found):,}", statuses(found), f"{max(each.seconds for each in found):.2f} s")
        for kind, found in kinds.items()
    )
    return Table(run.name, ("kind", "sent", "answers", "max"), rows)


def statuses(answers: Sequence[Answered]) -> str:
    """ "1,485 × 200, 434 × 422", the commonest first."""
    counted = Counter(each.status for each in answers).most_common()
    return ", ".join(f"{count:,} × {'no status' if status == NO_ANSWER else status}" for status, count in counted)


def _line(run: DoorRun) -> tuple[str, ...]:
    seconds = [each.seconds for each in run.answers]
    sent = f"{len(seconds):,}" + ("" if len(seconds) == run.wanted else f" of {run.wanted:,}")
    return (
        run.name,
        sent,
        statuses(run.answers),
        str(len(run.faults)),
        str(sum(each.is_error_reply for each in run.answers)),
        str(sum(each > _SLOW for each in seconds)),
        *(f"{milliseconds(seconds, percentile):,.0f} ms" for percentile in (50, 95, 100)),
        f"{run.before:,.0f} → {run.after:,.0f} MB",
    )
