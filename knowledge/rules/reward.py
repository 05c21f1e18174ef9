"""The reward of a company that employs more disabled people than its share."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from knowledge.rules.clauses import cited
from knowledge.rules.parameters import Parameters, shipped
from knowledge.rules.result import Result, RuleError, Step, Value, at_least_nothing

_NO_COMPANY = frozenset({"organ", "county_organ", "unclear_organ", "institution", "school", "other"})
_CLASSES = (1, 2, 3)


@dataclass(frozen=True)
class RewardFacts:
    """A company: its staff and disabled staff, or how many persons it is over its share."""

    staff: int | None = None
    disabled_staff: int | None = None
    over: Decimal | None = None
    wage: Decimal | None = None
    """Yuan a month: last year's minimum wage where the company is."""
    wage_class: int | None = None
    """1, 2 or 3: last year's minimum wage is taken from the dated table."""
    unit_kind: str | None = None
    """As in QuotaFacts, or unclear_organ: an organ of whatever level is no company. None where it is one anyway."""


def missing(facts: RewardFacts, on: date, parameters: Parameters | None = None) -> tuple[str, ...]:
    """What there is still to ask, the next one first; the wage only where it decides how much is paid."""
    if facts.unit_kind in _NO_COMPANY:
        return ()
    counts = {"staff": facts.staff, "disabled_staff": facts.disabled_staff}
    if facts.over is None and None in counts.values():
        return tuple(name for name, count in counts.items() if count is None)
    parameters = parameters or shipped()
    if on < parameters["reward.share"].first_day():
        return ()
    if _over(facts, on, parameters) < parameters["reward.least_over"].on(on).value:
        return ()
    return () if facts.wage is not None or facts.wage_class is not None else ("wage", "wage_class")


def reward(facts: RewardFacts, on: date, parameters: Parameters | None = None) -> Result:
    """Persons over the share, and the least that is paid for them in a year.

    How a fraction of a person is counted the plan does not say; only whole persons are counted, and a step says so.
    Without a wage the outcome is wage_unknown. Raises RuleError where a fact cannot be, or a company's is
    missing.
    """
    parameters = parameters or shipped()
    _check(facts)
    clauses = cited("reward")
    if on < parameters["reward.share"].first_day():
        return Result("not_yet", clauses)
    if facts.unit_kind in _NO_COMPANY:
        return Result("not_company", clauses)
    if facts.over is None and (facts.staff is None or facts.disabled_staff is None):
        raise RuleError("staff and disabled_staff are missing; give both, or how many persons are over")
    over = _over(facts, on, parameters)
    persons = max(0, int(over.to_integral_value(ROUND_FLOOR)))
    numbers: dict[str, Value] = {"over": over, "persons": persons}
    steps = _steps(facts, over, persons, on, parameters)
    if persons < parameters["reward.least_over"].on(on).value:
        return Result("under_one" if over > 0 else "none", clauses, numbers, steps)
    wage = facts.wage
    if wage is None and facts.wage_class is not None:
        # 上年度当地月最低工资标准: what held when the year before ended.
        wage = parameters[f"minimum_wage.class_{facts.wage_class}"].on(date(on.year - 1, 12, 31)).value
    if wage is None:
        return Result("wage_unknown", clauses, numbers, steps, ("at_least",))
    times = parameters["reward.times_wage"].on(on).value
    per_person, total = times * wage, persons * times * wage
    numbers |= {"wage": wage, "per_person": per_person, "total": total}
    steps += (
        Step("per_person", {"wage": wage, "times": times, "per_person": per_person}),
        Step("total", {"persons": persons, "per_person": per_person, "total": total}),
    )
    follows = ("at_least",) if facts.wage is not None else ("at_least", "wage_of_table")
    return Result("reward", clauses, numbers, steps, follows)


def _check(facts: RewardFacts) -> None:
    at_least_nothing(staff=facts.staff, disabled_staff=facts.disabled_staff, over=facts.over)
    if facts.staff == 0:
        raise RuleError("staff is 0; it must be 1 or more")
    if facts.staff is not None and facts.disabled_staff is not None and facts.disabled_staff > facts.staff:
        raise RuleError(f"disabled_staff is {facts.disabled_staff}, more than the staff of {facts.staff}")
    if facts.wage is not None and facts.wage <= 0:
        raise RuleError(f"wage is {facts.wage}; it must be more than 0 yuan a month")
    if facts.wage_class is not None and facts.wage_class not in _CLASSES:
        raise RuleError(f"wage_class is {facts.wage_class}; it must be 1, 2 or 3")


def _over(facts: RewardFacts, on: date, parameters: Parameters) -> Decimal:
    """Persons above the share; below 0 where the share is not reached."""
    if facts.over is not None:
        return Decimal(facts.over)
    assert facts.staff is not None
    assert facts.disabled_staff is not None
    return facts.disabled_staff - facts.staff * parameters["reward.share"].on(on).value


def _steps(facts: RewardFacts, over: Decimal, persons: int, on: date, parameters: Parameters) -> tuple[Step, ...]:
    steps = []
    if facts.over is None:
        assert facts.staff is not None
        assert facts.disabled_staff is not None
        share = parameters["reward.share"].on(on).value
        share_of_staff = facts.staff * share
        steps.append(Step("share", {"staff": facts.staff, "share": share * 100, "share_of_staff": share_of_staff}))
        name = "over" if over >= 0 else "under"
        values: dict[str, Value] = {
            "disabled_staff": facts.disabled_staff,
            "share_of_staff": share_of_staff,
            "over": abs(over),
        }
        steps.append(Step(name, values))
    if over > 0 and over != persons:
        steps.append(Step("rounding_down", {"over": over, "persons": persons}))
    return tuple(steps)
