"""What each step of a sum is told with: whoever checks it by hand comes to the same."""

from datetime import date
from decimal import Decimal

from knowledge.rules.allowance import AllowanceFacts, allowance
from knowledge.rules.partial_date import PartialDate
from knowledge.rules.posts import PostsFacts, posts
from knowledge.rules.quota import QuotaFacts, quota
from knowledge.rules.result import Step
from knowledge.rules.reward import RewardFacts, reward

ON = date(2023, 3, 1)


def test_a_quota_is_told_with_line_share_and_rounding() -> None:
    assert quota(QuotaFacts("organ", 50, 250, 1), ON).steps == (
        Step("threshold_reached", {"establishment": 50, "least": 50}),
        Step("share", {"staff": 250, "share": Decimal("1.5"), "share_of_staff": Decimal("3.75")}),
        Step("rounding_up", {"share_of_staff": Decimal("3.75"), "to_reach": 4}),
        Step("compare", {"disabled_staff": 1, "to_reach": 4}),
    )


def test_a_reward_is_told_with_share_rounding_and_wage() -> None:
    assert reward(RewardFacts(staff=250, disabled_staff=6, wage=Decimal(2000)), ON).steps == (
        Step("share", {"staff": 250, "share": Decimal("1.5"), "share_of_staff": Decimal("3.75")}),
        Step("over", {"disabled_staff": 6, "share_of_staff": Decimal("3.75"), "over": Decimal("2.25")}),
        Step("rounding_down", {"over": Decimal("2.25"), "persons": 2}),
        Step("per_person", {"wage": Decimal(2000), "times": Decimal(3), "per_person": Decimal(6000)}),
        Step("total", {"persons": 2, "per_person": Decimal(6000), "total": Decimal(12000)}),
    )


def test_who_is_under_the_share_is_told_by_how_much() -> None:
    assert reward(RewardFacts(staff=250, disabled_staff=3, wage=Decimal(2000)), ON).steps[-1] == (
        Step("under", {"disabled_staff": 3, "share_of_staff": Decimal("3.75"), "over": Decimal("0.75")})
    )


def test_an_allowance_is_told_with_its_years() -> None:
    started = PartialDate(2023, 3)
    assert allowance(AllowanceFacts(True, True, True, True, started), ON).steps == (
        Step("started", {"started": started}),
        Step("years", {"years": 3, "until": PartialDate(2026, 3)}),
    )


def test_a_further_post_is_told_with_how_many_are_left() -> None:
    assert posts(PostsFacts(1), ON).steps == (Step("placements", {"placements": 1, "most": 2, "left": 1}),)
