"""The journeys that end in a sum or in measures: what each takes, what it still has to ask, and the rule it calls."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from dialogue.journey import UNCLEAR, Journey, Kind, Values
from knowledge.rules.allowance import AllowanceFacts, allowance
from knowledge.rules.navigator import NavigatorFacts, questions
from knowledge.rules.partial_date import PartialDate
from knowledge.rules.posts import PostsFacts, posts
from knowledge.rules.posts import needed as posts_needed
from knowledge.rules.quota import QuotaFacts, needed, quota
from knowledge.rules.result import Result
from knowledge.rules.reward import RewardFacts, missing, reward


def _quota_needs(values: Values, on: date) -> Sequence[str]:
    kind = values.get("unit_kind", UNCLEAR)
    return ("unit_kind",) if kind == UNCLEAR else needed(kind)


def _quota(values: Values, on: date) -> Result:
    counts = {slot: _count(values, slot) for slot in ("establishment", "staff", "disabled_staff")}
    return quota(QuotaFacts(values["unit_kind"], **counts), on)


def _reward_needs(values: Values, on: date) -> Sequence[str]:
    return missing(_reward_facts(values), on)


def _reward(values: Values, on: date) -> Result:
    return reward(_reward_facts(values), on)


def _reward_facts(values: Values) -> RewardFacts:
    return RewardFacts(
        staff=_count(values, "staff"),
        disabled_staff=_count(values, "disabled_staff"),
        over=Decimal(values["over"]) if "over" in values else None,
        wage=Decimal(values["wage"]) if "wage" in values else None,
        wage_class=_count(values, "wage_class"),
        unit_kind=values.get("unit_kind"),
    )


def _dibao_needs(values: Values, on: date) -> Sequence[str]:
    conditions = ("disabled", "receives_dibao", "self_employed", "first_time")
    # One no settles it; nothing else is asked then.
    if any(values.get(slot) == "no" for slot in conditions):
        return ()
    return (*conditions, "started")


def _dibao_years(values: Values, on: date) -> Result:
    said = {
        slot: values.get(slot, "yes") == "yes" for slot in ("receives_dibao", "disabled", "self_employed", "first_time")
    }
    started = PartialDate.read(values["started"]) if "started" in values else None
    return allowance(AllowanceFacts(started=started, **said), on)


def _posts_needs(values: Values, on: date) -> Sequence[str]:
    return posts_needed(_count(values, "placements"), on)


def _posts(values: Values, on: date) -> Result:
    passed = values["passed"] == "yes" if "passed" in values else None
    return posts(PostsFacts(int(values["placements"]), passed), on)


def navigator_facts(values: Values) -> NavigatorFacts:
    """What the navigator is told."""
    return NavigatorFacts(**{slot: values.get(slot) for slot in NAVIGATOR_SLOTS})


def _navigator_needs(values: Values, on: date) -> Sequence[str]:
    return questions(navigator_facts(values))


def _count(values: Values, slot: str) -> int | None:
    return int(Decimal(values[slot])) if slot in values else None


NAVIGATOR_SLOTS = ("asker", "disability_type", "residence", "student", "receives_dibao", "aim", "unit_kind")
WORKED_OUT = (
    Journey(
        "quota",
        ("unit_kind", "establishment", "staff", "disabled_staff"),
        _quota_needs,
        rule=_quota,
        asked_of="quota.questions",
    ),
    Journey(
        "reward",
        ("unit_kind", "staff", "disabled_staff", "over", "wage", "wage_class"),
        _reward_needs,
        rule=_reward,
        may_skip=frozenset({"wage", "wage_class"}),
        asked_of="reward",
    ),
    Journey(
        "dibao_years",
        ("disabled", "receives_dibao", "self_employed", "first_time", "started"),
        _dibao_needs,
        rule=_dibao_years,
        may_skip=frozenset({"started"}),
        asked_of="allowance",
    ),
    Journey(
        "posts_again",
        ("placements", "passed"),
        _posts_needs,
        rule=_posts,
        may_skip=frozenset({"passed"}),
        asked_of="posts",
    ),
    Journey("navigator", NAVIGATOR_SLOTS, _navigator_needs, Kind.MEASURES, may_skip=frozenset(NAVIGATOR_SLOTS)),
)
