"""Whether a disabled person can be placed in a public-welfare post once more."""

from dataclasses import dataclass
from datetime import date

from knowledge.rules.clauses import cited
from knowledge.rules.parameters import Parameters, shipped
from knowledge.rules.result import Result, Step, at_least_nothing


@dataclass(frozen=True)
class PostsFacts:
    """A person who was or was not placed before."""

    placements: int
    """So far."""
    passed: bool | None = None
    """Whether the work in the last post was found satisfactory; None where it is not known."""


def needed(placements: int | None, on: date, parameters: Parameters | None = None) -> tuple[str, ...]:
    """What there is to ask: how the last post went only where there was one and there may be another."""
    most_placements = (parameters or shipped())["posts.most_placements"]
    if placements is None or on < most_placements.first_day():
        return ("placements",)
    return ("placements", "passed") if 0 < placements < most_placements.on(on).value else ("placements",)


def posts(facts: PostsFacts, on: date, parameters: Parameters | None = None) -> Result:
    """Whether a further placement is possible. Raises RuleError where placements is negative."""
    parameters = parameters or shipped()
    at_least_nothing(placements=facts.placements)
    clauses = cited("posts")
    most_placements = parameters["posts.most_placements"]
    if on < most_placements.first_day():
        return Result("not_yet", clauses)
    most = int(most_placements.on(on).value)
    left = max(0, most - facts.placements)
    numbers = {"placements": facts.placements, "most": most, "left": left}
    steps = (Step("placements", numbers),)
    if left == 0:
        return Result("limit_reached", clauses, numbers, steps, ("in_principle",))
    if facts.placements == 0:
        return Result("first", clauses, numbers, steps, ("qualify",))
    if facts.passed is None:
        return Result("again_if_passed", clauses, numbers, steps, ("period_anew",))
    if not facts.passed:
        return Result("not_passed", clauses, numbers, steps)
    return Result("again", clauses, numbers, steps, ("period_anew",))
