"""Until when the low-income allowance goes on for a disabled person who becomes self-employed."""

from dataclasses import dataclass
from datetime import date

from knowledge.rules.clauses import cited
from knowledge.rules.parameters import Parameters, shipped
from knowledge.rules.partial_date import PartialDate
from knowledge.rules.period import period
from knowledge.rules.result import Result, Step


@dataclass(frozen=True)
class AllowanceFacts:
    """A person who began, or will begin, to work."""

    receives_dibao: bool
    disabled: bool
    self_employed: bool
    """自主就业创业. The plan does not say whether being employed counts."""
    first_time: bool
    started: PartialDate | None = None
    """None where the day is not known; then the outcome is start_unknown."""


def allowance(facts: AllowanceFacts, on: date, parameters: Parameters | None = None) -> Result:
    """Whether the allowance goes on for three years, and until when."""
    parameters = parameters or shipped()
    clauses = cited("allowance")
    first_day, last_day = period("allowance")
    if on < first_day:
        return Result("not_yet", clauses)
    reason = _reason_against(facts)
    if reason:
        return Result(reason, clauses, follows=("departments",))
    if facts.started is None:
        return Result("start_unknown", clauses, follows=("deducted", "departments"))
    years = int(parameters["allowance.years"].on(on).value)
    until = facts.started.years_later(years)
    steps = (Step("started", {"started": facts.started}), Step("years", {"years": years, "until": until}))
    numbers = {
        "until": until,
        "started": facts.started,
        "first_day": PartialDate.of(first_day),
        "last_day": PartialDate.of(last_day),
    }
    if facts.started.last() < first_day:
        return Result("before_plan", clauses, numbers, steps, ("departments",))
    if facts.started.first() > last_day:
        return Result("after_plan", clauses, numbers, steps, ("departments",))
    outcome = "over" if until.last() < on else "extended"
    # 2022年 can lie before the plan as well.
    uncertain = ("if_within_plan",) if facts.started.first() < first_day else ()
    return Result(outcome, clauses, numbers, steps, (*uncertain, "deducted", "departments"))


def _reason_against(facts: AllowanceFacts) -> str | None:
    if not facts.disabled:
        return "not_disabled"
    if not facts.receives_dibao:
        return "not_receiving"
    if not facts.self_employed:
        return "hired"
    return None if facts.first_time else "not_first"
