"""How many disabled staff a unit has to have."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from knowledge.rules.clauses import cited
from knowledge.rules.parameters import Parameters, shipped
from knowledge.rules.result import Result, RuleError, Step, Value, at_least_nothing

_NEEDED = {
    "organ": ("establishment", "staff", "disabled_staff"),
    "institution": ("establishment", "staff", "disabled_staff"),
    "county_organ": ("staff", "disabled_staff"),
    "state_company": ("staff", "disabled_staff"),
    "company": ("staff", "disabled_staff"),
    "school": (),
    "other": (),
}
_PUBLIC = frozenset({"organ", "institution", "county_organ"})


@dataclass(frozen=True)
class QuotaFacts:
    """A unit."""

    unit_kind: str
    """organ (of the province or a prefecture), county_organ (of a county or township), institution, school (or
    kindergarten), state_company, company or other."""
    establishment: int | None = None
    staff: int | None = None
    """In service at the end of the year before."""
    disabled_staff: int | None = None


def needed(unit_kind: str) -> tuple[str, ...]:
    """The facts without which nothing can be said of such a unit. Raises RuleError where there is no such kind."""
    if unit_kind not in _NEEDED:
        raise RuleError(f"unit_kind is {unit_kind!r}; it must be one of {', '.join(_NEEDED)}")
    return _NEEDED[unit_kind]


def quota(facts: QuotaFacts, on: date, parameters: Parameters | None = None) -> Result:
    """What applies to the unit on `on`, and how many persons are missing.

    Raises RuleError where a fact that this kind of unit needs is missing or cannot be.
    """
    parameters = parameters or shipped()
    _check(facts)
    if on < parameters["quota.share"].first_day():
        return Result("not_yet", _clauses(facts.unit_kind))
    if facts.unit_kind == "school":
        return Result("excepted", _clauses(facts.unit_kind), {"missing": 0}, follows=("ask_locally",))
    if facts.unit_kind == "other":
        return Result("not_stated", _clauses(facts.unit_kind), {"missing": 0}, follows=("ask_locally",))
    assert facts.staff is not None
    assert facts.disabled_staff is not None
    share = parameters["quota.share"].on(on).value
    share_of_staff = facts.staff * share
    to_reach = int(share_of_staff.to_integral_value(ROUND_CEILING))
    short = max(0, to_reach - facts.disabled_staff)
    least = _least(facts, on, parameters)
    outcome, missing = _outcome(facts, short, least, on, parameters)
    numbers: dict[str, Value] = {
        "share_of_staff": share_of_staff,
        "to_reach": to_reach,
        "missing_to_share": short,
        "missing": missing,
    }
    steps = _steps(facts, least, share, share_of_staff, to_reach)
    over = facts.disabled_staff - share_of_staff
    clauses = _clauses(facts.unit_kind, below_share=outcome != "met")
    return Result(outcome, clauses, numbers, steps, _follows(facts.unit_kind, outcome, over))


def _check(facts: QuotaFacts) -> None:
    counts = {"establishment": facts.establishment, "staff": facts.staff, "disabled_staff": facts.disabled_staff}
    for name in needed(facts.unit_kind):
        if counts[name] is None:
            raise RuleError(f"{name} is missing; a unit of the kind {facts.unit_kind} cannot be judged without it")
    at_least_nothing(**counts)
    if facts.staff == 0 or facts.establishment == 0:
        raise RuleError("staff and establishment must be 1 or more")
    if facts.staff is not None and facts.disabled_staff is not None and facts.disabled_staff > facts.staff:
        raise RuleError(f"disabled_staff is {facts.disabled_staff}, more than the staff of {facts.staff}")


def _least(facts: QuotaFacts, on: date, parameters: Parameters) -> int | None:
    """The establishment from which at least one is required; None for a kind of unit that has no such line."""
    if facts.unit_kind not in {"organ", "institution"}:
        return None
    return int(parameters[f"quota.least_establishment_{facts.unit_kind}"].on(on).value)


def _outcome(facts: QuotaFacts, short: int, least: int | None, on: date, parameters: Parameters) -> tuple[str, int]:
    """The outcome, and how many of the persons the plan asks for are missing."""
    if short == 0:
        return "met", 0
    if facts.unit_kind == "county_organ":
        return "together", 0
    if facts.unit_kind == "state_company":
        return "below_share", short
    if facts.unit_kind == "company":
        return "share_only", 0
    assert least is not None
    assert facts.establishment is not None
    assert facts.disabled_staff is not None
    if facts.establishment < least:
        return "below_threshold", 0
    lacking = max(0, int(parameters["quota.at_least"].on(on).value) - facts.disabled_staff)
    return ("at_least_one", lacking) if lacking else ("minimum_met", 0)


def _steps(
    facts: QuotaFacts, least: int | None, share: Decimal, share_of_staff: Decimal, to_reach: int
) -> tuple[Step, ...]:
    assert facts.staff is not None
    assert facts.disabled_staff is not None
    steps = []
    if least is not None and facts.establishment is not None:
        name = "threshold_reached" if facts.establishment >= least else "threshold_not_reached"
        steps.append(Step(name, {"establishment": facts.establishment, "least": least}))
    steps.append(Step("share", {"staff": facts.staff, "share": share * 100, "share_of_staff": share_of_staff}))
    if share_of_staff != to_reach:
        steps.append(Step("rounding_up", {"share_of_staff": share_of_staff, "to_reach": to_reach}))
    steps.append(Step("compare", {"disabled_staff": facts.disabled_staff, "to_reach": to_reach}))
    return tuple(steps)


def _clauses(unit_kind: str, *, below_share: bool = False) -> tuple[str, ...]:
    if unit_kind == "state_company":
        return cited("quota.state_company")
    if unit_kind == "company":
        return cited("quota.company_below_share" if below_share else "quota.company")
    return cited("quota.public_below_share" if below_share else "quota.share")


def _follows(unit_kind: str, outcome: str, over: Decimal) -> tuple[str, ...]:
    if outcome == "met":
        return ("reward_possible",) if unit_kind not in _PUBLIC and over >= 1 else ()
    if unit_kind in _PUBLIC:
        return ("recruitment_plan", "levy_or_no_awards")
    return ("levy", "no_awards", "report") if unit_kind == "state_company" else ("report", "levy_not_stated")
