"""Figures: what was counted is drawn, said and repeated in a table, and nobody is in it."""

import asyncio
from collections.abc import Callable
from datetime import date

import pytest

from bot.console.charts import chart
from bot.console.context import ConsoleContext
from bot.console.figures import by_time, within
from bot.turn_counts import WITHIN, Counting, bucket
from registry.questions.daily_counts import DailyCount
from tests.bot.console.visitors import Visitor, text_of
from tests.registry.people import register

TODAY = date(2025, 3, 10)


def answers(number: int) -> Callable[[str, date], int]:
    """So many for every sender."""
    return lambda *_: number


async def count(desk: ConsoleContext, *turns: tuple[str, str, str, float]) -> None:
    counting = Counting(desk.records.counts, desk.today)
    for each in turns:
        counting.note(*each)
    await asyncio.sleep(0)
    counting.write()


async def test_turns_are_counted_by_day_door_outcome_and_time(desk: ConsoleContext) -> None:
    await count(
        desk,
        ("web-1", "web", "answered", 0.05),
        ("web-1", "web", "not_covered", 0.3),
        ("telegram-1", "telegram", "answered", 9),
    )
    await count(desk, ("web-2", "web", "answered", 0.05))

    assert {(each.door, each.what): each.count for each in desk.records.counts.between(TODAY, TODAY)} == {
        ("web", "begun"): 2,
        ("web", "answered"): 2,
        ("web", "not_covered"): 1,
        ("web", "within 0.1"): 2,
        ("web", "within 0.5"): 1,
        ("telegram", "begun"): 1,
        ("telegram", "answered"): 1,
        ("telegram", "longer"): 1,
    }
    assert desk.records.counts.between(date(2025, 3, 11), date(2025, 3, 12)) == []


async def test_the_page_says_what_it_draws(agent: Visitor, desk: ConsoleContext) -> None:
    await count(desk, *[("web-1", "web", "answered", 0.05)] * 3, ("web-2", "web", "not_covered", 0.05))
    for each in range(4):
        register(desk.records.registrations, each, name="张三", phone=f"138000001{each:02}")
    register(desk.records.registrations, 9, city="赣州", county="")

    page = agent.open("/figures")
    told = text_of(page)

    assert "30 天内有 2 次会话、4 次政策提问，其中 3 次（75%）直接答上。" in told
    assert "最多的是“南昌”，4 份登记" in told
    assert "赣州 <3" in told
    assert page.text.count('<svg class="chart') == page.text.count("数字表") > 5
    assert "张三" not in page.text


async def test_turns_of_danger_are_told_apart_from_those_who_asked_for_a_person(
    agent: Visitor, desk: ConsoleContext
) -> None:
    await count(desk, *[("web-1", "web", "crisis", 0.05)] * 2, *[("web-2", "web", "handoff", 0.05)] * 3)

    told = text_of(agent.open("/figures"))

    assert "3 次转人工 2 次有人可能有危险" in told
    assert "转人工 3 有人可能有危险 2" in told
    assert "还没有会话" not in told


async def test_what_people_say_of_answers_and_how_fast_they_came_is_told(agent: Visitor, desk: ConsoleContext) -> None:
    await count(desk, *[("web-1", "web", "answered", 0.05)] * 18, *[("web-1", "web", "answered", 0.7)] * 2)
    counting = Counting(desk.records.counts, desk.today, answers(20))
    for useful in (True, True, True, False):
        assert counting.opinion("web-1", "web", useful)
    counting.write()

    told = text_of(agent.open("/figures"))

    assert "75% 4 次评价中说“有用”" in told
    assert "0.1 秒内 50% 的提问" in told
    assert "1 秒内 95% 的提问" in told


async def test_one_sender_makes_no_figure_alone(desk: ConsoleContext) -> None:
    counting = Counting(desk.records.counts, desk.today, answers(1_000))

    assert [counting.opinion("web-1", "web", True) for _ in range(51)] == [True] * 50 + [False]
    assert counting.opinion("web-2", "web", True)
    counting.write()
    assert [(each.what, each.count) for each in desk.records.counts.between(TODAY, TODAY)] == [("useful", 51)]


async def test_only_who_had_an_answer_today_has_an_opinion_and_one_for_each(desk: ConsoleContext) -> None:
    had = {"web-1": 2}
    counting = Counting(desk.records.counts, desk.today, lambda sender, _: had.get(sender, 0))

    assert [counting.opinion("web-1", "web", False) for _ in range(3)] == [True, True, False]
    assert not counting.opinion("an invented sender", "web", False)
    counting.write()
    assert [(each.what, each.count) for each in desk.records.counts.between(TODAY, TODAY)] == [("not_useful", 2)]


@pytest.mark.parametrize(
    ("times", "share", "speed"),
    [
        ([10, 0, 0, 0, 0, 0], 0.95, "within 0.1"),
        ([10, 10, 0, 0, 0, 0], 0.5, "within 0.1"),
        ([9, 11, 0, 0, 0, 0], 0.5, "within 0.5"),
        ([94, 0, 0, 0, 0, 6], 0.95, "longer"),
        ([95, 0, 0, 5, 0, 0], 0.95, "within 0.1"),
    ],
)
def test_a_share_of_all_turns_was_answered_within(times: list[int], share: float, speed: str) -> None:
    names = [*(f"within {limit:g}" for limit in WITHIN), "longer"]

    assert within(dict(zip(names, times, strict=True)), share) == speed


def test_without_anything_counted_the_page_says_so(agent: Visitor) -> None:
    assert "30 天内还没有会话" in text_of(agent.open("/figures?days=nonsense"))


def test_speeds_fall_into_the_shortest_time_they_are_within() -> None:
    assert [bucket(each) for each in (0, 0.1, 0.11, 1, 5, 5.1)] == [
        "within 0.1",
        "within 0.1",
        "within 0.5",
        "within 1",
        "within 5",
        "longer",
    ]


def test_long_times_are_drawn_by_week() -> None:
    counts = [DailyCount(date(2025, 3, day), "web", "begun", day) for day in (1, 2, 9)]

    assert by_time(counts[:2], date(2025, 3, 1), date(2025, 3, 3)) == {"03-01": 1, "03-02": 2, "03-03": 0}
    weeks = by_time(counts, date(2025, 1, 1), date(2025, 3, 10))
    assert (len(weeks), sum(weeks.values())) == (10, 12)


def test_bars_are_as_long_as_their_counts() -> None:
    drawn = chart("city", {"南昌": "10", "赣州": "<3", "九江": "5"}, {})

    assert [(each.shown, each.width) for each in drawn.bars] == [("10", 100.0), ("<3", 10.0), ("5", 50.0)]
    assert drawn.leading is drawn.bars[0]
    assert chart("city", {}, {}).leading is None
